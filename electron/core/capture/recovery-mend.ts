import { access, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Mend } from '#core/essence/mend-master.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { keepAsCrashed, putBackAsCrashed, readAsCrashed, syncFolder } from './as-crashed.ts';

/**
 * Mends a crashed master where it lies and gives it its new name: what is changed is taken aside first, so that the file as the crash
 * left it can be made again, and so that whoever is interrupted here can begin anew. Costs the few bytes that change, not the
 * tape. HelicalError DISK_FULL or FILE_UNREADABLE; the file then is what it was.
 */
export async function mendInPlace(options: {
  masterPath: string;
  mendedPath: string;
  asCrashedPath: string;
  sizeBytes: number;
  mend: Mend;
}): Promise<void> {
  const { masterPath, mendedPath, asCrashedPath, sizeBytes, mend } = options;
  const { head, keptBytes, end } = mend;
  try {
    await keepAsCrashed(asCrashedPath, masterPath, {
      masterName: basename(masterPath),
      mendedName: basename(mendedPath),
      sizeBytes,
      parts: [
        { offset: 0, bytes: head.length },
        { offset: keptBytes, bytes: sizeBytes - keptBytes },
      ],
    });
    await write(masterPath, mend);
    await rename(masterPath, mendedPath);
    await syncFolder(dirname(mendedPath));
  } catch (cause) {
    await undoMending(asCrashedPath);
    const { code, message } = cause as NodeJS.ErrnoException;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    throw new HelicalError(
      isFull ? 'DISK_FULL' : 'FILE_UNREADABLE',
      {
        problem: `The interrupted master cannot be given its index: ${message}.`,
        safe: `Everything that was recorded is in ${masterPath}, as the crash left it.`,
        remedy: isFull
          ? `Make room on the disk of the masters (${Math.ceil((end.length + sizeBytes - keptBytes) / 2 ** 20)} MiB) and recover the pass again.`
          : 'Check the disk of the masters and its rights, and recover the pass again.',
      },
      { cause },
    );
  }

  /** The end first: a head that is closed says that all behind it is there. */
  async function write(path: string, { head: newHead, keptBytes: from, end: newEnd }: Mend): Promise<void> {
    await using file = await open(path, 'r+');
    await file.write(newEnd, 0, newEnd.length, from);
    await file.truncate(from + newEnd.length);
    await file.datasync();
    await file.write(newHead, 0, newHead.length, 0);
    await file.sync();
  }
}

/** Makes the crashed master what it was, where a mending was begun and its end was not written down. */
export async function undoMending(asCrashedPath: string): Promise<void> {
  const found = await readAsCrashed(asCrashedPath);
  if (!found) return;
  const masterPath = join(dirname(asCrashedPath), found.kept.masterName);
  const mendedPath = join(dirname(asCrashedPath), found.kept.mendedName);
  const isRenamed = !(await exists(masterPath));
  await putBackAsCrashed(asCrashedPath, isRenamed ? mendedPath : masterPath);
  if (isRenamed) await rename(mendedPath, masterPath);
  await syncFolder(dirname(asCrashedPath));
  await rm(asCrashedPath);
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
