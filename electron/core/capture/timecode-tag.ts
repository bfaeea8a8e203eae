import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { readElementHead } from '#core/essence/ebml-values.ts';
import { voidElement } from '#core/essence/ebml-writer.ts';
import { clusterId, crc32Id, segmentId } from '#core/essence/matroska-elements.ts';

/**
 * What stands in a master's TIMECODE tag as long as the first frame's timecode is not known: as long as one, and none. A
 * recorder that dies leaves it so.
 */
export const unknownTimecode = '--:--:--:--';

const tagsId = 0x1254c367;
const simpleTagId = 0x67c8;
const tagStringId = 0x4487;
/** The element TagName (0x45A3) with this text. */
const tagName = Buffer.concat([Buffer.from([0x45, 0xa3, 0x88]), Buffer.from('TIMECODE', 'latin1')]);
/** ffmpeg writes the tags in front of the first cluster, with some kilobytes at most before them. */
const headBytes = 256 << 10;
const crcElementBytes = 6;

/**
 * Puts the first frame's timecode into the tag that was left open for it, in a master that its recorder has closed and of
 * which no digest was taken yet; undefined takes the tag out, for a Void of the same length. Only bytes of the Tags element
 * change, and its CRC-32 with them; nothing moves. May be called again when it was interrupted itself.
 * @returns false when there is no such tag, or its element is not what a recorder has written: then nothing was changed.
 */
export async function fillTimecodeTag(path: string, timecode: string | undefined): Promise<boolean> {
  await using file = await open(path, 'r+');
  const head = Buffer.alloc(headBytes);
  const { bytesRead } = await file.read(head, 0, headBytes, 0);
  const tags = findTags(head.subarray(0, bytesRead));
  if (!tags) return false;
  const { at, data } = tags;
  const place = findTag(data, timecode);
  if (!place) return false;
  const before = Buffer.from(data);
  before.set(place.before, place.at);
  const after = Buffer.from(data);
  after.set(place.after, place.at);
  const stored = data.readUInt32LE(2);
  const crcOf = (bytes: Buffer) => crc32(bytes.subarray(crcElementBytes));
  // Of a write that was cut short, one of the two is there and the other is not.
  if (data[0] !== crc32Id || (stored !== crcOf(before) && stored !== crcOf(after))) return false;
  after.writeUInt32LE(crcOf(after), 2);
  await writeAll(file, after, at);
  await file.datasync();
  return true;
}

async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}

/** The data of the Tags element in front of the first cluster. */
function findTags(head: Buffer): { at: number; data: Buffer } | undefined {
  for (let at = 0; at < head.length; ) {
    const found = readElementHead(head.subarray(at));
    if (found === 'more' || found === 'invalid' || found.id === clusterId) return undefined;
    const dataAt = at + found.headBytes;
    if (found.id === tagsId && found.dataBytes !== undefined) {
      const data = head.subarray(dataAt, dataAt + found.dataBytes);
      return data.length === found.dataBytes ? { at: dataAt, data } : undefined;
    }
    // Into the Segment, past everything else.
    at = found.id === segmentId ? dataAt : dataAt + (found.dataBytes ?? Number.POSITIVE_INFINITY);
  }
  return undefined;
}

/** The bytes to change: the value of the TIMECODE tag, whatever of it is written; or the whole tag where it is still open. */
function findTag(
  data: Buffer,
  timecode: string | undefined,
): { at: number; before: Buffer; after: Buffer } | undefined {
  const nameAt = data.indexOf(tagName);
  if (nameAt < 0) return undefined;
  if (timecode !== undefined) {
    const at = valueAfter(data, nameAt + tagName.length);
    if (at === undefined || timecode.length !== unknownTimecode.length) return undefined;
    return { at, before: Buffer.from(unknownTimecode), after: Buffer.from(timecode) };
  }
  // The simple tag that holds the name begins right in front of it.
  for (let back = 3; back <= 10; back++) {
    const at = nameAt - back;
    const head = readElementHead(data.subarray(Math.max(0, at)));
    if (typeof head === 'string' || head.id !== simpleTagId || head.headBytes !== back) continue;
    const before = Buffer.from(data.subarray(at, at + back + (head.dataBytes ?? 0)));
    return before.includes(unknownTimecode) ? { at, before, after: voidElement(before.length) } : undefined;
  }
  return undefined;
}

/** Where the text of a simple tag begins, if it is as long as a timecode: behind its language and whether it is the default. */
function valueAfter(data: Buffer, behindName: number): number | undefined {
  for (let at = behindName; at < data.length; ) {
    const head = readElementHead(data.subarray(at));
    if (typeof head === 'string' || head.id === simpleTagId || head.dataBytes === undefined) return undefined;
    if (head.id === tagStringId) {
      return head.dataBytes === unknownTimecode.length ? at + head.headBytes : undefined;
    }
    at += head.headBytes + head.dataBytes;
  }
  return undefined;
}
