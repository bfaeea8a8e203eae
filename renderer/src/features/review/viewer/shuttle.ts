import type { Rational } from '#shared/domain/rational.ts';

const speeds = [1, 2, 4, 8] as const;

/** The speed after J (-1) or L (1): one step faster that way, or once from anything else. In pictures per picture; below 0 backwards. */
export function shuttled(speed: number, direction: 1 | -1): number {
  const along = speed * direction;
  if (along <= 0) return direction;
  return direction * (speeds.find((one) => one > along) ?? speeds.at(-1) ?? 1);
}

/** Frames that play; `to` is one of them. */
export interface Stretch {
  from: number;
  to: number;
}

/** At most this much of the tape's time is left out from one picture to the next, times the speed: late pictures slow the shuttle. */
const greatestLeapMs = 250;

/**
 * The frame to show next while the tape is shuttled, so long after the one before was shown. Undefined: the end is
 * reached, and it stands. In a loop it goes on at the other end.
 */
export function shuttleFrame(
  shown: number,
  motion: { speed: number; elapsedMs: number; rate: Rational },
  within: Stretch,
  loops: boolean,
): number | undefined {
  const { speed, elapsedMs, rate } = motion;
  const passedMs = Math.min(elapsedMs, greatestLeapMs);
  const frames = Math.max(1, Math.round((Math.abs(speed) * passedMs * rate.num) / rate.den / 1000));
  const next = shown + Math.sign(speed) * frames;
  if (next >= within.from && next <= within.to) return next;
  const [start, end] = speed > 0 ? [within.from, within.to] : [within.to, within.from];
  if (loops) return start;
  return shown === end ? undefined : end;
}

/** How long a frame stays at least, so that the tape does not run faster than it is asked to. */
export function frameTimeMs(speed: number, rate: Rational): number {
  return (1000 * rate.den) / rate.num / Math.min(1, Math.abs(speed));
}
