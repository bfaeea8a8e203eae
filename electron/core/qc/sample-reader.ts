import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Schema } from 'apache-arrow';
import { Message, type RecordBatch } from 'apache-arrow/ipc/metadata/message';
import { HelicalError } from '#shared/domain/errors.ts';
import { parseRational } from '#shared/domain/rational.ts';
import { columnOf } from './arrow-stream.ts';
import { type Steps, stepsOf } from './sample-pyramid.ts';
import { pyramidMark } from './sample-store.ts';
import type { Series } from './series.ts';

/** A store on disk, with its measures in the order of the columns. Columns are read when they are asked for. */
export interface StoredSeries extends Series {
  measures: { id: string; unit: string; medium: 'video' | 'audio' }[];
  /** Frames `from` to `to`, the last one not among them; NaN for measures that it does not have. Into `values`, where there are any. */
  range(id: string, from: number, to: number, values?: Float32Array): Float32Array;
  /** The column in steps of the pyramid. */
  steps(id: string): Steps;
}

/** Where one batch's columns lie in the file. */
interface Batch {
  firstFrame: number;
  rows: number;
  isCompressed: boolean;
  offsets: Float64Array;
  lengths: Uint32Array;
}

/** One Arrow stream inside a file. */
interface Stream {
  schema: Schema;
  batches: Batch[];
  rows: number;
}

/** Checks ask for the same columns again and again. Ten hours of one are 3.6 MB. */
const keptColumns = 24;
const fieldOrders = ['tff', 'bff', 'progressive'] as const;
const prefixBytes = 8;
/** More than the head of a batch of a hundred columns. */
const headBytes = 16 * 1024;

/**
 * Opens a store: what it holds and where, none of its values. One that a kill cut short is read to its last whole batch.
 * Nothing stays open. Throws HelicalError FILE_UNREADABLE, also later where columns are damaged; reading them throws what the file system throws.
 */
export function readSampleStore(path: string): StoredSeries {
  let stream: Stream | undefined;
  const { schema, pyramid, frames } = withFile(path, (file) => {
    const at = pyramidAt(file);
    const pyramid = at === undefined ? undefined : scan(file, at, path);
    // A store that was closed says how long it is: its batches, thousands of places in a long one, are looked for when samples are asked for.
    const said = pyramid?.schema.metadata.get('frames');
    if (said !== undefined) return { schema: scan(file, 0, path, 1).schema, pyramid, frames: Number(said) };
    stream = scan(file, 0, path);
    return { schema: stream.schema, pyramid, frames: stream.rows };
  });

  function batchesIn(file: number): readonly Batch[] {
    stream ??= scan(file, 0, path);
    if (stream.rows === frames) return stream.batches;
    throw new HelicalError('FILE_UNREADABLE', {
      problem: `The samples ${path} are damaged: ${stream.rows} of ${frames} frames can be read.`,
      safe: 'The master is not touched by it.',
      remedy: 'Measure the master again with: helical qc.',
    });
  }

  if (schema.metadata.get('helical') !== 'samples 1') {
    throw new HelicalError('FILE_UNREADABLE', `${path} is not a sample store of this version.`);
  }
  const placeOf = new Map(schema.fields.map(({ name }, at) => [name, at]));
  const pyramidPlaceOf = new Map(pyramid?.schema.fields.map(({ name }, at) => [name, at]));
  const kept = new Map<string, Float32Array>();

  function range(
    id: string,
    from: number,
    to: number,
    values = new Float32Array(Math.max(0, to - from)),
  ): Float32Array {
    const place = placeOf.get(id);
    if (place === undefined) return values.fill(Number.NaN);
    return withFile(path, (file) => readRows(file, batchesIn(file), place, from, values));
  }

  function column(id: string): Float32Array {
    const found = kept.get(id) ?? range(id, 0, frames);
    // The one asked for last is kept longest.
    kept.delete(id);
    kept.set(id, found);
    const [oldest] = kept.keys();
    if (kept.size > keptColumns && oldest !== undefined) kept.delete(oldest);
    return found;
  }

  return {
    frames,
    frameRate: parseRational(schema.metadata.get('frameRate') ?? '') ?? { num: 25, den: 1 },
    bitDepth: Number(schema.metadata.get('bitDepth')),
    channels: Number(schema.metadata.get('channels')),
    standard: schema.metadata.get('standard') ?? 'unknown',
    hasPicture: schema.metadata.get('picture') !== 'absent',
    fieldOrder: fieldOrders.find((order) => order === schema.metadata.get('fieldOrder')),
    measures: schema.fields.slice(1).map((field) => ({
      id: field.name,
      unit: field.metadata.get('unit') ?? '',
      medium: field.name.includes('.') ? ('audio' as const) : ('video' as const),
    })),
    range,
    column,
    steps(id) {
      const [minimum, mean, maximum] = ['minimum', 'mean', 'maximum'].map((part) =>
        pyramidPlaceOf.get(`${id} ${part}`),
      );
      if (!pyramid || minimum === undefined || mean === undefined || maximum === undefined) {
        return stepsOf(column(id));
      }
      return withFile(path, (file) => {
        const read = (place: number) =>
          readRows(file, pyramid.batches, place, 0, new Float32Array(pyramid.rows));
        return { minimum: read(minimum), mean: read(mean), maximum: read(maximum) };
      });
    },
  };
}

