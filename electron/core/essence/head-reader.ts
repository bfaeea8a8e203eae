import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';

/** The head of an element, and that of the block in it or a cluster's whole time. */
const elementBytes = 32;

/** Reads a few bytes at a place of a file: fewer at its end. What it gave is another's with the next call. */
export type HeadReader = (offset: number) => Buffer | Promise<Buffer>;

/** A read that took longer came from a disk, or from a machine with no time. */
const quickMs = 1;
/** So many quick reads one after another come from memory; fewer can be what a disk read along. */
const quickReadsFirst = 64;
/** After this long others have their turn. */
const turnMs = 4;

/**
 * Reads heads of elements, many and far apart. A read that is awaited costs 60 to 80 microseconds, of which the file is two: so, while reads are
 * answered from memory, they are made on the spot, 4 ms at a time; as long as a disk has to be waited for, they are awaited.
 * @param now milliseconds of a clock that only goes forward.
 * @param diskReads grows when this process has read from a disk. A slow read without is one that was interrupted.
 */
export function createHeadReader(
  file: Pick<FileHandle, 'fd' | 'read'>,
  now: () => number = () => performance.now(),
  diskReads: () => number = () => process.resourceUsage().fsRead,
): HeadReader {
  const bytes = Buffer.alloc(elementBytes);
  let quickReads = 0;
  let knownDiskReads = diskReads();
  let turnBegan = now();

  function onTheSpot(offset: number, before: number): Buffer {
    const bytesRead = readSync(file.fd, bytes, 0, elementBytes, offset);
    if (now() - before >= quickMs && diskReads() !== knownDiskReads) quickReads = 0;
    return bytes.subarray(0, bytesRead);
  }

  async function awaited(offset: number, before: number): Promise<Buffer> {
    const { bytesRead } = await file.read(bytes, 0, elementBytes, offset);
    turnBegan = now();
    quickReads = turnBegan - before < quickMs ? quickReads + 1 : 0;
    if (quickReads === quickReadsFirst) knownDiskReads = diskReads();
    return bytes.subarray(0, bytesRead);
  }

  async function inNextTurn(offset: number): Promise<Buffer> {
    await setImmediate();
    turnBegan = now();
    return onTheSpot(offset, turnBegan);
  }

  return (offset) => {
    const before = now();
    if (quickReads < quickReadsFirst) return awaited(offset, before);
    return before - turnBegan < turnMs ? onTheSpot(offset, before) : inNextTurn(offset);
  };
}
