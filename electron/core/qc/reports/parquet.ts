import { parquetWriteBuffer } from 'hyparquet-writer';
import { formatRational } from '#shared/domain/rational.ts';
import { type ReportSource, secondsOf } from './report-source.ts';

/**
 * Parquet: a row a frame, float32 columns, NaN where nothing was measured (as in the sample store). The file's own metadata
 * names the material and the unit of each column.
 */
export function* parquetReport(source: ReportSource): Generator<Uint8Array> {
  const { series, measures } = source;
  const numbers = { nullable: false, offsetIndex: false } as const;
  const frames = Int32Array.from({ length: series.frames }, (_, frame) => frame);
  const times = Float64Array.from({ length: series.frames }, (_, frame) => secondsOf(series, frame));
  yield new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'frame', type: 'INT32', data: frames, ...numbers },
        { name: 'timeS', type: 'DOUBLE', data: times, ...numbers },
        ...measures.map(({ id }) => ({
          name: id,
          type: 'FLOAT' as const,
          data: series.column(id).slice(0, series.frames),
          ...numbers,
        })),
      ],
      rowGroupSize: 100_000,
      kvMetadata: Object.entries(describeTable(source)).map(([key, value]) => ({ key, value })),
      createdBy: 'Helical',
    }),
  );
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
