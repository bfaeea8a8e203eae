import { formatClock } from '#shared/domain/timecode.ts';
import { plainNumber } from './plain-number.ts';
import type { ReportSource } from './report-source.ts';

/**
 * One line a frame (RFC 4180): frame from 0, its time, then each measure in the order of the store. An empty field was not
 * measured; `-inf` is digital silence, as pandas, R and ffmpeg read it.
 */
export function* csvReport({ series, measures }: ReportSource): Generator<string> {
  const columns = measures.map(({ id }) => series.column(id));
  yield `${['frame', 'time', ...measures.map(({ id }) => id)].join(',')}\r\n`;
  for (let frame = 0; frame < series.frames; frame++) {
    const cells = columns.map((column) => {
      const value = column[frame] as number;
      return Number.isNaN(value) ? '' : plainNumber(value);
    });
    yield `${frame},${formatClock(frame, series.frameRate)},${cells.join(',')}\r\n`;
  }
}
