import type { Rational } from './rational.ts';

/** Frames from one small picture of a pass to the next: number n shows frame n × this. Ten seconds. */
export function thumbnailStepFrames(frameRate: Rational): number {
  return Math.max(1, Math.round((10 * frameRate.num) / frameRate.den));
}
