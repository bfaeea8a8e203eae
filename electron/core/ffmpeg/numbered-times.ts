import type { Rational } from '#shared/domain/rational.ts';
import { filterText } from './escape.ts';

/** Times of pictures are told in nanoseconds: a picture's length has room for how late it is, in milliseconds. */
const ticksPerSecond = 1_000_000_000;
/** A source that runs a little fast is early: by less than ten seconds. */
const earliestMs = 10_000;

/**
 * Filters that give each picture the time of its number at an even rate, and behind that how much later it is shown, a nanosecond for
 * each millisecond: whoever gets only some of the pictures still knows both.
 */
export function numberedTimesFilters({ num, den }: Rational): string[] {
  const even = `N*${den}/(${num}*TB)`;
  return [
    filterText('settb', { expr: `1/${ticksPerSecond}` }),
    filterText('setpts', {
      // What setpts gives is cut off to whole ticks.
      expr: `STARTPTS+${even}+${earliestMs}.5+floor((PTS-STARTPTS-${even})/1000000+0.5)`,
    }),
  ];
}

/** For an encoder that would bring times to whole pictures otherwise. */
export const fineTimes = ['-enc_time_base', `1/${ticksPerSecond}`];

/** Number of a picture, and when it is shown, in seconds behind the first, of a time so much behind the first's. */
export function readNumberedTime(
  behindFirstS: number,
  { num, den }: Rational,
): { number: number; shownS: number } {
  const ticks = Math.round(behindFirstS * ticksPerSecond) + earliestMs;
  const ticksOfPicture = (ticksPerSecond * den) / num;
  const number = Math.floor((ticks + 1) / ticksOfPicture);
  const lateMs = Math.round(ticks - number * ticksOfPicture) - earliestMs;
  return { number, shownS: (number * den) / num + lateMs / 1000 };
}
