import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';

/** The head of an element, and that of the block in it or a cluster's whole time. */
const elementBytes = 32;

/** Reads a few bytes at a place of a file: fewer at its end. What it gave is another's with the next call. */
export type HeadReader = (offset: number) => Buffer | Promise<Buffer>;

/** A read that took longer came from a disk, or from a machine with no time. */
const quickMs = 1;
/** What is read at once comes from memory, not from what a disk happened to read along. */
const quickReadsFirst = 8;
/** After this long others have their turn. */
const turnMs = 4;

/**
 * Reads heads of elements, many and far apart. A read that is awaited costs 60 to 80 microseconds, of which the file is two: so, while reads are
 * answered from memory, they are made on the spot, 4 ms at a time; as long as a disk has to be waited for, they are awaited.
 * @param now milliseconds of a clock that only goes forward.
 */
export function createHeadReader(
  file: Pick<FileHandle, 'fd' | 'read'>,
  now: () => number = () => performance.now(),
): HeadReader {
  const bytes = Buffer.alloc(elementBytes);
  let quickReads = 0;
  let before = now();
  let turnBegan = before;

  function took(bytesRead: number): Buffer {
    const after = now();
    quickReads = after - before < quickMs ? quickReads + 1 : 0;
    before = after;
    return bytes.subarray(0, bytesRead);
  }

  function onTheSpot(offset: number): Buffer {
    return took(readSync(file.fd, bytes, 0, elementBytes, offset));
  }

  async function awaited(offset: number): Promise<Buffer> {
    const { bytesRead } = await file.read(bytes, 0, elementBytes, offset);
    turnBegan = now();
    return took(bytesRead);
  }

  async function inNextTurn(offset: number): Promise<Buffer> {
    await setImmediate();
    turnBegan = now();
    before = turnBegan;
    return onTheSpot(offset);
  }

  return (offset) => {
    before = now();
    if (quickReads < quickReadsFirst) return awaited(offset);
    return before - turnBegan < turnMs ? onTheSpot(offset) : inNextTurn(offset);
  };
}
