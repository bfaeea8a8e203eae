import type { Limit } from './check.ts';
import { createGates } from './gates.ts';
import { quantileOf } from './quantile.ts';
import { findRuns, type Run } from './runs.ts';
import { onScaleOf, type Series } from './series.ts';
import { tapeNoiseOf } from './tape-noise.ts';

/** Mean difference of two pictures of Gaussian noise of 1. */
export const noiseDifference = 2 / Math.sqrt(Math.PI);

/** Own: a hold of so many frames is a freeze, a shorter one a frame shown twice. */
export const freezeFrames = 4;

/** What makes a frame a held one: limits of every check that tells of holds. Codes are of the 10-bit scale. */
export const holdLimits = {
  noiseShare: {
    value: 0.42,
    unit: 'share',
    source:
      'Own: of the change that the tape’s noise makes; room for the noise of a converter behind, and for noise reduction, which leaves a half',
  },
  mostChangeCodes: {
    value: 1.3,
    unit: 'code, 10 bit',
    source: 'AV Spex: freezes change by 0.6 to 0.8, slow motion by 1.5 and more',
  },
  leastNoiseCodes: {
    value: 0.4,
    unit: 'code, 10 bit',
    source: 'Own: tapes with less are digital, and may repeat by intent',
  },
  exactChangeCodes: {
    value: 0.02,
    unit: 'code, 10 bit',
    source: 'Own: where a tape has no noise a repeat is exact, but for a code here and there',
  },
} satisfies Record<string, Limit>;
export type HoldLimits = Record<keyof typeof holdLimits, number>;

const ownLimits = Object.fromEntries(
  Object.entries(holdLimits).map(([name, { value }]) => [name, value]),
) as HoldLimits;

/** Own: of the change that four of five frames stay below: a drawing of which only a little moves is not held most of the time. */
const usualShare = 0.8;
/** One new frame within a hold does not end it. */
const bridgeFrames = 1;

/** What of a tape repeats. */
export interface HeldFrames {
  /** Frames of which a field at least repeats the one before without the tape's noise, for long. */
  freezes: Run[];
  /** The same, each for a few frames. */
  repeats: Run[];
  /** The tape has noise of its own: a repeat without it was made by a machine behind the tape. */
  hasNoise: boolean;
  /** Difference below which a field is held, in codes. */
  limitCodes: number;
}

/**
 * One byte a frame: 1 where a machine shows the frame before once more. What is held was seen once, however long it stands:
 * measures that go by how often they see something leave these out.
 */
export function heldMaskOf(series: Series): Uint8Array {
  const { freezes, repeats } = findHeldFrames(series);
  const mask = new Uint8Array(series.frames);
  for (const { startFrame, endFrame } of [...freezes, ...repeats]) mask.fill(1, startFrame, endFrame + 1);
  return mask;
}

/**
 * Frames of which a field, or both, were held by a machine. A still shot is new noise on every frame; what a time base
 * corrector, a card or a disk repeats is not. Black and fields without structure are left out: there is nothing to hold.
 */
export function findHeldFrames(series: Series, limits: HoldLimits = ownLimits): HeldFrames {
  const least = series.column('fieldDifLeast');
  const noise = series.column('yNoise');
  const { black, flat } = createGates(series);
  const tapeNoise = tapeNoiseOf(series);
  const hasNoise = tapeNoise >= onScaleOf(series, limits.leastNoiseCodes);
  const exact = onScaleOf(series, limits.exactChangeCodes);
  const share = limits.noiseShare * noiseDifference;
  const whole = series.column('yDif');
  // Nor is a drawing of which only a little moves held most of the time.
  const usual = quantileOf(
    least.filter((_, frame) => !black[frame] && !flat[frame]),
    usualShare,
  );
  const most = Math.min(onScaleOf(series, limits.mostChangeCodes), limits.noiseShare * usual);
  const limitCodes = hasNoise ? Math.min(most, share * tapeNoise) : exact;
  const held = new Uint8Array(series.frames);
  for (let frame = 1; frame < series.frames; frame++) {
    if (black[frame] || flat[frame]) continue;
    const limit = hasNoise ? Math.min(most, share * Math.min(tapeNoise, noise[frame] as number)) : exact;
    if ((least[frame] as number) < limit) held[frame] = 1;
  }
  const isHeld = (frame: number) => held[frame] === 1;
  // A short repeat is one of the whole picture: a single field comes twice in film on video too.
  const isRepeat = (frame: number) => isHeld(frame) && !((whole[frame] as number) >= 2 * limitCodes);
  const freezes = findRuns(series.frames, isHeld, {
    minimumFrames: freezeFrames,
    bridgeFrames,
  });
  const repeats = findRuns(series.frames, isRepeat).filter(
    ({ startFrame, endFrame }) =>
      !freezes.some((long) => startFrame >= long.startFrame && endFrame <= long.endFrame),
  );
  return { freezes, repeats, hasNoise, limitCodes };
}
