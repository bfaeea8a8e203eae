import { createWriteStream, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import {
  Field,
  Float32,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchReader,
  RecordBatchStreamWriter,
  Schema,
  Struct,
} from 'apache-arrow';
import { HelicalError } from '#shared/domain/errors.ts';
import { formatRational, parseRational } from '#shared/domain/rational.ts';
import type { Measure } from './measures.ts';
import type { Series, SeriesDescription } from './series.ts';

/**
 * Samples on disk: an Arrow IPC stream, one record batch for every ten seconds or so, one float32 column a measure.
 * A stream needs no footer, so what was written before a kill can be read; pandas (pyarrow.ipc.open_stream), DuckDB and
 * R open it as it is. See docs/adr/0020.
 */
export const framesPerBatch = 250;

const fieldOrders = ['tff', 'bff', 'progressive'] as const;

export interface SampleWriter {
  /** Values in the order of the measures; NaN where nothing was measured. Frames come in order, from 0. */
  append(values: ArrayLike<number>): void;
  readonly frames: number;
  /** Writes what is left and closes the file. Throws what the disk threw (ENOSPC), also for earlier frames. */
  close(): Promise<void>;
}

/** Starts a new store. Throws EEXIST where the file exists: samples are never written over. */
export function createSampleStore(
  path: string,
  measures: readonly Measure[],
  description: SeriesDescription,
): SampleWriter {
  const schema = new Schema(
    [
      new Field('frame', new Int32(), false),
      ...measures.map(
        (measure) => new Field(measure.id, new Float32(), true, new Map([['unit', measure.unit]])),
      ),
    ],
    new Map([
      ['helical', 'samples 1'],
      ['frameRate', formatRational(description.frameRate)],
      ['bitDepth', String(description.bitDepth)],
      ['channels', String(description.channels)],
      ['standard', description.standard],
      ['fieldOrder', description.fieldOrder ?? 'unknown'],
    ]),
  );
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  const file = createWriteStream(path, { fd: openSync(path, 'wx') });
  const written = pipeline(writer.toNodeStream(), file);
  // Reported by close(): until then a full disk must not end the engine as an unhandled rejection.
  written.catch(() => undefined);
  let columns = measures.map(() => new Float32Array(framesPerBatch));
  let filled = 0;
  let frames = 0;

  function flush(): void {
    if (filled === 0) return;
    const first = frames - filled;
    const children = [
      makeData({ type: new Int32(), data: Int32Array.from({ length: filled }, (_, at) => first + at) }),
      ...columns.map((column) => makeData({ type: new Float32(), data: column.subarray(0, filled) })),
    ];
    const data = makeData({ type: new Struct(schema.fields), length: filled, nullCount: 0, children });
    writer.write(new RecordBatch(schema, data));
    columns = measures.map(() => new Float32Array(framesPerBatch));
    filled = 0;
  }

  return {
    append(values) {
      for (const [at, column] of columns.entries()) column[filled] = values[at] ?? Number.NaN;
      filled++;
      frames++;
      if (filled === framesPerBatch) flush();
    },
    get frames() {
      return frames;
    },
    async close() {
      flush();
      writer.finish();
      await written;
    },
  };
}

/** A store read back, with its measures in the order of the columns. */
export interface StoredSeries extends Series {
  measures: { id: string; unit: string; medium: 'video' | 'audio' }[];
}

/** Reads a store; one that a kill cut short is read to its last whole batch. Throws HelicalError FILE_UNREADABLE. */
export async function readSampleStore(path: string): Promise<StoredSeries> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new HelicalError('FILE_UNREADABLE', `The samples ${path} cannot be read.`, { cause });
  });
  const reader = RecordBatchReader.from(bytes);
  try {
    reader.open();
  } catch (cause) {
    throw new HelicalError('FILE_UNREADABLE', `${path} is not a sample store.`, { cause });
  }
  const schema = reader.schema;
  if (schema?.metadata.get('helical') !== 'samples 1') {
    throw new HelicalError('FILE_UNREADABLE', `${path} is not a sample store of this version.`);
  }
  const batches = wholeBatches(reader);
  const frames = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  const columns = new Map<string, Float32Array>();
  for (const field of schema.fields.slice(1)) {
    const column = new Float32Array(frames);
    let at = 0;
    for (const batch of batches) {
      column.set(batch.getChild(field.name)?.toArray() as Float32Array, at);
      at += batch.numRows;
    }
    columns.set(field.name, column);
  }
  const empty = new Float32Array(frames).fill(Number.NaN);
  return {
    frames,
    frameRate: parseRational(schema.metadata.get('frameRate') ?? '') ?? { num: 25, den: 1 },
    bitDepth: Number(schema.metadata.get('bitDepth')),
    channels: Number(schema.metadata.get('channels')),
    standard: schema.metadata.get('standard') ?? 'unknown',
    fieldOrder: fieldOrders.find((order) => order === schema.metadata.get('fieldOrder')),
    column: (id) => columns.get(id) ?? empty,
    measures: schema.fields.slice(1).map((field) => ({
      id: field.name,
      unit: field.metadata.get('unit') ?? '',
      medium: field.name.includes('.') ? ('audio' as const) : ('video' as const),
    })),
  };
}

function wholeBatches(reader: RecordBatchReader): RecordBatch[] {
  const batches: RecordBatch[] = [];
  try {
    for (const batch of reader) batches.push(batch);
  } catch (error) {
    // The one expected fault: the last batch was cut by a kill. Anything read before it is whole.
    if (!(error instanceof Error) || !/Expected to read/.test(error.message)) throw error;
  }
  return batches;
}
