import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { diskFull } from '#shared/domain/disk-full.ts';
import { HelicalError } from '#shared/domain/errors.ts';

/**
 * Makes a folder of the data folder, and those above it, where they are absent; it can be written afterwards.
 * @throws HelicalError DEVICE_FAILED where the system does not let us write there, DISK_FULL, else INVALID_INPUT: no folder
 * can be at this place.
 */
export function openDataFolder(path: string): void {
  try {
    makeFolder(path);
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(path, error as NodeJS.ErrnoException);
  }
}

/** One folder at a time: `mkdirSync` with `recursive` never ends where the system denies a parent that is there (/proc). */
function makeFolder(path: string): void {
  if (!existsSync(path) && dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // A file of that name stands there as well as a folder would: the folder alone can be entered.
    accessSync(`${path}/.`);
  }
}

/** Why the data folder cannot be used, in words. */
export function unusable(path: string, cause: NodeJS.ErrnoException): HelicalError {
  const isDenied = ['EACCES', 'EPERM', 'EROFS'].includes(cause.code ?? '');
  const full = diskFull(cause, `of the data folder ${path}`);
  if (full) return full;
  return new HelicalError(
    isDenied ? 'DEVICE_FAILED' : 'INVALID_INPUT',
    {
      problem: isDenied
        ? `The data folder ${path} cannot be written: ${cause.message}.`
        : `${path} cannot be a data folder: ${cause.message}.`,
      safe: 'Nothing was changed.',
      remedy: isDenied
        ? 'Let this account write there, or name another folder with --data.'
        : 'Name another folder with --data.',
    },
    { cause },
  );
}
