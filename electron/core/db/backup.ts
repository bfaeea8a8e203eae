import { existsSync, linkSync, rmSync } from 'node:fs';
import type Driver from 'better-sqlite3';
import { HelicalError } from '#shared/domain/errors.ts';

/**
 * Copies the live database to a file that must not exist yet. The copy is made under a name that says it is
 * unfinished, so that a file with the real name is always whole. Throws HelicalError FILE_EXISTS.
 */
export async function backupTo(driver: Driver.Database, destinationPath: string): Promise<void> {
  if (existsSync(destinationPath)) throw fileExists(destinationPath);
  const partialPath = `${destinationPath}.partial-${process.pid}`;
  await driver.backup(partialPath);
  try {
    // link, unlike rename, never replaces a file that has appeared meanwhile.
    linkSync(partialPath, destinationPath);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw fileExists(destinationPath);
    throw cause;
  } finally {
    rmSync(partialPath);
  }
}

function fileExists(path: string): HelicalError {
  return new HelicalError('FILE_EXISTS', {
    problem: `There is already a file ${path}.`,
    safe: 'It was left as it is, and so was the database.',
    remedy: 'Choose another name for the copy.',
  });
}
