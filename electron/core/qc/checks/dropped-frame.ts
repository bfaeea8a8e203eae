import type { Check, Finding } from '../check.ts';
import { findHeldFrames } from '../held-frames.ts';
import { evidenceNumber } from '../runs.ts';
import { onScaleOf, type Series } from '../series.ts';

/**
 * A frame is missing: within steady motion the picture moves on by two steps or more at once, and then goes on as before. Seen
 * where blocks of the picture can be followed. A jump too wide for that counts where nothing else changes: the levels and the speed
 * are those of before. A jump that follows a held picture belongs to it.
 */
export const droppedFrame: Check<
  'leastRatio' | 'mostRatio' | 'steadiness' | 'leastPixels' | 'differenceRatio' | 'levelCodes'
> = {
  id: 'dropped-frame',
  medium: 'video',
  titleKey: 'qc.check.droppedFrame.title',
  explanationKey: 'qc.check.droppedFrame.explanation',
  needs: ['motionStep', 'motionRatio', 'yDif'],
  evidence: ['lostFrames', 'motionStep', 'usualStep', 'yDif'],
  limits: {
    leastRatio: { value: 1.6, unit: 'factor', source: 'Own: one missing frame doubles the step' },
    mostRatio: { value: 8, unit: 'factor', source: 'Own: more cannot be followed' },
    steadiness: { value: 0.25, unit: 'share', source: 'Own: a hand-held camera is less steady' },
    leastPixels: { value: 1.5, unit: 'pixel', source: 'Own: slower motion is lost in noise' },
    differenceRatio: { value: 1.25, unit: 'factor', source: 'Own: more motion differs more' },
    levelCodes: { value: 6, unit: 'code, 10 bit', source: 'Own: a cut changes levels by more' },
  },
  evaluate(series, limits): Finding[] {
    const step = series.column('motionStep');
    const ratio = series.column('motionRatio');
    const difference = series.column('yDif');
    const { freezes, repeats } = findHeldFrames(series);
    const held = new Set([...freezes, ...repeats].map(({ endFrame }) => endFrame + 1));
    const isNear = (a: number, b: number) => Math.abs(a - b) <= limits.steadiness * Math.min(a, b);
    const at = (values: Float32Array, frame: number) => values[frame] as number;

    const followed = (frame: number) => {
      const now = at(ratio, frame);
      return (
        now >= limits.leastRatio &&
        now <= limits.mostRatio &&
        isNear(now * at(ratio, frame + 1), 1) &&
        !(Math.abs(at(ratio, frame - 1) - 1) > limits.steadiness) &&
        !(Math.abs(at(ratio, frame + 2) - 1) > limits.steadiness)
      );
    };
    const leapt = (frame: number) => {
      const speeds = [frame - 2, frame - 1, frame + 1, frame + 2].map((one) => at(step, one));
      const [first = Number.NaN] = speeds;
      return (
        speeds.every((speed) => speed >= limits.leastPixels && isNear(speed, first)) &&
        !(at(step, frame) <= limits.mostRatio * first) &&
        levelsHold(series, frame, onScaleOf(series, limits.levelCodes))
      );
    };

    const findings: Finding[] = [];
    for (let frame = 2; frame + 2 < series.frames; frame++) {
      const around = Math.max(at(difference, frame - 1), at(difference, frame + 1));
      if (!(at(difference, frame) >= limits.differenceRatio * around) || held.has(frame)) continue;
      const isFollowed = followed(frame);
      if (!isFollowed && !leapt(frame)) continue;
      const lost = isFollowed ? Math.max(1, Math.round(at(ratio, frame)) - 1) : undefined;
      findings.push({
        startFrame: frame,
        endFrame: frame,
        severity: 'warn',
        confidence: isFollowed ? 0.8 : 0.5,
        evidence: {
          lostFrames: lost ?? 'several',
          motionStep: evidenceNumber(at(step, frame)),
          usualStep: evidenceNumber(at(step, frame - 1)),
          yDif: evidenceNumber(at(difference, frame)),
        },
        message: `${lost === undefined ? 'Some frames seem' : lost === 1 ? 'A frame seems' : `${lost} frames seem`} to be missing before this one: look at the motion, and play this part again.`,
      });
    }
    return findings;
  },
};

/** Over the jump, mean levels and colours change by no more than they drift in the shot. */
function levelsHold(series: Series, frame: number, codes: number): boolean {
  return ['yAvg', 'yLow', 'yHigh', 'uAvg', 'vAvg'].every((id) => {
    const column = series.column(id);
    const drift = (one: number) => Math.abs((column[one] as number) - (column[one - 1] as number));
    return drift(frame) <= codes + 4 * (drift(frame - 1) + drift(frame + 1));
  });
}