function withFile<T>(path: string, use: (file: number) => T): T {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (cause) {
    throw new HelicalError('FILE_UNREADABLE', `The samples ${path} cannot be read.`, { cause });
  }
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

/** Where the pyramid begins; undefined in a store that was not closed. */
function pyramidAt(file: number): number | undefined {
  const { size } = fstatSync(file);
  const end = Buffer.alloc(pyramidMark.length + 8);
  if (size < end.length) return undefined;
  readSync(file, end, 0, end.length, size - end.length);
  if (!end.subarray(0, pyramidMark.length).equals(pyramidMark)) return undefined;
  const at = Number(end.readBigInt64LE(pyramidMark.length));
  return at > 0 && at < size ? at : undefined;
}

/** Reads the heads of a stream's messages, `most` of them, up to its end or to the first one that is not whole. */
function scan(file: number, from: number, path: string, most = Number.POSITIVE_INFINITY): Stream {
  const { size } = fstatSync(file);
  const head = Buffer.alloc(headBytes);
  let schema: Schema | undefined;
  const batches: Batch[] = [];
  let rows = 0;
  for (let [at, count] = [from, 0]; count < most; count++) {
    const read = readSync(file, head, 0, headBytes, at);
    if (read < prefixBytes || head.readInt32LE(0) !== -1) break;
    const length = head.readInt32LE(4);
    if (length <= 0 || at + prefixBytes + length > size) break;
    const message = Message.decode(headOf(file, head, at + prefixBytes, length, read - prefixBytes));
    const bodyAt = at + prefixBytes + length;
    at = bodyAt + message.bodyLength;
    if (at > size) break;
    if (message.isSchema()) schema = message.header() as Schema;
    else if (message.isRecordBatch()) {
      const header = message.header() as RecordBatch;
      batches.push(batchOf(header, bodyAt, rows));
      rows += header.length;
    }
  }
  if (!schema) throw new HelicalError('FILE_UNREADABLE', `${path} is not a sample store.`);
  return { schema, batches, rows };
}

/** The bytes of a message's head, out of what was read already where they are there. */
function headOf(file: number, head: Buffer, at: number, length: number, have: number): Buffer {
  if (length <= have) return head.subarray(prefixBytes, prefixBytes + length);
  const whole = Buffer.alloc(length);
  readSync(file, whole, 0, length, at);
  return whole;
}

/** Each column has two buffers: what is absent (never anything), and the values. */
function batchOf(header: RecordBatch, bodyAt: number, firstFrame: number): Batch {
  const columns = header.buffers.length / 2;
  const offsets = new Float64Array(columns);
  const lengths = new Uint32Array(columns);
  for (let column = 0; column < columns; column++) {
    const region = header.buffers[column * 2 + 1];
    offsets[column] = bodyAt + (region?.offset ?? 0);
    lengths[column] = region?.length ?? 0;
  }
  return { firstFrame, rows: header.length, isCompressed: header.compression !== null, offsets, lengths };
}

/** Reads one column from frame `from` on, as many values as there is room for. */
function readRows(
  file: number,
  batches: readonly Batch[],
  column: number,
  from: number,
  into: Float32Array,
): Float32Array {
  const to = from + into.length;
  let buffer = Buffer.alloc(0);
  for (const batch of batches) {
    const first = Math.max(from, batch.firstFrame);
    const end = Math.min(to, batch.firstFrame + batch.rows);
    if (first >= end) continue;
    const length = batch.lengths[column] as number;
    if (buffer.length < length) buffer = Buffer.alloc(length);
    readSync(file, buffer, 0, length, batch.offsets[column] as number);
    const values = columnOf(buffer.subarray(0, length), batch.isCompressed);
    into.set(values.subarray(first - batch.firstFrame, end - batch.firstFrame), first - from);
  }
  return into;
}
