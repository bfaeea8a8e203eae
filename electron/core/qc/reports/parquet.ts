import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { formatRational } from '#shared/domain/rational.ts';
import { type ReportSource, secondsOf } from './report-source.ts';
import { samplePieces } from './sample-pieces.ts';

/**
 * Parquet: a row a frame, float32 columns, NaN where nothing was measured (as in the sample store), a group of rows for a stretch of the
 * tape. The file's own metadata names the material and the unit of each column.
 */
export function* parquetReport(source: ReportSource): Generator<Uint8Array> {
  const bytes = new ByteWriter();
  const take = (): Uint8Array => {
    const taken = bytes.getBytes().slice();
    // Places in the file are counted apart from this.
    bytes.index = 0;
    return taken;
  };
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({ columnData: columnsOf(source, 0, 0, []) }),
    kvMetadata: Object.entries(describeTable(source)).map(([key, value]) => ({ key, value })),
    createdBy: 'Helical',
  });
  for (const { from, frames, columns } of samplePieces(source)) {
    writer.write({ columnData: columnsOf(source, from, frames, columns), rowGroupSize: frames });
    yield take();
  }
  writer.finish();
  yield take();
}

function columnsOf(
  { series, measures }: ReportSource,
  from: number,
  length: number,
  columns: readonly Float32Array[],
) {
  const numbers = { nullable: false, offsetIndex: false } as const;
  const frames = Int32Array.from({ length }, (_, at) => from + at);
  const times = Float64Array.from({ length }, (_, at) => secondsOf(series, from + at));
  return [
    { name: 'frame', type: 'INT32' as const, data: frames, ...numbers },
    { name: 'timeS', type: 'DOUBLE' as const, data: times, ...numbers },
    ...measures.map(({ id }, place) => ({
      name: id,
      type: 'FLOAT' as const,
      data: columns[place] ?? new Float32Array(0),
      ...numbers,
    })),
  ];
}

/** What a table of samples says of itself, for Parquet and Arrow alike. */
export function describeTable({
  series,
  measures,
  fileName,
  measuredArea,
}: ReportSource): Record<string, string> {
  return {
    file: fileName,
    frameRate: formatRational(series.frameRate),
    bitDepth: String(series.bitDepth),
    channels: String(series.channels),
    standard: series.standard,
    ...(measuredArea ? { measuredArea } : {}),
    units: JSON.stringify(Object.fromEntries(measures.map(({ id, unit }) => [id, unit]))),
  };
}
