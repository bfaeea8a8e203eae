import type { Check, Finding } from '../check.ts';
import { framesFoundBy } from '../found-frames.ts';
import { createGates } from '../gates.ts';
import { createLevelTest } from '../nominal-level.ts';
import { evidenceNumber, lengthOf, type Run } from '../runs.ts';
import { framesIn, onScaleOf, type Series } from '../series.ts';
import { tapeNoiseOf } from '../tape-noise.ts';

/**
 * A converter stopped at a code: many samples stand exactly there, none goes beyond, and the noise of the tape is cut off. What
 * was brighter or darker on the tape is not in the file.
 */
export const clampedLevels: Check<LimitName> = {
  id: 'clamped-levels',
  medium: 'video',
  titleKey: 'qc.check.clampedLevels.title',
  explanationKey: 'qc.check.clampedLevels.explanation',
  needs: ['floorPile', 'ceilingPile', 'yMin', 'yMax', 'yNoise'],
  sees: ['floorPile', 'ceilingPile'],
  evidence: ['frames', 'floorCode', 'floorPile', 'ceilingCode', 'ceilingPile', 'limitShare'],
  limits: {
    pileShare: {
      value: 0.0001,
      unit: 'share',
      source: 'Own: 40 samples of a PAL picture at one code; the outermost code of noise has one or two',
    },
    pileSum: { value: 0.005, unit: 'share', source: 'Own: of all frames together: 2000 samples' },
    minimumFrames: { value: 10, unit: 'frames', source: 'Own: one picture can be a drawing' },
    wholeShare: {
      value: 0.3,
      unit: 'share',
      source: 'Own: of the frames between two that go beyond; the rest has nothing so bright or dark',
    },
    leastNoiseCodes: {
      value: 1,
      unit: 'code, 10 bit',
      source: 'Own: without noise a drawn black stands at one code too',
    },
    mostNoiseCodes: {
      value: 50,
      unit: 'code, 10 bit',
      source:
        'Own: no tape is that noisy where its pictures are smoothest; a drawing without a smooth place reads so',
    },
    cutShare: {
      value: 0.1,
      unit: 'share',
      source:
        'Own: of the picture at one code; its smoothest places are then what was cut off, and show no noise',
    },
    wavering: {
      value: 0.4,
      unit: 'share',
      source: 'Own: of those frames; of noise the brightest sample turns back in two of three',
    },
    bridgeSeconds: { value: 10, unit: 's', source: 'Own: one setting is one event' },
    railCodes: {
      value: 4,
      unit: 'code, 10 bit',
      source:
        'SDI (ITU-R BT.656): 0-3 and 1020-1023 are kept for timing; every level that is too high ends there',
    },
    railShare: {
      value: 0.7,
      unit: 'share',
      source: 'Own: of the tape; a passage that reaches the rails is too bright or too dark, and called so',
    },
  },
  evaluate(series, limits, earlier): Finding[] {
    const noise = tapeNoiseOf(series);
    const isTape = noise >= onScaleOf(series, limits.leastNoiseCodes) || isNoiseCutOff(series, limits);
    if (!isTape || noise > onScaleOf(series, limits.mostNoiseCodes)) return [];
    // Snow ends at the range of whatever made it, noise of damage reaches any end, and so do streaks.
    const isLost = framesFoundBy(
      earlier,
      ['signal-loss', 'sync-loss', 'tracking-error', 'head-clog', 'video-dropout'],
      series.frames,
    );
    const ends = [
      { name: 'floor', direction: 1, ...stopOf(series, 'floorPile', 'yMin', 1, limits, isLost) },
      { name: 'ceiling', direction: -1, ...stopOf(series, 'ceilingPile', 'yMax', -1, limits, isLost) },
    ];
    const runs = joined(ends.flatMap(({ runs: found }) => found));
    return runs.map((run) => {
      const within = ends.map((end) => ({
        ...end,
        isHere: end.runs.some((one) => one.startFrame <= run.endFrame && one.endFrame >= run.startFrame),
      }));
      const [floor, ceiling] = within as [(typeof within)[0], (typeof within)[0]];
      const where = [
        floor.isHere && `black at code ${floor.code}`,
        ceiling.isHere && `white at code ${ceiling.code}`,
      ].filter((words) => words !== false);
      return {
        ...run,
        severity: 'warn',
        confidence: lengthOf(run) >= framesIn(series, 2) ? 0.9 : 0.7,
        evidence: {
          frames: lengthOf(run),
          floorCode: floor.isHere ? floor.code : 'not clamped',
          floorPile: evidenceNumber(floor.isHere ? meanIn(series.column('floorPile'), run) : 0),
          ceilingCode: ceiling.isHere ? ceiling.code : 'not clamped',
          ceilingPile: evidenceNumber(ceiling.isHere ? meanIn(series.column('ceilingPile'), run) : 0),
          limitShare: limits.pileShare,
        },
        message: `The converter cut off ${where.join(' and ')}: bring the levels of the deck within its range and play it again.`,
      };
    });
  },
};

