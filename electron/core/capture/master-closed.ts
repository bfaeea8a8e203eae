import { open } from 'node:fs/promises';
import { readElementHead } from '#core/essence/ebml-values.ts';

const segmentId = 0x18538067;

/**
 * True when the recorder has closed this Matroska file in order: the Segment then has a size, written last, and it ends
 * where the file ends. A recorder that died leaves the size unknown. Says nothing about the content: that is the seal's.
 */
export async function isMasterClosed(path: string): Promise<boolean> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    const head = Buffer.alloc(4096);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    const bytes = head.subarray(0, bytesRead);
    const ebml = readElementHead(bytes);
    if (typeof ebml === 'string' || ebml.dataBytes === undefined) return false;
    const segmentOffset = ebml.headBytes + ebml.dataBytes;
    const segment = readElementHead(bytes.subarray(segmentOffset));
    if (typeof segment === 'string' || segment.id !== segmentId || segment.dataBytes === undefined)
      return false;
    return segmentOffset + segment.headBytes + segment.dataBytes === size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
