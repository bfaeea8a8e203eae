import { sep } from 'node:path';
import { HelicalError } from '#shared/domain/errors.ts';

const reasons: Record<string, string> = {
  ENOENT: 'it is not there',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  EEXIST: 'something that is no folder has its name',
  EACCES: 'this account may not',
  EPERM: 'this account may not',
  EROFS: 'its disk is read-only',
  EIO: 'its disk gives errors',
  ENAMETOOLONG: 'its name is too long',
};

/**
 * An ordinary failure of a disk as an error that a user can act on: DISK_FULL, INVALID_INPUT for a place that cannot be
 * written, FILE_UNREADABLE for a source. Everything else, bugs above all, is given back as it is.
 * @param place the folder that is written to
 */
export function diskError(error: unknown, place: string): unknown {
  if (error instanceof HelicalError || !(error instanceof Error)) return error;
  const { code = '', path = place } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new HelicalError(
      'DISK_FULL',
      {
        problem: `The disk of ${place} is full.`,
        safe: 'The masters are untouched, and the unfinished package was taken away.',
        remedy: 'Make room or choose another folder, and export again.',
      },
      { cause: error },
    );
  }
  const reason = reasons[code];
  if (reason === undefined) return error;
  return isWithin(path, place) || isWithin(place, path)
    ? new HelicalError(
        'INVALID_INPUT',
        {
          problem: `${path} cannot be written: ${reason}.`,
          safe: 'The masters are untouched.',
          remedy: 'Name a folder on a disk that this account may write.',
        },
        { cause: error },
      )
    : new HelicalError(
        'FILE_UNREADABLE',
        {
          problem: `${path} cannot be read: ${reason}.`,
          safe: 'The log knows its digests, and nothing was changed.',
          remedy: 'Bring the file back to its place, and export again.',
        },
        { cause: error },
      );
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`);
}
