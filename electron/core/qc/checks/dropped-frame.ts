import type { Check, Finding } from '../check.ts';
import { createGates } from '../gates.ts';
import { noiseDifference } from '../held-frames.ts';
import { levelDrift, levelJumps } from '../level-jump.ts';
import { evidenceNumber } from '../runs.ts';
import { framesIn, onScaleOf, type Series } from '../series.ts';

/**
 * Frames are missing: within steady motion one picture differs from the one before by far more than its neighbours do, and behind
 * it everything goes on as before: as much motion, the same levels and colours. A cut changes those; damage of one frame
 * differs on both its sides; motion that grows does not fall back. Where blocks of the picture can be followed, the step says how
 * many frames are missing; where the file's own times have a gap, they do. A jump that follows a held picture belongs to it: what is held is not steady motion.
 */
export const droppedFrame: Check<LimitName> = {
  id: 'dropped-frame',
  medium: 'video',
  titleKey: 'qc.check.droppedFrame.title',
  explanationKey: 'qc.check.droppedFrame.explanation',
  needs: ['yDif', 'yNoise', 'yAvg', 'yLow', 'yHigh', 'uAvg', 'vAvg'],
  sees: ['yDif'],
  evidence: ['lostFrames', 'motionStep', 'usualStep', 'yDif', 'usualYDif'],
  limits: {
    rise: { value: 1.3, unit: 'factor', source: 'Own: one missing frame doubles the motion, not the noise' },
    mostRise: { value: 4, unit: 'factor', source: 'Own: more is another picture' },
    standsOut: {
      value: 1.15,
      unit: 'factor',
      source: 'Own: over all of the two thirds of a second around it',
    },
    steadiness: { value: 0.2, unit: 'share', source: 'Own: a hand-held camera is less steady' },
    mostChange: {
      value: 1.6,
      unit: 'factor',
      source: 'Own: of motion over the gap; it may have grown meanwhile',
    },
    motion: {
      value: 1.5,
      unit: 'factor',
      source: 'Own: of the difference that noise makes; less motion is hard to tell',
    },
    leastMotion: { value: 1.15, unit: 'factor', source: 'Own: the same; less cannot be told at all' },
    riseOfLittle: {
      value: 1.4,
      unit: 'factor',
      source: 'Own: of a difference that is mostly noise, which itself stays within a twentieth',
    },
    riseOfStep: {
      value: 1.05,
      unit: 'factor',
      source:
        'Own: where all blocks take a step too many, between even ones; fine texture differs no more for it',
    },
    mostLeadOfStep: {
      value: 0.6,
      unit: 'factor',
      source: 'Own: for the same: of the lead of fields beside it',
    },
    riseOfLittleInGap: {
      value: 1.25,
      unit: 'factor',
      source: 'Own: of the same, where the lead of fields falls with it',
    },
    mostRiseOfLittle: {
      value: 2.5,
      unit: 'factor',
      source: 'Own: of the same; more is another moment of the scene',
    },
    levelCodes: { value: 5, unit: 'code, 10 bit', source: 'Own: all levels together; a cut changes more' },
    levelCodesInPan: {
      value: 60,
      unit: 'code, 10 bit',
      source: 'Own: the same, where a pan goes on as fast as before: other things have come into the picture',
    },
    mostFrames: {
      value: 6,
      unit: 'frames',
      source: 'Own: levels may have drifted for so long; a larger gap looks like a cut',
    },
    mostLead: {
      value: 0.8,
      unit: 'factor',
      source: 'Own: of the lead of the first field, which a gap of two fields more halves',
    },
    mostLeadInGap: {
      value: 0.2,
      unit: 'factor',
      source: 'Own: of the same; three frames missing leave no more, whatever moves and however far',
    },
    mostChangeInGap: {
      value: 2,
      unit: 'factor',
      source: 'Own: of motion over a gap that the lead shows; more is missing, and things go on elsewhere',
    },
    leastRatio: { value: 1.5, unit: 'factor', source: 'Own: one missing frame doubles the step' },
    mostBack: {
      value: 0.4,
      unit: 'share',
      source:
        'Own: of what a step is too long, that the steps beside it are too short; a gap is made up by none',
    },
    leastKept: {
      value: 0.5,
      unit: 'share',
      source: 'Own: of the blocks; of another shot a fifth fits by chance, of this one four of five',
    },
    leastFollowed: {
      value: 1.25,
      unit: 'factor',
      source: 'Own: blocks that go on by no more than their own step have missed no frame',
    },
  },
  evaluate(series, limits): Finding[] {
    const [difference, noise] = [series.column('yDif'), series.column('yNoise')];
    const ratio = series.column('motionRatio');
    const gaps = new Map(
      series.timeGaps
        ?.filter(({ frame }) => frame < series.frames)
        .map(({ frame, lostFrames }) => [frame, lostFrames]),
    );
    const findings = [...gaps].map(([frame, lost]) => findingAt(series, frame, lost, 0.95));
    for (let frame = 1 + neighbours; frame + neighbours < series.frames; frame++) {
      const isPlain = leadIsLost(series, frame, limits.mostLeadInGap);
      const mostChange = isPlain ? limits.mostChangeInGap : limits.mostChange;
      const usual = usualDifference(series, frame, { ...limits, mostChange });
      const rise = (difference[frame] as number) / usual;
      const isLittle =
        usual < limits.motion * noiseDifference * (noise[frame] as number) && !drifts(series, frame);
      const lost = lostFrames(series, frame, limits.leastRatio);
      const isFollowed =
        lost !== undefined &&
        panGoesOn(series, frame) &&
        leadAgainst(series, frame) <= mostLeadOf(ratio[frame] as number, limits);
      const [least, most] = isFollowed
        ? [limits.riseOfStep, limits.mostRise]
        : isLittle
          ? [leastOfLittle(series, frame, limits), limits.mostRiseOfLittle]
          : [limits.rise, limits.mostRise];
      if (!(rise >= least && rise <= most)) continue;
      if ((ratio[frame] as number) <= mostRatioBack) continue;
      // What leapt farther than blocks are looked for is found anywhere, or stands still.
      if ((!isPlain && keepsPace(series, frame, limits.leastFollowed)) || isTick(series, frame)) continue;
      if (!isPlain && comesBack(series, frame, limits)) continue;
      if (!leadFalls(series, frame, limits.mostLead)) continue;
      const kept = series.column('motionKept')[frame] as number;
      if (isAnotherShot(series, frame)) continue;
      const isKept = lost !== undefined || kept >= limits.leastKept;
      if (!standsOut(series, frame, isFollowed || isPlain ? 1 : limits.standsOut, isKept)) continue;
      const goesOn = isPlain && !(kept < limits.leastKept) && panGoesOn(series, frame);
      const codes = goesOn ? limits.levelCodesInPan : limits.levelCodes;
      if (!levelsHold(series, frame, onScaleOf(series, codes), limits)) continue;
      if (gaps.has(frame)) continue;
      findings.push(findingAt(series, frame, lost, lost === undefined ? 0.6 : 0.85));
    }
    return findings;
  },
};

