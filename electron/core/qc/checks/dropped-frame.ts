import { counted } from '#shared/i18n/counted.ts';
import type { Check, Finding } from '../check.ts';
import { findMotionGaps, type GapLimits } from '../motion-gaps.ts';
import { evidenceNumber } from '../runs.ts';
import { framesIn, type Series } from '../series.ts';

/**
 * Frames are missing: within steady motion one picture differs from the one before by far more than its neighbours do, and behind
 * it everything goes on as before: as much motion, the same levels and colours. A cut changes those; damage of one frame
 * differs on both its sides; motion that grows does not fall back. Where blocks of the picture can be followed, the step says how
 * many frames are missing; where the file's own times have a gap, they do. A jump that follows a held picture belongs to it: what is held is not steady motion.
 */
export const droppedFrame: Check<keyof GapLimits | 'failSeconds'> = {
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
    failSeconds: {
      value: 1,
      unit: 's',
      source: 'Own: missing by the times of the file: a second of picture is content that is missing',
    },
  },
  evaluate(series, limits): Finding[] {
    const byTime = new Map(
      series.timeGaps
        ?.filter(({ frame }) => frame < series.frames)
        .map(({ frame, lostFrames }) => [frame, lostFrames]),
    );
    const byMotion = findMotionGaps(series, limits).filter(({ frame }) => !byTime.has(frame));
    return [
      ...[...byTime].map(([frame, lost]): Finding => {
        const found = findingAt(series, frame, lost, 0.95);
        return {
          ...found,
          severity: lost >= framesIn(series, limits.failSeconds) ? 'fail' : 'warn',
          message: `By the times of the file ${counted(lost, 'frame')} ${lost === 1 ? 'is' : 'are'} missing before this one: play this part again.`,
        };
      }),
      ...byMotion.map(({ frame, lostFrames: lost }) =>
        findingAt(series, frame, lost, lost === undefined ? 0.6 : 0.85),
      ),
    ];
  },
};

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
