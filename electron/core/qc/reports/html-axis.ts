import { formatClock } from '#shared/domain/timecode.ts';
import type { ReportSource } from './report-source.ts';

/** Of a graph on the page, in its own units: the whole width, and where the drawing begins beside its figures. */
export const [graphWidth, graphLeft] = [1000, 46];

type Series = Pick<ReportSource['series'], 'frames' | 'frameRate'>;

/** Where a frame lies across a graph. */
export function placeOf({ frames }: Series, frame: number): number {
  return graphLeft + ((graphWidth - graphLeft) * frame) / Math.max(1, frames);
}

/** The times of a tape below a graph. */
export function timeLabels(series: Series, y: number): string {
  const steps = 6;
  const times = Array.from({ length: steps + 1 }, (_, at) => {
    const frame = Math.round((series.frames * at) / steps);
    const anchor = at === 0 ? 'start' : at === steps ? 'end' : 'middle';
    const clock = formatClock(frame, series.frameRate);
    // Hours of tape need no thousandths.
    const told =
      series.frames / (series.frameRate.num / series.frameRate.den) > 60 ? clock.slice(0, 8) : clock.slice(3);
    return `<text x="${round(placeOf(series, frame))}" y="${y}" text-anchor="${anchor}">${told}</text>`;
  });
  return times.join('');
}

/** As fine as a printer shows. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
