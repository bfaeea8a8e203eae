import type { QcProfile } from '#shared/domain/profiles.ts';
import type { QcResult } from '#shared/domain/qc.ts';
import { measuresFor } from '../every-measure.ts';
import type { Measure } from '../measures.ts';
import type { Series } from '../series.ts';
import type { ReportReview } from './report-review.ts';

/** A measure of a report, with the name that ffmpeg and QCTools give it, where they have one. */
export interface ReportMeasure {
  id: string;
  medium: Measure['medium'];
  unit: string;
  key: string | undefined;
}

/** What is known of the picture that was measured, beside the samples. */
export interface ReportPicture {
  width: number;
  height: number;
  pixelFormat: string | undefined;
}

/** A file or a pass with all that was measured and found: what every report is written from. */
export interface ReportSource {
  /** Without its folder: a report leaves the building, and paths say more than they should. */
  fileName: string;
  /** The picture itself, for stills; absent where only samples are at hand. */
  media: { path: string; ffmpegPath: string } | undefined;
  picture: ReportPicture | undefined;
  /** Undefined where the measures come from another tool's report: it says nothing of its area. */
  measuredArea: 'active' | undefined;
  series: Series;
  measures: readonly ReportMeasure[];
  result: QcResult;
  profile: QcProfile;
  madeAt: Date;
  /** What people said of it, where it is a pass. */
  review: ReportReview | undefined;
}

/** The measures of a store in its own order, with their ffmpeg keys. */
export function reportMeasures(
  stored: readonly { id: string; unit: string; medium: Measure['medium'] }[],
  channels: number,
): ReportMeasure[] {
  const keys = new Map(measuresFor(channels).map(({ id, key }) => [id, key]));
  return stored.map(({ id, unit, medium }) => ({ id, unit, medium, key: keys.get(id) }));
}

/** The name of a measure in a report that QCTools opens: ffmpeg's, or ours where ffmpeg has none. */
export function reportKeyOf({ id, key }: Pick<ReportMeasure, 'id' | 'key'>): string {
  return key ?? `helical.${id}`;
}

/** Seconds from the beginning of the file to the start of a frame. */
export function secondsOf({ frameRate }: Pick<Series, 'frameRate'>, frame: number): number {
  return (frame * frameRate.den) / frameRate.num;
}
