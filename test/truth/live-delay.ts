import { judge } from '#core/qc/judge.ts';
import type { Series } from '#core/qc/series.ts';
import type { QcProfile } from '#shared/domain/profiles.ts';
import type { Label, TruthEvent } from './label.ts';
import { matchTape } from './match.ts';

/** So many frames come at once while a tape plays: 0.2 s. */
const framesAtOnce = 5;

/** How long a fault had been playing when judging what had played till then first told it. */
export interface LiveDelay {
  check: string;
  framesPerSecond: number;
  /** From the fault's first frame on; undefined where it was not told before the tape's end. */
  frames: number | undefined;
  /** Behind its last frame; negative while it goes on. */
  framesBehindEnd: number | undefined;
}

/**
 * Judges a tape's samples again and again as they grow, as it is done while it plays. What the clock adds is not in it: the
 * follower's lag, and waiting for the next judging, which comes once a second.
 */
export function liveDelays(label: Label, series: Series, profile: QcProfile): LiveDelay[] {
  const { num, den } = series.frameRate;
  const waiting = new Map<TruthEvent, LiveDelay>(
    label.events.map((truth) => [
      truth,
      { check: truth.check, framesPerSecond: num / den, frames: undefined, framesBehindEnd: undefined },
    ]),
  );
  const open = new Set(waiting.keys());
  const first = Math.min(...label.events.map(({ startFrame }) => startFrame));
  for (let frames = first + framesAtOnce; open.size > 0; frames += framesAtOnce) {
    const played = Math.min(frames, series.frames);
    const claims = judge(partOf(series, played), profile).events;
    for (const truth of open) {
      // A fault that goes on is as long as what was heard of it.
      const heard = { ...truth, endFrame: Math.min(truth.endFrame, played - 1) };
      if (heard.endFrame < heard.startFrame) continue;
      const [verdict] = matchTape({ ...label, events: [heard], alsoTrue: [] }, claims);
      if (verdict?.outcome !== 'hit') continue;
      const delay = waiting.get(truth);
      if (delay)
        Object.assign(delay, {
          frames: played - truth.startFrame,
          framesBehindEnd: played - 1 - truth.endFrame,
        });
      open.delete(truth);
    }
    if (played === series.frames) break;
  }
  return [...waiting.values()];
}

function partOf(series: Series, frames: number): Series {
  return { ...series, frames, column: (id) => series.column(id).subarray(0, frames) };
}

/** A table in Markdown: for each check in seconds from the fault's first frame, and how many were told only behind its end. */
export function formatDelays(delays: readonly LiveDelay[]): string {
  const rows = Map.groupBy(delays, ({ check }) => check);
  const lines = [...rows]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([check, all]) => {
      const told = all
        .flatMap(({ frames, framesPerSecond }) => (frames === undefined ? [] : [frames / framesPerSecond]))
        .sort((a, b) => a - b);
      const behind = all.filter(({ framesBehindEnd = -1 }) => framesBehindEnd >= 0).length;
      const figures = [told[0], told[told.length >> 1], told.at(-1)].map((value) => value?.toFixed(1) ?? '-');
      return `| \`${check}\` | ${figures.join(' | ')} | ${behind} | ${told.length}/${all.length} |`;
    });
  return [
    '| Check | least, s | median, s | most, s | told behind its end | told |',
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}
