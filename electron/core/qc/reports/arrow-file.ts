import {
  Field,
  Float32,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
} from 'apache-arrow';
import { describeTable } from './parquet.ts';
import { type ReportSource, secondsOf } from './report-source.ts';

/** An Arrow file (Feather 2): the table of the sample store, with a footer, so that tools need not read it in order. */
export function* arrowReport(source: ReportSource): Generator<Uint8Array> {
  const { series, measures } = source;
  const schema = new Schema(
    [
      new Field('frame', new Int32(), false),
      new Field('timeS', new Float64(), false),
      ...measures.map(({ id, unit }) => new Field(id, new Float32(), false, new Map([['unit', unit]]))),
    ],
    new Map(Object.entries(describeTable(source))),
  );
  const length = series.frames;
  const children = [
    makeData({ type: new Int32(), data: Int32Array.from({ length }, (_, frame) => frame) }),
    makeData({
      type: new Float64(),
      data: Float64Array.from({ length }, (_, frame) => secondsOf(series, frame)),
    }),
    ...measures.map(({ id }) =>
      makeData({
        type: new Float32(),
        data: series.range?.(id, 0, length) ?? series.column(id).slice(0, length),
      }),
    ),
  ];
  const data = makeData({ type: new Struct(schema.fields), length, nullCount: 0, children });
  yield tableToIPC(new Table(schema, [new RecordBatch(schema, data)]), 'file');
}
