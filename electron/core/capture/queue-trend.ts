import { fitLine } from './line-fit.ts';

/** How a queue stands at one moment. */
export interface QueueReading {
  /** Share of the queue that is taken, 0 to 1. */
  filled: number;
  /** Seconds until it is full if it goes on growing as it does; null: not growing, or not known yet. */
  untilLossS: number | null;
  /** It grows so steadily that this is no passing jam. */
  isSteady: boolean;
}

/** A trend is taken over this time: shorter shows noise, longer warns late. */
const trendMs = 5_000;
/** Over less, one late report would look like a trend. */
const leastTrendMs = 800;
/** What waits for less is the usual coming and going. */
const noteworthyS = 0.4;
/** A growth is steady from this time on, when it stands so many standard errors off zero and so far above the scatter. */
const steady = { ms: 3_500, errors: 8, scatters: 4 };

/**
 * The trend of what waits in front of the recorder, in seconds of tape. Pure but for its memory: the same readings give the
 * same answers, so that recorded series can be judged. Times are of a monotonic clock, in milliseconds.
 */
export function createQueueTrend(): {
  add(atMs: number, queuedS: number, capacityS: number): QueueReading;
} {
  const seen: Moment[] = [];
  return {
    add(atMs, queuedS, capacityS) {
      seen.push({ atMs, queuedS });
      // Two readings are kept however old the first is: an engine that had no turn for long still sees what came meanwhile.
      while (seen.length > 2 && (seen[0]?.atMs ?? atMs) < atMs - trendMs) seen.shift();
      const room = Math.max(0, capacityS - queuedS);
      const { perS, isSteady } = growthOf(seen);
      // A few frames more or less than a moment ago are no trend.
      const isGrowing = perS > 0 && (isSteady || queuedS >= noteworthyS);
      return { filled: queuedS / capacityS, untilLossS: isGrowing ? room / perS : null, isSteady };
    },
  };
}

/** Seconds of tape by which the queue grows in a second. */
function growthOf(seen: readonly Moment[]): { perS: number; isSteady: boolean } {
  const first = seen[0];
  const last = seen.at(-1);
  if (!first || !last || last.atMs - first.atMs < leastTrendMs) return { perS: 0, isSteady: false };
  const fit = fitLine(seen.map(({ atMs, queuedS }) => ({ x: atMs / 1000, y: queuedS })));
  // Two readings make a rate, and no trend.
  if (!fit) return { perS: rateBetween(first, last), isSteady: false };
  const rise = fit.slope * ((last.atMs - first.atMs) / 1000);
  const isSteady =
    last.atMs - first.atMs >= steady.ms &&
    fit.slope > steady.errors * fit.slopeError &&
    rise > steady.scatters * fit.scatter &&
    rise > 0.1;
  // A jam of this very moment counts at once: the line through five seconds would see it late.
  const recent = seen.find(({ atMs }) => atMs >= last.atMs - 2 * leastTrendMs) ?? first;
  const recentPerS = last.atMs - recent.atMs >= leastTrendMs ? rateBetween(recent, last) : 0;
  return { perS: Math.max(fit.slope, recentPerS), isSteady };
}

type Moment = { atMs: number; queuedS: number };

function rateBetween(first: Moment, last: Moment): number {
  return (1000 * (last.queuedS - first.queuedS)) / (last.atMs - first.atMs);
}
