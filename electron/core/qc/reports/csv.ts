import { isOfFile, type ShownEvent } from '#shared/domain/qc.ts';
import { formatClock } from '#shared/domain/timecode.ts';
import { plainNumber } from './plain-number.ts';
import type { ReportSource } from './report-source.ts';
import { samplePieces } from './sample-pieces.ts';

/**
 * One line a frame (RFC 4180): frame from 0, its time, then each measure in the order of the store. An empty field was not
 * measured; `-inf` is digital silence, as pandas, R and ffmpeg read it. Of a pass two columns follow: what was found at the frame,
 * and what people decided of it, in the ids of the log.
 */
export function* csvReport(source: ReportSource): Generator<string> {
  const { series, measures, result, review } = source;
  yield `${['frame', 'time', ...measures.map(({ id }) => id), ...(review ? ['findings', 'judged'] : [])].join(',')}\r\n`;
  const said = review && saidByFrame(result.events);
  for (const { from, frames, columns } of samplePieces(source)) {
    for (let at = 0; at < frames; at++) {
      const frame = from + at;
      const cells = columns.map((column) => {
        const value = column[at] as number;
        return Number.isNaN(value) ? '' : plainNumber(value);
      });
      if (said) cells.push(...said(frame));
      yield `${frame},${formatClock(frame, series.frameRate)},${cells.join(',')}\r\n`;
    }
  }
}

/** What lies on a frame, asked for in the order of the tape: `black;silence` and `dismissed;accepted:tape`, a dash for what nobody judged. */
function saidByFrame(events: readonly ShownEvent[]): (frame: number) => [string, string] {
  const coming = events.filter((event) => !isOfFile(event)).toSorted((a, b) => b.startFrame - a.startFrame);
  let here: ShownEvent[] = [];
  return (frame) => {
    here = here.filter(({ endFrame }) => endFrame >= frame);
    for (let next = coming.at(-1); next && next.startFrame <= frame; next = coming.at(-1)) {
      here.push(next);
      coming.pop();
    }
    return [here.map(({ check }) => check).join(';'), here.map(judgedId).join(';')];
  };
}

function judgedId({ judged, intended }: ShownEvent): string {
  if (intended) return 'intended';
  if (!judged) return '-';
  return judged.origin === null ? judged.judgement : `${judged.judgement}:${judged.origin}`;
}
