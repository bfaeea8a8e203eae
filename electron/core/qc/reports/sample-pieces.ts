import type { ReportSource } from './report-source.ts';

/** Frames of a piece: with 170 measures 14 MB. Batches of a store go into it without a rest. */
const pieceFrames = 21_600;

/** A stretch of frames: `columns` are in the order of the measures, each beginning with frame `from`. */
interface SamplePiece {
  from: number;
  frames: number;
  columns: Float32Array[];
}

/**
 * All measures of a tape, stretch by stretch, so that memory does not grow with its length: every column of ten hours would be 600 MB.
 * Samples that are in memory anyway are not copied.
 */
export function* samplePieces({
  series,
  measures,
}: Pick<ReportSource, 'series' | 'measures'>): Generator<SamplePiece> {
  for (let from = 0; from < series.frames; from += pieceFrames) {
    const to = Math.min(series.frames, from + pieceFrames);
    const columns = measures.map(
      ({ id }) => series.range?.(id, from, to) ?? series.column(id).subarray(from, to),
    );
    yield { from, frames: to - from, columns };
  }
}