type LimitName =
  | 'pileShare'
  | 'pileSum'
  | 'minimumFrames'
  | 'wholeShare'
  | 'leastNoiseCodes'
  | 'mostNoiseCodes'
  | 'cutShare'
  | 'wavering'
  | 'bridgeSeconds'
  | 'railCodes'
  | 'railShare';

/**
 * Whether the smoothest places, by which noise is told, are what was cut off: much of the picture stands at one code, and its other end
 * wavers up and down from frame to frame all the same. What was drawn has an end that stays, or goes one way.
 */
function isNoiseCutOff(series: Series, limits: Record<LimitName, number>): boolean {
  return (
    [
      ['floorPile', 'yMax'],
      ['ceilingPile', 'yMin'],
    ] as const
  ).some(([pileId, otherId]) => {
    const [pile, other] = [series.column(pileId), series.column(otherId)];
    let [cut, turns] = [0, 0];
    for (let frame = 2; frame < series.frames; frame++) {
      if (!((pile[frame] as number) >= limits.cutShare)) continue;
      const [two, one, now] = [other[frame - 2], other[frame - 1], other[frame]] as [number, number, number];
      cut++;
      if ((one - two) * (now - one) < 0) turns++;
    }
    return cut >= limits.minimumFrames && turns >= limits.wavering * cut;
  });
}

/** The code at which one end of the scale is cut, and the stretches where it is. */
function stopOf(
  series: Series,
  pileId: 'floorPile' | 'ceilingPile',
  extremeId: 'yMin' | 'yMax',
  direction: 1 | -1,
  limits: Record<LimitName, number>,
  isLost: Uint8Array,
): { code: number; runs: Run[] } {
  const { bars, flat } = createGates(series);
  const [pile, extreme] = [series.column(pileId), series.column(extremeId)];
  const rail = onScaleOf(series, limits.railCodes);
  const isAtRail = (code: number) => (direction > 0 ? code <= rail : code >= 2 ** series.bitDepth - 1 - rail);
  // Beside letters edges ring as far as the rails, where the flat black between them lies right.
  const isRight = createLevelTest(series, direction > 0 ? 'black' : 'white');
  // With noise as many samples never reach a code twice; letters that were keyed in behind the tape have none, and stand still.
  const isDrawn = (frame: number) => pile[frame] === pile[frame - 1] || pile[frame] === pile[frame + 1];
  const isPiled = (frame: number) =>
    (pile[frame] as number) >= limits.pileShare &&
    !isDrawn(frame) &&
    !(bars[frame] || flat[frame] || isLost[frame]) &&
    !(isAtRail(extreme[frame] as number) && isRight(frame));
  const counts = new Map<number, number>();
  for (let frame = 0; frame < series.frames; frame++) {
    const code = extreme[frame] as number;
    if (isPiled(frame)) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const [code, times] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0]);
  let sum = 0;
  for (let frame = 0; frame < series.frames; frame++)
    if (isPiled(frame) && extreme[frame] === code) sum += pile[frame] as number;
  if (times < limits.minimumFrames || sum < limits.pileSum) return { code, runs: [] };

  if (isAtRail(code) && times < limits.railShare * series.frames) return { code, runs: [] };
  const bridgeFrames = framesIn(series, limits.bridgeSeconds);
  const runs: Run[] = [];
  let segment = { startFrame: 0, hits: [] as number[] };
  const close = (endFrame: number) => {
    const { startFrame, hits } = segment;
    const [first, last] = [hits[0], hits.at(-1)];
    if (first === undefined || last === undefined || hits.length < limits.minimumFrames) return;
    const isWhole =
      hits.length >= limits.wholeShare * (endFrame - startFrame + 1) &&
      first - startFrame <= bridgeFrames &&
      endFrame - last <= bridgeFrames;
    runs.push(isWhole ? { startFrame, endFrame } : { startFrame: first, endFrame: last });
  };
  for (let frame = 0; frame < series.frames; frame++) {
    if (((extreme[frame] as number) - code) * direction < 0) {
      close(frame - 1);
      segment = { startFrame: frame + 1, hits: [] };
    } else if (isPiled(frame) && extreme[frame] === code) {
      const last = segment.hits.at(-1);
      if (last !== undefined && frame - last > bridgeFrames) {
        close(last);
        segment = { startFrame: frame, hits: [] };
      }
      segment.hits.push(frame);
    }
  }
  close(series.frames - 1);
  return { code, runs };
}

/** Stretches of both ends that overlap are one event. */
function joined(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs.toSorted((a, b) => a.startFrame - b.startFrame)) {
    const last = result.at(-1);
    if (last && run.startFrame <= last.endFrame) last.endFrame = Math.max(last.endFrame, run.endFrame);
    else result.push({ ...run });
  }
  return result;
}

function meanIn(column: Float32Array, run: Run): number {
  const values = column.subarray(run.startFrame, run.endFrame + 1).filter((value) => !Number.isNaN(value));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
