import type { Rational } from '#shared/domain/rational.ts';
import { fastestWatched } from '#shared/domain/watched-speed.ts';

/** Own: what a report may be ahead of the clock, since screens draw frames in bunches and messages do not travel evenly. */
const slackS = 1;

/**
 * How much a person can have watched, by the clock of this engine: a page's word is not enough, since another program could send it.
 * Time is earned from the first word of a page on, and spent on the frames that it reports.
 */
export function createWatchingClock(now: () => Date) {
  const desks = new Map<string, { heardAtMs: number; leftFrames: number }>();
  const keyOf = (passId: string, personId: string) => `${passId} ${personId}`;
  return {
    /** False where more frames are told of than can have been played at twice the speed; nothing is spent then, and the time still counts. */
    allows(passId: string, personId: string, rate: Rational, frames: number): boolean {
      const perSecond = (fastestWatched * rate.num) / rate.den;
      const slack = slackS * perSecond;
      const at = now().getTime();
      const desk = desks.get(keyOf(passId, personId)) ?? { heardAtMs: at, leftFrames: slack };
      desks.set(keyOf(passId, personId), desk);
      const possible = desk.leftFrames + (Math.max(0, at - desk.heardAtMs) / 1000) * perSecond;
      if (frames > possible) return false;
      // Time in which nothing was reported is not saved up.
      desks.set(keyOf(passId, personId), { heardAtMs: at, leftFrames: Math.min(slack, possible - frames) });
      return true;
    },
    /** The page has left. */
    forget(passId: string, personId: string): void {
      desks.delete(keyOf(passId, personId));
    },
  };
}
