import { channelPairsOf } from '../channel-pairs.ts';
import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { pairFigures } from '../pair-figures.ts';
import { programmeDbfsOf } from '../programme-level.ts';
import { quantileOf } from '../quantile.ts';
import { evidenceNumber, lengthOf, type Run } from '../runs.ts';
import { framesIn } from '../series.ts';
import { findStretches } from '../stretches.ts';

/**
 * One channel of a pair is upside down: played together they cancel. Wide stereo and rooms wander about a likeness of
 * nothing; only a turned wire keeps it well below. Hiss and silence tell nothing of it.
 */
export const phaseInversion: Check<
  | 'correlation'
  | 'clearCorrelation'
  | 'contraryCorrelation'
  | 'windowSeconds'
  | 'minimumSeconds'
  | 'muteSeconds'
> = {
  id: 'phase-inversion',
  medium: 'audio',
  titleKey: 'qc.check.phaseInversion.title',
  explanationKey: 'qc.check.phaseInversion.explanation',
  needs: ['correlation', 'rmsDbfs'],
  sees: ['correlation'],
  compares: 'channels',
  evidence: ['frames', 'correlation', 'limitCorrelation'],
  limits: {
    correlation: {
      value: -0.4,
      unit: 'factor',
      source: 'Own: below the -0.18 at which aphasemeter users are warned, since wide stereo reaches that',
    },
    clearCorrelation: {
      value: -0.73,
      unit: 'factor',
      source: 'Own: reached now and then where a voice stands in the middle; a stereo widener stays above',
    },
    contraryCorrelation: { value: -0.1, unit: 'factor', source: 'Own: from here a window speaks against it' },
    windowSeconds: { value: 1, unit: 's', source: 'Own: longer than a syllable, shorter than a shot' },
    minimumSeconds: {
      value: 1,
      unit: 's',
      source: 'Own: half of what ffmpeg aphasemeter phasing asks (2 s)',
    },
    muteSeconds: { value: 10, unit: 's', source: 'Own: a pause does not end an inversion' },
  },
  evaluate(series, limits): Finding[] {
    const reach = Math.floor(framesIn(series, limits.windowSeconds) / 2);
    return channelPairsOf(series).flatMap((pair) => {
      const { correlation, hasProgramme } = pairFigures(series, pair, reach);
      const single = series.column(audioColumn('correlation', pair[0]));
      const [first, second] = pair.map((channel) => {
        const least = programmeDbfsOf(series, channel);
        const rms = series.column(audioColumn('rmsDbfs', channel));
        return (frame: number) => (rms[frame] as number) >= least;
      }) as [(frame: number) => boolean, (frame: number) => boolean];
      const heard = single.map((likeness, frame) => (first(frame) && second(frame) ? likeness : Number.NaN));
      const stretches = findStretches(
        series.frames,
        (frame) => {
          const likeness = correlation[frame] as number;
          if (hasProgramme[frame] === 0 || Number.isNaN(likeness)) return 'mute';
          if (likeness <= limits.correlation) return 'for';
          return likeness > limits.contraryCorrelation ? 'against' : 'mute';
        },
        {
          leastFor: framesIn(series, limits.minimumSeconds),
          muteFrames: framesIn(series, limits.muteSeconds),
          againstFrames: reach,
        },
      );
      return stretches.flatMap((stretch): Finding[] => {
        const likenesses = correlation
          .subarray(stretch.startFrame, stretch.endFrame + 1)
          .filter((_, at) => hasProgramme[stretch.startFrame + at] === 1);
        if (!(quantileOf(likenesses, 0.1) <= limits.clearCorrelation)) return [];
        // The window sees an edge late or early by up to its half: single pictures tell it to the frame.
        const run = { startFrame: stretch.startFrame, endFrame: stretch.endFrame };
        const isInverted = (frame: number) => (single[frame] as number) <= limits.correlation;
        for (let left = reach; left > 0 && run.startFrame > 0 && isInverted(run.startFrame - 1); left--)
          run.startFrame--;
        for (
          let left = reach;
          left > 0 && run.endFrame < series.frames - 1 && isInverted(run.endFrame + 1);
          left--
        ) {
          run.endFrame++;
        }
        if (wanders(heard, run, reach)) return [];
        const typical = quantileOf(likenesses, 0.5);
        return [
          {
            ...run,
            severity: 'warn',
            confidence: Math.min(0.99, 0.6 - 0.4 * typical),
            channels: [...pair],
            evidence: {
              frames: lengthOf(run),
              correlation: evidenceNumber(typical),
              limitCorrelation: limits.correlation,
            },
            message: `Channels ${pair[0]} and ${pair[1]} are upside down to each other (correlation ${typical.toFixed(2)}): check the cables; mixed to mono they would cancel.`,
          },
        ];
      });
    });
  },
};

/** Own: between half a second before an end and half a second behind it; a channel is turned over, or set right, at once. */
const leastTurn = 0.5;

/** Own: fewer pictures of sound on one side of an end tell nothing. */
const leastHeard = 3;

/** Whether the likeness slides to or from a stretch: tones that are out of tune with each other drift in and out of phase, on no cable's account. NaN: not heard. */
function wanders(likenesses: Float32Array, { startFrame, endFrame }: Run, reach: number): boolean {
  const typicalIn = (from: number, to: number) => {
    const heard = likenesses.subarray(Math.max(0, from), to + 1).filter((one) => !Number.isNaN(one));
    return heard.length < leastHeard ? Number.NaN : quantileOf(heard, 0.5);
  };
  return (
    (startFrame > reach &&
      typicalIn(startFrame - reach, startFrame - 1) - typicalIn(startFrame, startFrame + reach - 1) <
        leastTurn) ||
    (endFrame < likenesses.length - 1 - reach &&
      typicalIn(endFrame + 1, endFrame + reach) - typicalIn(endFrame - reach + 1, endFrame) < leastTurn)
  );
}
