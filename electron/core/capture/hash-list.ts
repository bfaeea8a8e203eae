import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { type FrameHashRow, parseFrameHashRow } from '#core/essence/frame-hashes.ts';

/** What is in a hash list, by stream, without keeping the rows: a tape of ten hours has a million. */
export interface HashListSummary {
  /** Rows of each stream. */
  rows: number[];
  /** The last rows of each stream, at most `kept`, oldest first. */
  tails: FrameHashRow[][];
}

const newline = 10;
const headMark = 35;
const comma = 44;
/** No row is longer; a line that is, is none. */
const longestLine = 4096;

/**
 * Counts the whole rows of a list, up to the first line that is none: a crash cuts the last line, a power cut may leave zeros
 * where lines had not reached the disk, and behind those no row can be told from another.
 */
export async function summariseHashList(path: string, kept: number): Promise<HashListSummary> {
  const rows: number[] = [];
  const lasts: Buffer[][] = [];
  await forEachLine(path, (line) => {
    if (line[0] === headMark) return true;
    const stream = streamOf(line);
    if (stream === undefined) return false;
    const count = rows[stream] ?? 0;
    rows[stream] = count + 1;
    // A ring: parsing every row of a long tape would take longer than reading it.
    lasts[stream] ??= [];
    lasts[stream][count % kept] = Buffer.from(line);
    return true;
  });
  const tails = lasts.map((ring, stream) => {
    const turn = (rows[stream] ?? 0) % kept;
    const ordered = ring.length < kept ? ring : [...ring.slice(turn), ...ring.slice(0, turn)];
    return ordered.flatMap((line) => parseFrameHashRow(line.toString('latin1')) ?? []);
  });
  return { rows, tails };
}

/** Writes the head and the first `rows` rows of each stream into a new list. FILE_EXISTS as the system says it. */
export async function copyHashListHead(path: string, newPath: string, rows: number): Promise<void> {
  const counts: number[] = [];
  await using target = await open(newPath, 'wx');
  try {
    const pieces: Buffer[] = [];
    await forEachLine(
      path,
      (line) => {
        if (line[0] !== headMark) {
          const stream = streamOf(line);
          if (stream === undefined) return false;
          counts[stream] = (counts[stream] ?? 0) + 1;
          if (counts[stream] > rows) return true;
        }
        pieces.push(Buffer.from(line), Buffer.of(newline));
        return true;
      },
      async () => {
        const written = pieces.splice(0);
        if (written.length > 0) await target.appendFile(Buffer.concat(written));
      },
    );
    await target.sync();
  } catch (error) {
    await rm(newPath, { force: true });
    throw error;
  }
}

/** Number of the stream of a row; undefined for a line that is no row. */
function streamOf(line: Uint8Array): number | undefined {
  const end = line.indexOf(comma);
  if (end < 1 || end > 3) return undefined;
  let stream = 0;
  for (let at = 0; at < end; at += 1) {
    const digit = (line[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return undefined;
    stream = stream * 10 + digit;
  }
  return line.includes(0) ? undefined : stream;
}

/** Each whole line, without its end, until `visit` says false; `pause` is called between chunks and at the end. */
async function forEachLine(
  path: string,
  visit: (line: Uint8Array) => boolean,
  pause: () => Promise<void> = async () => {},
): Promise<void> {
  let carry: Uint8Array = new Uint8Array(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      const line =
        carry.length > 0 ? Buffer.concat([carry, chunk.subarray(0, end)]) : chunk.subarray(from, end);
      carry = new Uint8Array(0);
      from = end + 1;
      const text = line.at(-1) === 13 ? line.subarray(0, -1) : line;
      if (text.length > 0 && !visit(text)) return pause();
    }
    carry = Buffer.concat([carry, chunk.subarray(from)]);
    await pause();
    if (carry.length > longestLine) return;
  }
}
