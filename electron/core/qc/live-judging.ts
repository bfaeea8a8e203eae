import type { QcEvent } from '#shared/domain/qc.ts';
import { judge } from './judge.ts';
import { createLiveWindow } from './live-window.ts';
import type { Measure } from './measures.ts';
import type { LiveJudging } from './measuring-messages.ts';
import { framesIn } from './series.ts';

/** What is judged while a tape plays: a minute at least, two at most. */
const windowSeconds = 60;
/** An event shows within two seconds of its frame. */
const judgeEveryMs = 1000;

/** Judges the last stretch of what plays, once a second while frames come. */
export function createLiveJudging(measures: readonly Measure[], { profile, description }: LiveJudging) {
  const window = createLiveWindow(measures, description, framesIn(description, windowSeconds));
  let judgedAtMs = performance.now();
  let judgedFrames = 0;
  return {
    append: window.append,
    /** Undefined when it is too early, or nothing came since. */
    judge(): { events: QcEvent[]; firstFrame: number } | undefined {
      if (window.frames === judgedFrames || performance.now() - judgedAtMs < judgeEveryMs) return undefined;
      judgedAtMs = performance.now();
      judgedFrames = window.frames;
      return { events: judge(window.series, profile).events, firstFrame: window.firstFrame };
    },
  };
}
