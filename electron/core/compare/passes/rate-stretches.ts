import { type Alignment, frameOfA } from '#shared/domain/alignment.ts';
import type { Against, ComparedFinding, ComparedStretch, PassSide } from '#shared/domain/pass-comparison.ts';
import type { Severity } from '#shared/domain/qc.ts';

/** Own: a failure is as bad as four warnings; notes are no damage. */
const weights: Record<Severity, number> = { info: 0, warn: 1, fail: 4 };
/** Frames that one pass lost can be mended by the other alone. */
const weightOfLoss = 4;
/** One side is better where the other's damage weighs so much more. */
const clearly = 1.5;

/** Damage of one pass that the other does not have, at a place of the tape counted in frames of A. */
interface Damage {
  side: PassSide;
  check: string;
  frame: number;
  frames: number;
  weight: number;
}

/** How much speaks against each pass: what only it has, by how grave it is. */
export interface Weights {
  a: number;
  b: number;
}

/** Stretches in which one pass is better, by what only the other has there; stretches that say the same are one. */
export function rateStretches(
  alignment: Alignment,
  findings: readonly ComparedFinding[],
  framesA: number,
  framesOfWindow: number,
): { stretches: ComparedStretch[]; weights: Weights; damages: Record<PassSide, number> } {
  const damages = [...damagesOf(alignment, findings), ...lossesOf(alignment)];
  const windows = Map.groupBy(damages, ({ frame }) => Math.floor(frame / framesOfWindow));
  const stretches: ComparedStretch[] = [];
  for (let window = 0; window * framesOfWindow < framesA; window++) {
    const here = windows.get(window) ?? [];
    const one: ComparedStretch = {
      startFrame: window * framesOfWindow,
      endFrame: Math.min(framesA, (window + 1) * framesOfWindow) - 1,
      better: betterOf(weigh(here)),
      against: againstOf(here),
    };
    const last = stretches.at(-1);
    if (last?.better === one.better) {
      last.endFrame = one.endFrame;
      last.against = merged(last.against, one.against);
    } else stretches.push(one);
  }
  const countOf = (side: PassSide) => damages.filter((damage) => damage.side === side).length;
  return { stretches, weights: weigh(damages), damages: { a: countOf('a'), b: countOf('b') } };
}

function damagesOf(alignment: Alignment, findings: readonly ComparedFinding[]): Damage[] {
  return findings.flatMap(({ check, severity, origin, a, b }): Damage[] => {
    const range = a ?? b;
    if (origin !== 'playback' || weights[severity] === 0 || !range) return [];
    const frame = a
      ? a.startFrame
      : (frameOfA(alignment, range.startFrame) ?? frameOfA(alignment, range.endFrame));
    if (frame === undefined) return [];
    const frames = range.endFrame - range.startFrame + 1;
    // Long damage counts for more than a moment, and less than its length: half a tape is no thousand dropouts.
    const weight = weights[severity] * (1 + Math.log2(frames));
    return [{ side: a ? 'a' : 'b', check, frame, frames, weight }];
  });
}

/** Frames between stretches, by as many as one pass has more there: so many the other lost. As many as both have are unlike, not lost. */
function lossesOf({ stretches }: Alignment): Damage[] {
  return stretches.slice(1).flatMap((after, at): Damage[] => {
    const before = stretches[at];
    if (!before) return [];
    const frame = before.startFrameA + before.frames;
    const moreInA = before.offsetFrames - after.offsetFrames;
    const lost = (side: PassSide, frames: number): Damage[] =>
      frames <= 0
        ? []
        : [{ side, check: 'frames-missing', frame, frames, weight: weightOfLoss * (1 + Math.log2(frames)) }];
    return [...lost('a', -moreInA), ...lost('b', moreInA)];
  });
}

function weigh(damages: readonly Damage[]): Weights {
  const sum = { a: 0, b: 0 };
  for (const { side, weight } of damages) sum[side] += weight;
  return sum;
}

/** The side that less speaks against, where the difference is clear. */
export function betterOf({ a, b }: Weights): ComparedStretch['better'] {
  if (a > clearly * b) return 'b';
  return b > clearly * a ? 'a' : 'neither';
}

function againstOf(damages: readonly Damage[]): Against[] {
  return merged(
    [],
    damages.map(({ side, check, frames }) => ({ side, check, count: 1, frames })),
  );
}

function merged(one: readonly Against[], other: readonly Against[]): Against[] {
  const sums = new Map<string, Against>();
  for (const against of [...one, ...other]) {
    const key = `${against.side} ${against.check}`;
    const sum = sums.get(key);
    if (sum) {
      sum.count += against.count;
      sum.frames += against.frames;
    } else sums.set(key, { ...against });
  }
  return [...sums.values()].sort((left, right) => right.frames - left.frames);
}
