import { createWriteStream, openSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { Field, Schema } from 'apache-arrow/schema';
import { Float32, Int32 } from 'apache-arrow/type';
import { formatRational } from '#shared/domain/rational.ts';
import { batchMessage, endOfStream, schemaMessage } from './arrow-stream.ts';
import type { Measure } from './measures.ts';
import { createPyramid, framesPerStep } from './sample-pyramid.ts';
import type { SeriesDescription } from './series.ts';

/**
 * Samples on disk: an Arrow IPC stream, one record batch for every 20 or 24 seconds, one float32 column a measure.
 * A stream needs no footer, so what was written before a kill can be read; pandas (pyarrow.ipc.open_stream) and Polars
 * open it as it is. Behind its end stands a second stream, the pyramid for graphs, which they do not look at. See
 * docs/adr/0020 and 0051; who read what: docs/proof.md.
 */
export const framesPerBatch = 600;

/** The last bytes of a store that was closed: this, and where the pyramid begins. */
export const pyramidMark = Buffer.from('HLCLPYR1', 'latin1');

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
  const file = createWriteStream(path, { fd: openSync(path, 'wx') });
  const written = finished(file);
  // Reported by close(): until then a full disk must not end the engine as an unhandled rejection.
  written.catch(() => undefined);
  const pyramid = createPyramid(measures.length);
  const numbers = new Int32Array(framesPerBatch);
  const columns = measures.map(() => new Float32Array(framesPerBatch));
  let filled = 0;
  let frames = 0;
  let bytes = 0;

  function write(message: Buffer): void {
    bytes += message.length;
    if (file.writable) file.write(message);
  }

  function flush(): void {
    if (filled === 0) return;
    for (let at = 0; at < filled; at++) numbers[at] = frames - filled + at;
    write(batchMessage([numbers, ...columns], filled));
    filled = 0;
  }

  write(schemaMessage(sampleSchema(measures, description)));
  return {
    append(values) {
      for (const [at, column] of columns.entries()) column[filled] = values[at] ?? Number.NaN;
      pyramid.add(values);
      filled++;
      frames++;
      if (filled === framesPerBatch) flush();
    },
    get frames() {
      return frames;
    },
    async close() {
      flush();
      write(endOfStream);
      const begin = Buffer.alloc(8);
      begin.writeBigInt64LE(BigInt(bytes));
      const { rows, columns: steps } = pyramid.end();
      write(schemaMessage(pyramidSchema(measures, frames)));
      if (rows > 0) write(batchMessage(steps, rows));
      write(endOfStream);
      write(Buffer.concat([pyramidMark, begin]));
      if (file.writable) file.end();
      await written;
    },
  };
}

function sampleSchema(measures: readonly Measure[], description: SeriesDescription): Schema {
  return new Schema(
    [
      new Field('frame', new Int32(), false),
      ...measures.map(({ id, unit }) => new Field(id, new Float32(), true, new Map([['unit', unit]]))),
    ],
    new Map([
      ['helical', 'samples 1'],
      ['frameRate', formatRational(description.frameRate)],
      ['bitDepth', String(description.bitDepth)],
      ['channels', String(description.channels)],
      ['standard', description.standard],
      ['fieldOrder', description.fieldOrder ?? 'unknown'],
      ['picture', description.hasPicture === false ? 'absent' : 'present'],
    ]),
  );
}

function pyramidSchema(measures: readonly Measure[], frames: number): Schema {
  const parts = ['minimum', 'mean', 'maximum'];
  return new Schema(
    measures.flatMap(({ id }) => parts.map((part) => new Field(`${id} ${part}`, new Float32(), true))),
    new Map([
      ['helical', 'pyramid 1'],
      ['framesPerStep', String(framesPerStep)],
      ['frames', String(frames)],
    ]),
  );
}
