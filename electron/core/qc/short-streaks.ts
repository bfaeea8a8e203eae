import { type CopyLimits, copiedLinesOf } from './copied-lines.ts';
import { countIn, type Run } from './runs.ts';
import { framesIn, type Series } from './series.ts';

/** What makes short streaks a thing of chance, and what makes them believed; see the limits of the check video-dropout. */
export type ChanceLimits = Record<'usualShare' | 'chancePixels' | 'chanceLines' | 'chanceSeconds', number>;
export type BeliefLimits = CopyLimits &
  Record<'leastPixels' | 'plainPixels' | 'leastCopies' | 'companySeconds' | 'aloneFrames', number> &
  Record<'sweepPixels' | 'besideFrames' | 'burstFrames', number>;

/** Own: a camera on its stand pans as evenly from frame to frame; one in the hand, and whoever is followed, do not. */
const mostUnevenPan = 1.1;

/** Own: a burst lies in one or two of so many. */
const partsAround = 5;

/**
 * One byte a frame: 1 where its streak says nothing, because short ones come all along: snow on a television in the scene, a fractal or
 * a drawing of fine lines makes them by chance. Dropouts come in bursts, and half of them are longer.
 */
export function chanceStreaks(series: Series, limits: ChanceLimits): Uint8Array {
  const [streaks, pixels] = [series.column('streakLines'), series.column('streakPixels')];
  const isShort = (frame: number) =>
    (streaks[frame] as number) > 0 &&
    (streaks[frame] as number) < limits.chanceLines &&
    (pixels[frame] as number) < limits.chancePixels;
  const part = Math.max(1, Math.round(framesIn(series, limits.chanceSeconds) / partsAround));
  const parts = new Float32Array(Math.ceil(series.frames / part));
  for (let frame = 0; frame < series.frames; frame++) {
    const at = Math.floor(frame / part);
    if (isShort(frame)) parts[at] = (parts[at] as number) + 1;
  }
  const chance = new Uint8Array(series.frames);
  for (let frame = 0; frame < series.frames; frame++) {
    if (!isShort(frame)) continue;
    const middle = Math.floor(frame / part) - (partsAround >> 1);
    const first = Math.max(0, Math.min(middle, parts.length - partsAround));
    const around = parts.subarray(first, first + partsAround);
    const short = around.reduce((sum, count) => sum + count, 0);
    const isSpread = around.filter((count) => count > 0).length > around.length / 2;
    if (isSpread && around.length > 1 && short >= limits.usualShare * around.length * part) chance[frame] = 1;
  }
  return chance;
}

/**
 * Takes the short streaks of single frames away where the picture moves and no plain one is beside: limbs that sweep past between two dropouts
 * would make one of them. A bad place shows on frame after frame. A camera that pans evenly sweeps nothing past: what was there is followed.
 */
export function leaveSweeps(series: Series, lines: Float32Array, limits: BeliefLimits): void {
  const step = series.column('motionStep');
  const isPlain = createPlainTest(series, limits);
  const damaged = lines.map((count) => (count > 0 ? 1 : 0));
  for (let frame = 0; frame < series.frames; frame++) {
    if (!damaged[frame] || isPlain(frame) || !((step[frame] as number) >= limits.sweepPixels)) continue;
    if (isEvenPan(step, frame)) continue;
    const beside = { startFrame: frame - limits.besideFrames, endFrame: frame + limits.besideFrames };
    const isBurst = countIn(beside, (near) => damaged[near] === 1) >= limits.burstFrames;
    if (!isBurst && countIn(beside, (near) => damaged[near] === 1 && isPlain(near)) === 0) lines[frame] = 0;
  }
}

function isEvenPan(step: Float32Array, frame: number): boolean {
  const around = step.subarray(Math.max(0, frame - 2), frame + 3);
  return around.length === 5 && Math.max(...around) <= mostUnevenPan * Math.min(...around);
}

/** Runs without those of a few frames whose streaks are all short, unless a plain dropout is near. Copied lines are plain. */
export function believed(
  series: Series,
  runs: readonly Run[],
  lines: Float32Array,
  limits: BeliefLimits,
): Run[] {
  const isPlain = createPlainTest(series, limits);
  const plain = runs.filter((run) => countIn(run, isPlain) > 0);
  const near = framesIn(series, limits.companySeconds);
  return runs.filter(
    (run) =>
      countIn(run, (frame) => (lines[frame] as number) > 0) >= limits.aloneFrames ||
      plain.some((one) => one.startFrame <= run.endFrame + near && one.endFrame >= run.startFrame - near),
  );
}

/**
 * Whether a frame has a streak that nothing else makes, lines that a compensator copied, or both of a place where it was at work on
 * some lines and too late on others: things that move make no copies.
 */
function createPlainTest(series: Series, limits: BeliefLimits): (frame: number) => boolean {
  const [pixels, copies] = [series.column('streakPixels'), series.column('repeatedLines')];
  const copied = copiedLinesOf(series, limits);
  return (frame) =>
    (pixels[frame] as number) >= limits.plainPixels ||
    (copies[frame] as number) >= limits.leastCopies ||
    ((copied[frame] as number) > 0 && (pixels[frame] as number) >= limits.leastPixels);
}