type LimitName =
  | 'rise'
  | 'mostRise'
  | 'standsOut'
  | 'steadiness'
  | 'mostChange'
  | 'motion'
  | 'leastMotion'
  | 'riseOfLittle'
  | 'riseOfStep'
  | 'mostLeadOfStep'
  | 'riseOfLittleInGap'
  | 'mostRiseOfLittle'
  | 'levelCodes'
  | 'levelCodesInPan'
  | 'mostFrames'
  | 'mostLead'
  | 'mostLeadInGap'
  | 'mostChangeInGap'
  | 'leastRatio'
  | 'mostBack'
  | 'leastKept'
  | 'leastFollowed';

function findingAt(series: Series, frame: number, lost: number | undefined, confidence: number): Finding {
  const step = series.column('motionStep');
  const difference = series.column('yDif');
  const missing = lost === undefined ? 'Frames seem' : lost === 1 ? 'A frame seems' : `${lost} frames seem`;
  return {
    startFrame: frame,
    endFrame: frame,
    severity: 'warn',
    confidence,
    evidence: {
      lostFrames: lost ?? 'not known',
      motionStep: evidenceNumber(step[frame] ?? Number.NaN),
      usualStep: evidenceNumber(step[frame - 1] ?? Number.NaN),
      yDif: evidenceNumber(difference[frame] ?? Number.NaN),
      usualYDif: evidenceNumber(difference[frame - 1] ?? Number.NaN),
    },
    message: `${missing} to be missing before this one: look at the motion, and play this part again.`,
  };
}

