import { type FileHandle, open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

export interface TailOptions {
  /** Resolves when the file will not grow any more. A rejection rejects the tail. */
  complete: Promise<void>;
  /** Ends the tail at once, without an error. */
  signal: AbortSignal;
}

const chunkBytes = 256 * 1024;
const pollMs = 40;

/**
 * Feeds a growing file to `sink` up to the last byte it has after `complete`, and then ends `sink`.
 * One chunk is in flight at a time: a reader that does not read holds the tail up, and nothing else; memory stays the same.
 * What was read is not read again: Matroska's head is patched (Duration, SeekHead) when the recorder ends, behind our back;
 * a decoder needs neither.
 * @returns bytes fed when the end was reached; undefined when it was not (aborted, or the sink is gone).
 * Rejects with the file system's error when the file cannot be read; one that is not there yet is waited for.
 */
export async function tailInto(
  path: string,
  sink: Writable,
  options: TailOptions,
): Promise<number | undefined> {
  const { signal } = options;
  let isComplete = false;
  const complete = options.complete.then(() => {
    isComplete = true;
  });
  // Awaited below as well; this keeps an early rejection from being nobody's.
  complete.catch(() => {});
  const pause = (): Promise<unknown> =>
    Promise.race([complete, wait(pollMs, undefined, { signal }).catch(ignoreAbort)]);

  await using file = await openWhenThere(path, () => isComplete, pause, signal);
  if (!file) return undefined;
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let position = 0;
  while (!signal.aborted) {
    const wasComplete = isComplete;
    const { bytesRead } = await file.read(buffer, 0, chunkBytes, position);
    if (bytesRead > 0) {
      position += bytesRead;
      if (!(await writeThrough(sink, buffer.subarray(0, bytesRead), signal))) return undefined;
    } else if (wasComplete) {
      sink.end();
      return position;
    } else {
      await pause();
    }
  }
  return undefined;
}

async function openWhenThere(
  path: string,
  isComplete: () => boolean,
  pause: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<FileHandle | undefined> {
  while (!signal.aborted) {
    const wasComplete = isComplete();
    try {
      return await open(path, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || wasComplete) throw error;
    }
    await pause();
  }
  return undefined;
}

/** True when the reader has taken the chunk, so that its memory may be used again. */
function writeThrough(sink: Writable, chunk: Buffer, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const abort = (): void => resolve(false);
    signal.addEventListener('abort', abort, { once: true });
    sink.write(chunk, (error) => {
      signal.removeEventListener('abort', abort);
      resolve(!error);
    });
  });
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
