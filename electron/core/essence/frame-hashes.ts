import { createReadStream } from 'node:fs';
import { HelicalError } from '#shared/domain/errors.ts';
import { parseRational, type Rational } from '#shared/domain/rational.ts';

/** One stream of a hash list, from its `#name index: value` lines. */
export interface HashedStream {
  timeBase: Rational | undefined;
  mediaType: string | undefined;
  codecId: string | undefined;
  dimensions: string | undefined;
  sampleAspectRatio: string | undefined;
  sampleRateHz: number | undefined;
}

/** The head of a list that ffmpeg's `framehash` or `framemd5` muxer wrote (format version 2). */
export interface FrameHashHeader {
  version: number | undefined;
  /** As ffmpeg names it: `MD5`, `SHA256`, `murmur3`. */
  algorithm: string | undefined;
  software: string | undefined;
  streams: HashedStream[];
}

/** One packet or frame. Times are in the time base of its stream; undefined where ffmpeg wrote NOPTS. */
export interface FrameHashRow {
  stream: number;
  dts: number | undefined;
  pts: number | undefined;
  duration: number;
  sizeBytes: number;
  hash: string;
}

/** A list that is read row by row. `header` and `cutLine` are complete once the rows have been read to the end. */
export interface FrameHashReader {
  header: FrameHashHeader;
  /** True when the last line was cut, as a killed recorder leaves it; that line is not given as a row. */
  cutLine: boolean;
  rows(): AsyncGenerator<FrameHashRow>;
}

/**
 * Reads a hash list from its lines. A last line that is cut is left out and named. Throws HelicalError
 * FILE_UNREADABLE for a broken line before the last.
 */
export function readFrameHashLines(lines: AsyncIterable<string> | Iterable<string>): FrameHashReader {
  const header: FrameHashHeader = {
    version: undefined,
    algorithm: undefined,
    software: undefined,
    streams: [],
  };
  const reader: FrameHashReader = { header, cutLine: false, rows };

  async function* rows(): AsyncGenerator<FrameHashRow> {
    let broken: string | undefined;
    let hashLength: number | undefined;
    let lineNumber = 0;
    for await (const line of lines) {
      lineNumber += 1;
      if (broken !== undefined) throw brokenLine(broken, lineNumber - 1);
      if (line === '') continue;
      if (line.startsWith('#')) {
        readHeaderLine(line, header);
        continue;
      }
      const row = parseFrameHashRow(line);
      if (!row || row.hash.length !== (hashLength ?? row.hash.length)) {
        broken = line;
        continue;
      }
      hashLength = row.hash.length;
      // A first row may be cut as well: an MD5 of fewer than 32 digits is known by the algorithm's name.
      if (hashLength < (digestDigits[header.algorithm?.toUpperCase() ?? ''] ?? 0)) broken = line;
      else yield row;
    }
    reader.cutLine = broken !== undefined;
  }

  return reader;
}

/** Reads the hash list at `path`, one line at a time. Errors: HelicalError FILE_UNREADABLE. */
export function readFrameHashFile(path: string): FrameHashReader {
  return readFrameHashLines(linesOf(path));
}

/** No line of a hash list is near this long: a file that has one is something else. */
const longestLine = 4096;

async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const text of createReadStream(path, { encoding: 'utf8' }) as AsyncIterable<string>) {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? '';
      yield* lines;
      if (rest.length > longestLine) throw brokenLine(rest, 0);
    }
  } catch (cause) {
    if (cause instanceof HelicalError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new HelicalError('FILE_UNREADABLE', `The hash list ${path} cannot be read: ${why}.`, { cause });
  }
  if (rest !== '') yield rest;
}

/** `0, 12, 12, 1, 110592, b4f8...` as a row; undefined when it is not one. */
export function parseFrameHashRow(line: string): FrameHashRow | undefined {
  const fields = line.split(',').map((field) => field.trim());
  const [stream, dts, pts, duration, size, hash] = fields;
  const numbers = [stream, dts, pts, duration, size].map(readInteger);
  if (fields.length < 6 || !hash || !/^[0-9a-f]+$/i.test(hash)) return undefined;
  if (numbers.some((number) => number === undefined)) return undefined;
  return {
    stream: numbers[0] ?? 0,
    dts: withoutNoTime(numbers[1]),
    pts: withoutNoTime(numbers[2]),
    duration: numbers[3] ?? 0,
    sizeBytes: numbers[4] ?? 0,
    hash: hash.toLowerCase(),
  };
}

const digestDigits: Record<string, number> = {
  MD5: 32,
  SHA160: 40,
  SHA256: 64,
  SHA512: 128,
  CRC32: 8,
  ADLER32: 8,
};

/** AV_NOPTS_VALUE, which ffmpeg writes for "no time". */
const noTime = -(2 ** 63);

function withoutNoTime(value: number | undefined): number | undefined {
  return value === noTime ? undefined : value;
}

function readInteger(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}

function readHeaderLine(line: string, header: FrameHashHeader): void {
  const match = /^#(\w+)(?: (\d+))?: (.*)$/.exec(line);
  if (!match) return;
  const [, name, index, value = ''] = match;
  if (index === undefined) {
    if (name === 'version') header.version = Number(value);
    else if (name === 'hash') header.algorithm = value;
    else if (name === 'software') header.software = value;
    return;
  }
  const stream = streamAt(header, Number(index));
  if (name === 'tb') stream.timeBase = parseRational(value);
  else if (name === 'media_type') stream.mediaType = value;
  else if (name === 'codec_id') stream.codecId = value;
  else if (name === 'dimensions') stream.dimensions = value;
  else if (name === 'sar') stream.sampleAspectRatio = value;
  else if (name === 'sample_rate') stream.sampleRateHz = Number(value);
}

function streamAt(header: FrameHashHeader, index: number): HashedStream {
  if (index > 255) throw brokenLine(`stream ${index}`, 0);
  while (header.streams.length <= index) {
    header.streams.push({
      timeBase: undefined,
      mediaType: undefined,
      codecId: undefined,
      dimensions: undefined,
      sampleAspectRatio: undefined,
      sampleRateHz: undefined,
    });
  }
  return header.streams[index] as HashedStream;
}

function brokenLine(line: string, lineNumber: number): HelicalError {
  return new HelicalError('FILE_UNREADABLE', {
    problem: `Line ${lineNumber} of the frame hash list is not a frame: "${line.slice(0, 80)}".`,
    safe: 'The list was only read.',
    remedy: 'Take the list from a copy, or make it again from the master.',
  });
}
