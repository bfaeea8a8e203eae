import { createWriteStream } from 'node:fs';
import { lstat, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { HelicalError } from '#shared/domain/errors.ts';

/** Frames are small: pieces of this length keep the disk and gzip busy without a call for each. */
const pieceCharacters = 1 << 16;

/** Refuses a place where something is, or that has no folder, before anything is measured for it. HelicalError FILE_EXISTS, INVALID_INPUT. */
export async function requireFree(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found) throw existsAlready(path);
  const folder = dirname(path);
  const there = await stat(folder).catch(() => undefined);
  if (there?.isDirectory()) return;
  throw new HelicalError('INVALID_INPUT', {
    problem: there ? `${folder} is no folder.` : `The folder ${folder} is not there.`,
    safe: 'Nothing was measured or written.',
    remedy: 'Make it, or name a file in a folder that is there.',
  });
}

/**
 * Writes a report into a new file, beside its name until it is whole, and takes back what it wrote when it cannot be finished.
 * HelicalError FILE_EXISTS, DISK_FULL, or INVALID_INPUT for a place that cannot be written.
 */
export async function writeReport(
  path: string,
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  { gzip }: { gzip: boolean },
): Promise<{ path: string; bytes: number }> {
  await requireFree(path);
  const partial = `${path}.part`;
  // What a kill left under this name is written over: it was never whole.
  const file = createWriteStream(partial, { flags: 'w', flush: true });
  let isOurs = false;
  file.once('open', () => {
    isOurs = true;
  });
  try {
    const text = Readable.from(joined(pieces), { objectMode: false });
    await (gzip ? pipeline(text, createGzip(), file) : pipeline(text, file));
    await requireFree(path);
    await rename(partial, path);
    return { path, bytes: (await stat(path)).size };
  } catch (error) {
    if (isOurs) await rm(partial, { force: true });
    throw placeError(error, path);
  }
}

async function* joined(
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let text = '';
  for await (const piece of pieces) {
    if (typeof piece !== 'string') {
      yield piece;
      continue;
    }
    text += piece;
    if (text.length < pieceCharacters) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

function existsAlready(path: string, cause?: unknown): HelicalError {
  return new HelicalError(
    'FILE_EXISTS',
    { problem: `${path} is there already.`, safe: 'Nothing was overwritten.', remedy: 'Name another file.' },
    { cause },
  );
}

function placeError(error: unknown, path: string): unknown {
  if (error instanceof HelicalError || !(error instanceof Error)) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST') return existsAlready(path, error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new HelicalError(
      'DISK_FULL',
      {
        problem: `The disk of ${path} is full.`,
        safe: 'The measurements are untouched, and the unfinished report was taken away.',
        remedy: 'Make room or choose another folder.',
      },
      { cause: error },
    );
  }
  if (!/^E[A-Z]+$/.test(code)) return error;
  return new HelicalError(
    'INVALID_INPUT',
    {
      problem: `${path} cannot be written: ${error.message}.`,
      safe: 'The measurements are untouched.',
      remedy: 'Name a file in a folder that is there and may be written.',
    },
    { cause: error },
  );
}
