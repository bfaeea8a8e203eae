import { setImmediate as turn } from 'node:timers/promises';
import {
  Field,
  Float32,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
} from 'apache-arrow';
import { describeTable } from './parquet.ts';
import { type ReportSource, secondsOf } from './report-source.ts';
import { samplePieces } from './sample-pieces.ts';

/**
 * An Arrow file (Feather 2): the table of the sample store, with a footer, so that tools need not read it in order. A batch for a stretch
 * of the tape: memory does not grow with its length.
 */
export async function* arrowReport(source: ReportSource): AsyncGenerator<Uint8Array> {
  const { measures } = source;
  const schema = new Schema(
    [
      new Field('frame', new Int32(), false),
      new Field('timeS', new Float64(), false),
      ...measures.map(({ id, unit }) => new Field(id, new Float32(), false, new Map([['unit', unit]]))),
    ],
    new Map(Object.entries(describeTable(source))),
  );
  const writer = new RecordBatchFileWriter();
  const take = createTaker(writer[Symbol.asyncIterator]());
  const nothing = { from: 0, frames: 0, columns: measures.map(() => new Float32Array()) };
  for (const piece of source.series.frames === 0 ? [nothing] : samplePieces(source)) {
    writer.write(batchOf(source, schema, piece));
    yield* take();
  }
  writer.finish();
  yield* take();
}

function batchOf(
  { series }: ReportSource,
  schema: Schema,
  { from, frames: length, columns }: { from: number; frames: number; columns: readonly Float32Array[] },
): RecordBatch {
  const children = [
    makeData({ type: new Int32(), data: Int32Array.from({ length }, (_, at) => from + at) }),
    makeData({
      type: new Float64(),
      data: Float64Array.from({ length }, (_, at) => secondsOf(series, from + at)),
    }),
    ...columns.map((data) => makeData({ type: new Float32(), data })),
  ];
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length, nullCount: 0, children }),
  );
}

/** Takes what a writer has written by now, and does not wait for more. */
function createTaker(written: AsyncIterator<Uint8Array>): () => AsyncGenerator<Uint8Array> {
  let next = written.next();
  return async function* taken() {
    for (;;) {
      const piece = await Promise.race([next, turn(undefined)]);
      if (piece === undefined || piece.done) return;
      yield piece.value;
      next = written.next();
    }
  };
}
