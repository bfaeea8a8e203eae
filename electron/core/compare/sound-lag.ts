import { createCorrelator } from './alignment/correlation.ts';
import { windowRateHz } from './sound-window.ts';

/** How much later the same sound comes in another recording, and how alike they are there (0 to 1), turned over or not. */
export interface SoundLag {
  lagMs: number;
  likeness: number;
}

/** Below it nothing is sounding but the noise of the machine. */
const leastRms = 1e-4;
/** A lag with another one nearly as likely, further than this away, is that of a steady tone: none can be told. */
const [rivalShare, rivalAwayMs] = [0.985, 2];
/** Sound that was turned over is so many times as like the other way up, at its best. A tone turned over is one half a period away. */
const leastTurned = 1.15;

/**
 * Finds a window of sound in a longer one that reaches `marginS` further at each end. 0 ms: it lies where it was expected. By
 * what changes from sample to sample, since hum and bass hardly tell one moment from the next. Undefined where nothing can be told.
 */
export function soundLag(window: Float32Array, within: Float32Array, marginS: number): SoundLag | undefined {
  if (rmsOf(window) < leastRms || rmsOf(within) < leastRms) return undefined;
  const piece = changeOf(window);
  const correlator = createCorrelator([changeOf(within)], piece.length);
  const all = correlator.against([piece]);
  const first = correlator.reach;
  const lags = Math.min(all.length, first + Math.round(2 * marginS * windowRateHz) + 1);
  const turned = all.map((value) => -value);
  const [upright, over] = [topFrom(all, first, lags), topFrom(turned, first, lags)];
  const isTurned = valueAt(turned, over) > leastTurned * valueAt(all, upright);
  const [likeness, best] = isTurned ? [turned, over] : [all, upright];
  const peak = valueAt(likeness, best);
  const away = (rivalAwayMs / 1000) * windowRateHz;
  for (let at = first; at < lags; at++) {
    if (Math.abs(at - best) > away && valueAt(likeness, at) > rivalShare * peak) return undefined;
  }
  return {
    lagMs: ((best - first + topOf(likeness, best)) / windowRateHz - marginS) * 1000,
    likeness: Math.max(0, Math.min(1, peak)),
  };
}

function topFrom(likeness: Float64Array, first: number, end: number): number {
  let best = first;
  for (let at = first; at < end; at++) if (valueAt(likeness, at) > valueAt(likeness, best)) best = at;
  return best;
}

function valueAt(likeness: Float64Array, at: number): number {
  return likeness[at] as number;
}

/** Where the top lies between samples, by the parabola through three. */
function topOf(likeness: Float64Array, at: number): number {
  const [left, middle, right] = [likeness[at - 1] ?? 0, valueAt(likeness, at), likeness[at + 1] ?? 0];
  const bend = left - 2 * middle + right;
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (left - right) / (2 * bend))) : 0;
}

/** From sample to sample. */
export function changeOf(samples: Float32Array): Float32Array {
  return samples.map((sample, at) => sample - (samples[at - 1] ?? sample));
}

function rmsOf(samples: Float32Array): number {
  let squares = 0;
  for (const sample of samples) squares += sample * sample;
  return Math.sqrt(squares / Math.max(1, samples.length));
}
