import { quantilesOf } from './quantile.ts';
import { framesIn, type Series } from './series.ts';

/** Own: the quietest 5 ms of pictures of hiss differ by less; programme's last overtones die away to any level. */
const hissSpreadDb = 1.2;

/** Own: of the difference from sample to sample; no tape hisses louder. A wave that goes on at one level does not let the hiss be heard. */
const loudestHissDbfs = -40;

/** Own: no sound of a tape leaves out so many decibels between one moment and the next louder one; holes do. */
const gapDb = 10;

/** The first of sorted levels that belongs to the sound: a quarter of them, at most, may be holes that a gap parts from it. */
function firstAboveGap(levels: Float32Array): number {
  for (let at = Math.floor(levels.length / 4); at > 0; at--) {
    if ((levels[at] as number) - (levels[at - 1] as number) >= gapDb) return at;
  }
  return 0;
}

/** For each frame, the level below which a moment is too quiet to be a pause, and that of the programme's own quiet moments; NaN for the latter where these are hiss. */
export function quietLimits(
  series: Series,
  floor: Float32Array,
  limits: Record<'belowHissDb' | 'belowProgrammeDb' | 'aroundSeconds', number>,
): { limitAt: Float32Array; usualAt: Float32Array } {
  const block = framesIn(series, limits.aroundSeconds);
  const [limitAt, usualAt] = [new Float32Array(series.frames), new Float32Array(series.frames)];
  for (let start = 0; start < series.frames; start += block) {
    const around = floor.subarray(Math.max(0, start - block), Math.min(series.frames, start + 2 * block));
    const known = around.slice().sort();
    const sound = known.subarray(firstAboveGap(known));
    const [low] = quantilesOf(sound, [0.1]) as [number];
    // Where the lowest values, dropouts aside, lie close together they are the hiss, which has one level.
    const heard = sound.filter((level) => level >= low - limits.belowHissDb);
    const [lowest, higher] = quantilesOf(heard, [0.02, 0.1]) as [number, number];
    const isHiss = higher - lowest <= hissSpreadDb && higher <= loudestHissDbfs;
    limitAt.fill(low - (isHiss ? limits.belowHissDb : limits.belowProgrammeDb), start, start + block);
    usualAt.fill(isHiss ? Number.NaN : low, start, start + block);
  }
  return { limitAt, usualAt };
}
