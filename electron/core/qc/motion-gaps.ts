import { type EvenLimits, evenDifferences, isMadeUp, sideFrames } from './even-motion.ts';
import { goesBack, isAnotherShot, keepsPace, lostFramesAt, panGoesOn, stepsOnce } from './followed-blocks.ts';
import { noiseDifference } from './held-frames.ts';
import { leadAgainst, leadIsLost } from './lead-of-fields.ts';
import { levelsDrift, levelsHold } from './level-jump.ts';
import { isTick, standsOut } from './lone-jump.ts';
import { onScaleOf, type Series } from './series.ts';

/** What a jump needs to be a gap; see the limits of the check dropped-frame. */
export type GapLimits = EvenLimits &
  Record<
    'rise' | 'mostRise' | 'riseOfLittle' | 'riseOfLittleInGap' | 'mostRiseOfLittle' | 'riseOfStep',
    number
  > &
  Record<'standsOut' | 'motion' | 'leastMotion' | 'mostChange' | 'mostChangeInGap', number> &
  Record<'levelCodes' | 'levelCodesInPan' | 'mostFrames', number> &
  Record<'mostLead' | 'mostLeadOfStep' | 'mostLeadInGap', number> &
  Record<'leastRatio' | 'leastKept' | 'leastFollowed', number>;

/** Where pictures are missing in motion. */
export interface MotionGap {
  /** The first one behind the gap. */
  frame: number;
  /** Undefined where blocks cannot be followed over it. */
  lostFrames: number | undefined;
}

/** What is known of a jump before its height is looked at. */
interface Jump {
  /** Both of its fields are far from those before: more is missing than blocks are followed over. */
  isPlain: boolean;
  /** All blocks take some steps at once, and go on evenly. */
  isFollowed: boolean;
}

/** Own: two steps at once, and what blocks are found short of them. */
const leastWholeRatio = 1.8;

/** Gaps in even motion: one picture differs from the one before as if some had gone between them, and everything goes on as before. */
export function findMotionGaps(series: Series, limits: GapLimits): MotionGap[] {
  const gaps: MotionGap[] = [];
  for (let frame = 1 + sideFrames; frame + sideFrames < series.frames; frame++) {
    const lostFrames = lostFramesAt(series, frame, limits.leastRatio);
    if (isGap(series, frame, lostFrames, limits)) gaps.push({ frame, lostFrames });
  }
  return gaps;
}

function isGap(series: Series, frame: number, lostFrames: number | undefined, limits: GapLimits): boolean {
  const isPlain = leadIsLost(series, frame, limits.mostLeadInGap);
  const isFollowed = lostFrames !== undefined && isStepOfAll(series, frame, limits);
  if (!risesEnough(series, frame, { isPlain, isFollowed }, limits)) return false;
  if (goesBack(series, frame) || isAnotherShot(series, frame) || isTick(series, frame)) return false;
  // A gap makes the order of fields less plain: those on both its sides are further apart.
  if (leadAgainst(series, frame) > limits.mostLead) return false;
  // What leapt farther than blocks are looked for is found anywhere, or stands still.
  if (!isPlain && (keepsPace(series, frame, limits.leastFollowed) || isMadeUp(series, frame, limits)))
    return false;
  const kept = series.column('motionKept')[frame] as number;
  const isKept = lostFrames !== undefined || kept >= limits.leastKept;
  if (!standsOut(series, frame, isFollowed || isPlain ? 1 : limits.standsOut, isKept)) return false;
  // A pan that leapt that far and goes on as fast is elsewhere in its scene: other things have come into the picture.
  const isElsewhere = isPlain && !(kept < limits.leastKept) && panGoesOn(series, frame);
  const codes = onScaleOf(series, isElsewhere ? limits.levelCodesInPan : limits.levelCodes);
  return levelsHold(series, frame, { codes, frames: limits.mostFrames }, kept >= limits.leastKept);
}

/**
 * Whether a pan takes a step too many and its fields say so as well. Blocks that go two whole steps say it alone: where little of the
 * picture moves, noise hides what the fields lead by.
 */
function isStepOfAll(series: Series, frame: number, limits: GapLimits): boolean {
  const ratio = series.column('motionRatio')[frame] as number;
  const mostLead = ratio >= leastWholeRatio ? limits.mostLead : limits.mostLeadOfStep;
  return panGoesOn(series, frame) && leadAgainst(series, frame) <= mostLead;
}

/** Whether the difference rises by as much as a gap makes it: of motion, of little motion among noise, or of texture whose step is known. */
function risesEnough(series: Series, frame: number, jump: Jump, limits: GapLimits): boolean {
  const usual = usualDifference(series, frame, jump, limits);
  const noise = noiseDifference * (series.column('yNoise')[frame] as number);
  const isLittle = usual < limits.motion * noise && !levelsDrift(series, frame);
  const [least, most] = jump.isFollowed
    ? [limits.riseOfStep, limits.mostRise]
    : isLittle
      ? [leastOfLittle(series, frame, limits), limits.mostRiseOfLittle]
      : [limits.rise, limits.mostRise];
  const rise = (series.column('yDif')[frame] as number) / usual;
  return rise >= least && rise <= most;
}

/** Difference from frame to frame on either side of one, the larger; NaN where a side is uneven or shows no motion. */
function usualDifference(series: Series, frame: number, { isPlain }: Jump, limits: GapLimits): number {
  const sides = evenDifferences(series, frame, limits.steadiness);
  const [lesser, larger] = [Math.min(...sides), Math.max(...sides)];
  const noise = noiseDifference * (series.column('yNoise')[frame] as number);
  const least = limits.leastMotion * noise;
  // What moved before goes on moving, or comes to rest meanwhile.
  const isAlike = larger <= (isPlain ? limits.mostChangeInGap : limits.mostChange) * lesser;
  const rests = larger >= least && stepsOnce(series, frame);
  return isAlike && (lesser >= least || rests || levelsDrift(series, frame)) ? larger : Number.NaN;
}

/** Where the fields say as well that something is missing, little motion has to rise less. */
function leastOfLittle(series: Series, frame: number, limits: GapLimits): number {
  const isMissing = leadAgainst(series, frame) <= limits.mostLeadOfStep;
  return isMissing ? limits.riseOfLittleInGap : limits.riseOfLittle;
}
