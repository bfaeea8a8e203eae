import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { HelicalError } from '#shared/domain/errors.ts';

/**
 * Path of a program that is used where it is installed: what the variable names, the PATH, where Homebrew puts it; undefined
 * where there is none. A path that somebody set is not passed over: HelicalError INVALID_INPUT when nothing can be run there.
 */
export async function locateTool(
  name: string,
  variable: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  const chosen = environment[variable];
  if (chosen) {
    if (await isProgram(chosen)) return chosen;
    throw new HelicalError('INVALID_INPUT', {
      problem: `${variable} names ${chosen}, which is no program.`,
      remedy: `Name ${name} itself, or leave the variable out.`,
    });
  }
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  for (const folder of [...folders, '/opt/homebrew/bin', '/usr/local/bin']) {
    if (await isProgram(join(folder, file))) return join(folder, file);
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