/** Frames on each side that have to be steady. */
const neighbours = 3;
/** Own: more steps at once than this are another place, not a gap. */
const mostGap = 6;
/** Own: of the lead of fields on both sides, where motion of fields shows plainly. */
const leastPlainLead = 0.25;
/** Own: of the blocks beside a frame, which can be followed then, and over a cut: of another shot a fifth fits by chance. */
const [leastKeptBeside, mostKeptOver] = [0.6, 0.35];
/** Own: steps against the way things go. A loop goes back to where it began; what is missing lies ahead. */
const mostRatioBack = -1;
/** Own: two steps at once, and what blocks are found short of them. */
const leastWholeRatio = 1.8;
/** Frames on each side that must not jump as far. */
const farNeighbours = 8;

/** Difference from frame to frame on either side of one, the larger; NaN where a side is uneven or shows no motion. */
function usualDifference(series: Series, frame: number, limits: Record<LimitName, number>): number {
  const before = evenDifference(series, [frame - 3, frame - 2, frame - 1], limits.steadiness);
  const after = evenDifference(series, [frame + 1, frame + 2, frame + 3], limits.steadiness);
  const noise = noiseDifference * (series.column('yNoise')[frame] as number);
  // What moved before goes on moving, or comes to rest meanwhile.
  const isAlike = Math.max(before, after) <= limits.mostChange * Math.min(before, after);
  const least = limits.leastMotion * noise;
  const rests = Math.max(before, after) >= least && stepsOnce(series, frame);
  const moves = Math.min(before, after) >= least || rests || drifts(series, frame);
  return isAlike && moves ? Math.max(before, after) : Number.NaN;
}

/**
 * Whether the picture's levels go one way before and behind a frame, step by step, and at this frame by about as many steps as a gap takes
 * away: a pan over soft things, whose difference from frame to frame is hardly more than noise. Levels of a still waver to both sides.
 */
function drifts(series: Series, frame: number): boolean {
  const around = [-3, -2, -1, 1, 2, 3].map((offset) => frame + offset);
  const drifting = ['yAvg', 'uAvg', 'vAvg'].filter((id) => {
    const column = series.column(id);
    const stepAt = (at: number) => (column[at] as number) - (column[at - 1] as number);
    const steps = around.map(stepAt);
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
    const isEven = steps.every((step) => Math.abs(step - mean) <= Math.abs(mean) / 2);
    const gap = stepAt(frame) / mean;
    return isEven && gap >= 1.3 && gap <= mostGap;
  });
  return drifting.length >= 2;
}

/**
 * Whether blocks all over the picture leave their places at this frame alone, beside motion too small to follow them, which the fields of
 * one side show all the same. Where most stay, something jumped in a still.
 */
function stepsOnce(series: Series, frame: number): boolean {
  const [step, lead] = [series.column('motionStep'), series.column('fieldLead')];
  const isPlain = (offsets: readonly number[]) =>
    offsets.every((offset) => Math.abs(lead[frame + offset] as number) >= leastPlainLead);
  const beside = [-2, -1, 1, 2].every((offset) => step[frame + offset] === 0);
  if (!beside || !((step[frame] as number) > 0)) return false;
  const isEverywhere = (series.column('motionKept')[frame] as number) < leastKeptBeside;
  return isEverywhere && (isPlain([-3, -2, -1]) || isPlain([1, 2, 3]));
}

