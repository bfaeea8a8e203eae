import { HelicalError } from './errors.ts';

/** What the system and SQLite call a disk that takes no more; SQLite's second one is that its shared memory cannot grow. */
const codes: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'];

/** True for an error that says that a disk is full. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && codes.includes(error.code);
}

/**
 * DISK_FULL for such an error, wherever it comes from; undefined for any other.
 * @param place what was being written to
 */
export function diskFull(error: unknown, place = 'that is written to'): HelicalError | undefined {
  if (!isDiskFull(error)) return undefined;
  return new HelicalError(
    'DISK_FULL',
    {
      problem: `The disk ${place} is full.`,
      safe: 'Everything that was written before is there; of this nothing was kept.',
      remedy: 'Make room on it, and do it again.',
    },
    { cause: error },
  );
}
