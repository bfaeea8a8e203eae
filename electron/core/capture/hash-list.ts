import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { type FrameHashRow, parseFrameHashRow } from '#core/essence/frame-hashes.ts';

/** What is in a hash list, by stream, without keeping the rows: a tape of ten hours has a million. */
export interface HashListSummary {
  /** Rows of each stream. */
  rows: number[];
  /** The last rows of each stream, at most `kept`, oldest first. */
  tails: FrameHashRow[][];
  /** Places between lines, some thousands of rows apart, from the start of the list on. */
  marks: HashListMark[];
}

/** A place in a list: so many rows of each stream lie in front of it. */
interface HashListMark {
  offset: number;
  rows: number[];
}

const newline = 10;
const carriageReturn = 13;
const headMark = 35;
const comma = 44;
const zero = 48;
/** No row is longer; a line that is, is none. */
const longestLine = 4096;
const readBytes = 1 << 20;

/**
 * Counts the whole rows of a list, up to the first line that is none: a crash cuts the last line, a power cut may leave zeros
 * where lines had not reached the disk, and behind those no row can be told from another.
 */
export async function summariseHashList(path: string, kept: number): Promise<HashListSummary> {
  const rows: number[] = [];
  const starts: Float64Array[] = [];
  const marks: HashListMark[] = [{ offset: 0, rows: [] }];
  let endOffset = 0;
  const visit: LineVisitor = (bytes, from, end, offset) => {
    if (bytes[from] === headMark) {
      // Every stream is named in the head: one without a row has none.
      const named = /^#tb (\d{1,3}):/.exec(bytes.toString('latin1', from, end));
      if (named) rows[Number(named[1])] ??= 0;
      return true;
    }
    const stream = streamOf(bytes, from, end);
    if (stream === undefined) return false;
    const count = rows[stream] ?? 0;
    rows[stream] = count + 1;
    // A ring: parsing every row of a long tape would take longer than reading it.
    starts[stream] ??= new Float64Array(kept);
    starts[stream][count % kept] = offset;
    endOffset = offset + (end - from) + 1;
    return true;
  };
  await forEachLine(path, 0, visit, async () => void marks.push({ offset: endOffset, rows: [...rows] }));
  const tails: FrameHashRow[][] = rows.map(() => []);
  const wanted = starts.map((ring, stream) =>
    Math.min(...ring.subarray(0, Math.min(kept, rows[stream] ?? 0))),
  );
  const startOffset = Math.min(endOffset, ...wanted.filter((offset) => offset !== undefined));
  await using file = await open(path, 'r');
  const bytes = Buffer.alloc(endOffset - startOffset);
  await file.read(bytes, 0, bytes.length, startOffset);
  for (const line of bytes.toString('latin1').split('\n')) {
    const row = parseFrameHashRow(line);
    const tail = row && tails[row.stream];
    if (row && tail) tail.push(row);
  }
  return { rows, tails: tails.map((tail) => tail.slice(-kept)), marks };
}

/**
 * Writes the head and the first `rows` rows of each stream into a new list, on the disk before it returns. `marks` are those of the list.
 * FILE_EXISTS as the system says it.
 */
export async function copyHashListHead(
  path: string,
  newPath: string,
  rows: number,
  marks: readonly HashListMark[],
): Promise<void> {
  // In front of the last mark that is not too far, every row is kept: only behind it are rows looked at.
  const whole = marks.findLast((mark) => mark.rows.every((count) => count <= rows));
  const counts = [...(whole?.rows ?? [])];
  await using target = await open(newPath, 'wx');
  try {
    await copyStart(path, target, whole?.offset ?? 0);
    let pieces: Buffer[] = [];
    await forEachLine(
      path,
      whole?.offset ?? 0,
      (bytes, from, end) => {
        if (bytes[from] !== headMark) {
          const stream = streamOf(bytes, from, end);
          if (stream === undefined) return false;
          counts[stream] = (counts[stream] ?? 0) + 1;
          if (counts[stream] > rows) return true;
        }
        pieces.push(bytes.subarray(from, end + 1));
        return true;
      },
      async () => {
        const written = pieces;
        pieces = [];
        if (written.length > 0) await target.appendFile(Buffer.concat(written));
      },
    );
    await target.sync();
  } catch (error) {
    await rm(newPath, { force: true });
    throw error;
  }
}

async function copyStart(path: string, target: FileHandle, bytes: number): Promise<void> {
  if (bytes === 0) return;
  const start = createReadStream(path, { end: bytes - 1, highWaterMark: readBytes });
  for await (const piece of start as AsyncIterable<Buffer>) await target.appendFile(piece);
}

/** Number of the stream of the row between two places; undefined for a line that is no row. */
function streamOf(bytes: Buffer, from: number, end: number): number | undefined {
  let stream = 0;
  for (let at = from; at < end && at < from + 4; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === comma) {
      const isHole = at === from || bytes[end - 1] === 0 || bytes[(from + end) >> 1] === 0;
      return isHole ? undefined : stream;
    }
    if (byte < zero || byte > zero + 9) return undefined;
    stream = stream * 10 + byte - zero;
  }
  return undefined;
}

type LineVisitor = (bytes: Buffer, from: number, end: number, offset: number) => boolean;

/**
 * Each whole line from `start` on, as places in a buffer (its end behind it) and its offset in the file, until `visit` says false; `pause`
 * is called between buffers and at the end.
 */
async function forEachLine(
  path: string,
  start: number,
  visit: LineVisitor,
  pause: () => Promise<void>,
): Promise<void> {
  let carry = Buffer.alloc(0);
  let offset = start;
  const chunks = createReadStream(path, { start, highWaterMark: readBytes }) as AsyncIterable<Buffer>;
  for await (const chunk of chunks) {
    const bytes = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk;
    let from = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
      const isEmpty = end === from || (end === from + 1 && bytes[from] === carriageReturn);
      if (!isEmpty && !visit(bytes, from, end, offset + from)) return pause();
      from = end + 1;
    }
    await pause();
    carry = Buffer.from(bytes.subarray(from));
    offset += from;
    if (carry.length > longestLine) return;
  }
}