/** Whether blocks have gone on by no more than their own step, and none beside them farther: in a pattern they are found one period short. */
function keepsPace(series: Series, frame: number, least: number): boolean {
  const [step, ratio] = [series.column('motionStep'), series.column('motionRatio')];
  const isLong =
    (step[frame] as number) >= 1.5 * (step[frame - 1] as number) && (step[frame - 1] as number) > 0;
  return (ratio[frame] as number) < least && !isLong;
}

/** Whether most blocks are found from frame to frame beside this one, and few of them over it: a cut to a shot that moves and looks alike. */
function isAnotherShot(series: Series, frame: number): boolean {
  const kept = series.column('motionKept');
  const beside = Math.min(kept[frame - 1] as number, kept[frame + 1] as number);
  return beside >= leastKeptBeside && (kept[frame] as number) < mostKeptOver;
}

/** Blocks that go two whole steps say it alone: where little of the picture moves, noise hides what the fields lead by. */
function mostLeadOf(ratio: number, limits: Record<LimitName, number>): number {
  return ratio >= leastWholeRatio ? limits.mostLead : limits.mostLeadOfStep;
}

/** Where the fields say as well that something is missing, little motion has to rise less. */
function leastOfLittle(series: Series, frame: number, limits: Record<LimitName, number>): number {
  const isGap = leadAgainst(series, frame) <= limits.mostLeadOfStep;
  return isGap ? limits.riseOfLittleInGap : limits.riseOfLittle;
}

/**
 * Whether a step beside is as much too short, of what is usual on its own side: a zoom or a pan in whole pixels stumbles so, and nothing
 * is missing.
 */
function comesBack(series: Series, frame: number, limits: Record<LimitName, number>): boolean {
  const difference = series.column('yDif');
  const sides = [-1, 1].map((turn) => {
    const usual = evenDifference(
      series,
      [turn, 2 * turn, 3 * turn].map((offset) => frame + offset),
      limits.steadiness,
    );
    return { usual, back: usual - (difference[frame + turn] as number) };
  });
  const rise = (difference[frame] as number) - Math.max(...sides.map(({ usual }) => usual));
  return sides.some(({ back }) => back > limits.mostBack * rise);
}

/**
 * Whether pictures a second before and behind jump as well: the figures of a clock or a counter change on the second, as those of
 * test pictures do. Frames are not lost by the clock.
 */
function isTick(series: Series, frame: number): boolean {
  const difference = series.column('yDif');
  const second = framesIn(series, 1);
  const jumpAt = (at: number) => {
    const beside = Math.max(difference[at - 1] as number, difference[at + 1] as number);
    return (difference[at] as number) / beside;
  };
  const least = 1 + (jumpAt(frame) - 1) / 4;
  let seconds = 0;
  let jumps = 0;
  for (const turn of [-3, -2, -1, 1, 2, 3]) {
    const at = frame + turn * second;
    if (at < 2 || at + 2 >= series.frames) continue;
    seconds++;
    if ([at - 1, at, at + 1].some((near) => jumpAt(near) >= least)) jumps++;
  }
  return jumps >= 2 && jumps > seconds / 2;
}

/** Median of three frames that differ little; NaN otherwise. */
function evenDifference(series: Series, frames: readonly number[], steadiness: number): number {
  const difference = series.column('yDif');
  const sorted = frames.map((frame) => difference[frame] as number).sort((a, b) => a - b);
  const [least, median, most] = sorted as [number, number, number];
  return most - least <= 2 * steadiness * median ? median : Number.NaN;
}

/**
 * Motion that is uneven all along jumps again and again: this difference has to stand out of a wider neighbourhood. Where
 * shots are that short, a jump is one cut more, unless there is but one and the blocks of this one are found again.
 */
