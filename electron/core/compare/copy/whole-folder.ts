import { access, constants, mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskFull } from '#shared/domain/disk-full.ts';
import { HelicalError } from '#shared/domain/errors.ts';

/** Where files lie until all of them are written; what a kill leaves there is taken away the next time. */
const unfinished = '.unfinished';

/**
 * Writes files into a new or empty folder, all or none: each is written aside and flushed, then they are moved to their names, the
 * first of the list last, so that where it is, all are. Absolute paths, in the order of the list.
 * @throws HelicalError FILE_EXISTS, INVALID_INPUT (a place that cannot be written), DISK_FULL.
 */
export async function writeWhole(
  folder: string,
  files: readonly { name: string; data: string | Uint8Array }[],
): Promise<string[]> {
  await using place = await openEmptyFolder(folder);
  const aside = join(folder, unfinished);
  const written: string[] = [];
  try {
    await mkdir(aside);
    for (const { name, data } of files) await writeFile(join(aside, name), data, { flush: true });
    for (const { name } of files.toReversed()) {
      await rename(join(aside, name), join(folder, name));
      written.push(join(folder, name));
    }
    await rmdir(aside);
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    await rm(aside, { recursive: true, force: true });
    throw diskFull(error, `of ${place.path}`) ?? error;
  }
  return files.map(({ name }) => join(folder, name));
}

/** A folder in which nothing is yet. Given up, it is taken away with those above it that were made for it, unless it was filled. */
export interface EmptyFolder extends AsyncDisposable {
  readonly path: string;
}

/**
 * Makes a folder; one that holds something is left alone, but for what a kill left unfinished. Absolute path.
 * @throws HelicalError FILE_EXISTS, INVALID_INPUT, DISK_FULL.
 */
export async function openEmptyFolder(path: string): Promise<EmptyFolder> {
  let first: string | undefined;
  let found: string[];
  try {
    first = await mkdir(path, { recursive: true });
    await rm(join(path, unfinished), { recursive: true, force: true });
    found = await readdir(path);
    await access(path, constants.W_OK);
  } catch (cause) {
    throw (
      diskFull(cause, `of ${path}`) ??
      new HelicalError(
        'INVALID_INPUT',
        { problem: `${path} cannot be made, read or written.`, remedy: 'Name a folder that can be written.' },
        { cause },
      )
    );
  }
  if (found.length > 0) {
    throw new HelicalError('FILE_EXISTS', {
      problem: `${path} is not empty.`,
      safe: 'Nothing was written over.',
      remedy: 'Name a new folder.',
    });
  }
  return {
    path,
    async [Symbol.asyncDispose]() {
      if (first !== undefined) await removeEmpty(path, first);
    },
  };
}

/** From the innermost up to the first that was made; ends at one that holds something. */
async function removeEmpty(path: string, first: string): Promise<void> {
  try {
    await rmdir(path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(code)) return;
    throw error;
  }
  if (path !== first) await removeEmpty(dirname(path), first);
}