function standsOut(series: Series, frame: number, factor: number, isKept: boolean): boolean {
  const difference = series.column('yDif');
  const { cut } = createGates(series);
  let cuts = 0;
  for (const turn of [-1, 1]) {
    for (let away = 1; away <= farNeighbours; away++) {
      const near = frame + turn * away;
      if (near < 1 || near >= series.frames) break;
      if (cut[near] || (isKept && isEdit(series, near, turn))) {
        cuts++;
        break;
      }
      if ((difference[frame] as number) < factor * (difference[near] as number)) return false;
    }
  }
  return cuts === 0 || (isKept && cuts === 1);
}

/** Whether blocks that can be followed behind this frame (`turn` ahead or back) are not found here: an edit, though it be on the second field. */
function isEdit(series: Series, frame: number, turn: number): boolean {
  const kept = series.column('motionKept');
  const behind = kept[frame + turn] as number;
  return behind >= leastKeptBeside && (kept[frame] as number) < mostKeptOver;
}

/** Where fields tell their order, a gap makes that less plain: the fields on both its sides are further apart. */
function leadFalls(series: Series, frame: number, most: number): boolean {
  return !(leadAgainst(series, frame) > most);
}

/** The lead of the fields against that of the frames beside; NaN where those tell none. */
function leadAgainst(series: Series, frame: number): number {
  const lead = series.column('fieldLead');
  const beside = (Math.abs(lead[frame - 1] as number) + Math.abs(lead[frame + 1] as number)) / 2;
  return beside >= 0.15 ? Math.abs(lead[frame] as number) / beside : Number.NaN;
}

/**
 * Whether the fields, which tell their order plainly and alike on both sides, tell nothing at all at this frame: both of its fields are far from
 * those before. Pictures that stumble (a zoom in whole pixels) keep their lead.
 */
function leadIsLost(series: Series, frame: number, most: number): boolean {
  const lead = series.column('fieldLead');
  const beside = [-2, -1, 1, 2].map((offset) => lead[frame + offset] as number);
  const [least, largest] = [Math.min(...beside), Math.max(...beside)];
  const weakest = least > 0 ? least : -largest;
  const strongest = least > 0 ? largest : -least;
  return (
    weakest >= leastPlainLead &&
    strongest <= 1.5 * weakest &&
    Math.abs(lead[frame] as number) <= most * weakest
  );
}

/** Whether blocks go their way evenly before and behind a frame, as far on both sides: another shot moves otherwise. */
function panGoesOn(series: Series, frame: number): boolean {
  const [step, ratio] = [series.column('motionStep'), series.column('motionRatio')];
  const steps = [-3, -2, -1, 1, 2, 3].map((offset) => step[frame + offset] as number);
  const isSteady = [-2, -1, 2, 3].every((offset) => Math.abs((ratio[frame + offset] as number) - 1) <= 0.12);
  return isSteady && Math.min(...steps) >= 2 && Math.max(...steps) <= 1.15 * Math.min(...steps);
}

/**
 * Over the jump, levels and colours together change by no more than they drift in so many frames of this shot. Where its blocks are found
 * again one level may leap: a small thing that comes in is the brightest or the most coloured.
 */
function levelsHold(
  series: Series,
  frame: number,
  codes: number,
  limits: Record<LimitName, number>,
): boolean {
  const around = [-3, -2, -1, 1, 2, 3].map((offset) => frame + offset);
  const isFound = (series.column('motionKept')[frame] as number) >= limits.leastKept;
  const jumps = levelJumps(series, frame).sort((a, b) => a - b);
  const jump = (isFound ? jumps.slice(0, -1) : jumps).reduce((sum, one) => sum + one, 0);
  return jump <= codes + limits.mostFrames * levelDrift(series, around);
}

/** From the steps of blocks: out of step once, and back. Undefined where they cannot be followed. */
function lostFrames(series: Series, frame: number, leastRatio: number): number | undefined {
  const ratio = series.column('motionRatio');
  const [now, next] = [ratio[frame] as number, ratio[frame + 1] as number];
  if (!(now >= leastRatio) || !(next <= 1 / leastRatio)) return;
  return Math.max(1, Math.round(now) - 1);
}
