import type { Check, Finding } from '../check.ts';
import { joinChannels } from '../joined-dropouts.ts';
import { findLowMoments } from '../low-moments.ts';
import { audioColumn } from '../measures.ts';
import { evidenceNumber, lengthInWords, lengthOf, overlaps, type Run } from '../runs.ts';
import { framesIn, judgedChannelsOf } from '../series.ts';
import { findSuddenHoles, type SuddenHole } from '../sudden-holes.ts';

/**
 * The sound falls away from one moment to the next and comes back as abruptly. A pause of speech ends in the tape's hiss, at the level that the hiss has
 * everywhere; a dropout goes below it, since the head reads no tape at all. Where a programme never lets the hiss be
 * heard by itself, the quietest moments around stand for it, and the fall must be deeper.
 */
export const audioDropout: Check<
  | 'belowHissDb'
  | 'belowProgrammeDb'
  | 'edgeDb'
  | 'programmeEdgeDb'
  | 'edgeShare'
  | 'mostDepthDb'
  | 'leastFallDb'
  | 'longestSeconds'
  | 'aroundSeconds'
  | 'identSeconds'
  | 'nothingDbfs'
  | 'rareShare'
  | 'wholeDb'
  | 'fallDb'
  | 'riseDb'
  | 'suddenShare'
  | 'waveDb'
  | 'holeSeconds'
  | 'fallsPerSecond'
> = {
  id: 'audio-dropout',
  medium: 'audio',
  titleKey: 'qc.check.audioDropout.title',
  explanationKey: 'qc.check.audioDropout.explanation',
  needs: ['floorDbfs', 'edgeDb'],
  sees: ['floorDbfs'],
  evidence: ['frames', 'floorDbfs', 'edgeDb', 'limitDbfs'],
  limits: {
    belowHissDb: {
      value: 5,
      unit: 'dB',
      source: 'Own: the level of hiss over 5 ms wanders by less than 2 dB',
    },
    belowProgrammeDb: {
      value: 12,
      unit: 'dB',
      source: 'Own: what programme does by itself between quiet moments',
    },
    edgeDb: { value: 7.5, unit: 'dB', source: 'Own: within 7.5 ms; rooms and voices fade more slowly' },
    programmeEdgeDb: {
      value: 15,
      unit: 'dB',
      source: 'Own: the same below programme, whose notes die away and begin more slowly',
    },
    edgeShare: {
      value: 0.75,
      unit: 'share',
      source: 'Own: of the whole fall, within the same 7.5 ms; between two notes it takes longer',
    },
    mostDepthDb: { value: 32, unit: 'dB', source: 'Own: of a deeper fall the rest is no matter' },
    leastFallDb: {
      value: 1.3,
      unit: 'dB',
      source: 'Own: of the level of a picture; a sixth of one that is missing makes more',
    },
    longestSeconds: { value: 2, unit: 's', source: 'Own: longer is a silence' },
    aroundSeconds: { value: 4, unit: 's', source: 'Own: AV Spex takes a rolling median of 11 s' },
    identSeconds: {
      value: 0.25,
      unit: 's',
      source: 'EBU stereo ident: the left reference tone pauses so long',
    },
    nothingDbfs: { value: -110, unit: 'dBFS', source: 'Own: digital silence, which no tape gives' },
    rareShare: { value: 0.2, unit: 'share', source: 'Own: what a tape does all the time is its programme' },
    wholeDb: {
      value: 12,
      unit: 'dB',
      source: 'Own: not the treble alone, which comes and goes in low notes; half of a hole of 24 dB',
    },
    fallDb: {
      value: 15,
      unit: 'dB',
      source: 'Own: of the whole sound within 7.5 ms; what fades fastest, a room of 0.1 s, falls by 4.5 dB',
    },
    riseDb: {
      value: 15,
      unit: 'dB',
      source: 'Own: the same upwards; a sound that was cut out is there at once',
    },
    suddenShare: {
      value: 0.5,
      unit: 'share',
      source: 'Own: of the whole fall or rise, within the same 7.5 ms; syllables and fades take longer',
    },
    waveDb: {
      value: 5,
      unit: 'dB',
      source: 'Own: of a fall; by so much low notes swing within the 20 ms that a fade is taken off',
    },
    holeSeconds: { value: 1, unit: 's', source: 'Own: a longer pause may be meant' },
    fallsPerSecond: {
      value: 0.3,
      unit: '1/s',
      source: 'Own: gates, staccato and dry speech fall as abruptly, several times a second',
    },
  },
  evaluate(series, limits, earlier): Finding[] {
    const tones = earlier.get('reference-tone') ?? [];
    const isIdent = (run: Run) =>
      Math.abs(lengthOf(run) - framesIn(series, limits.identSeconds)) <= 2 &&
      tones.some((tone) => tone.startFrame <= run.endFrame + 1 && tone.endFrame >= run.startFrame - 1);
    const found = judgedChannelsOf(series).flatMap((channel) => {
      const [floor, edge] = ['floorDbfs', 'edgeDb'].map((id) => series.column(audioColumn(id, channel))) as [
        Float32Array,
        Float32Array,
      ];
      const cutOff = (earlier.get('audio-clipping') ?? []).filter((one) => one.channels?.includes(channel));
      const { moments, limitAt } = findLowMoments(series, channel, limits, (run) =>
        cutOff.some((one) => overlaps(one, run)),
      );
      const sudden = findSuddenHoles(series, channel, limits).filter((run) =>
        moments.every((one) => !overlaps(one, run)),
      );
      return [...moments.map((run) => ({ run })), ...sudden.map((hole) => ({ run: hole, sudden: hole }))]
        .filter(({ run }) => !isIdent(run) && !isEndOfTone(run, tones, channel))
        .map((one) => ({
          ...one,
          channel,
          limitDbfs: limitAt[one.run.startFrame] as number,
          floor,
          edge,
        }));
    });
    return joinChannels(found).map(
      ({ run, channels, limitDbfs, floorDbfs, edgeDb, sudden }): Finding => ({
        startFrame: run.startFrame,
        endFrame: run.endFrame,
        severity: 'warn',
        confidence: confidenceOf(limitDbfs - Math.max(-120, floorDbfs), sudden),
        channels,
        evidence: {
          frames: lengthOf(run),
          floorDbfs: evidenceNumber(floorDbfs),
          edgeDb: evidenceNumber(edgeDb),
          limitDbfs: evidenceNumber(limitDbfs),
          ...(sudden && {
            fallDb: evidenceNumber(sudden.fallDb),
            riseDb: evidenceNumber(sudden.riseDb),
            limitFallDb: limits.fallDb,
          }),
        },
        message: `The sound of channel ${channels.join(' and ')} drops out for ${lengthInWords(run)}: ${
          floorDbfs < limits.nothingDbfs
            ? 'digital silence, which no tape gives, so look at what is behind the tape, cables and card, and play it again.'
            : 'clean the heads and play it again; if it stays, it is on the tape.'
        }`,
      }),
    );
  },
};

/** Own, frames: a pause begins or ends with a tone as nearly. */
const besideTone = 2;

/** Whether a line-up tone ends or begins where a run does, and does not go on behind it: then it is the pause between two tones, or before the programme. */
function isEndOfTone(run: Run, tones: readonly Finding[], channel: number): boolean {
  const own = tones.filter((one) => one.channels?.includes(channel));
  const before = own.find((one) => Math.abs(run.startFrame - 1 - one.endFrame) <= besideTone);
  const behind = own.find((one) => Math.abs(one.startFrame - 1 - run.endFrame) <= besideTone);
  if (!before || !behind) return before !== undefined || behind !== undefined;
  const [first, second] = [before, behind].map((one) => Number(one.evidence['toneHz'])) as [number, number];
  return Math.abs(first - second) > 0.01 * first;
}

/** Own: how far below its limit, or how far above theirs both edges. */
function confidenceOf(belowDb: number, sudden: SuddenHole | undefined): number {
  const overDb = sudden ? Math.min(sudden.fallDb, sudden.riseDb) - 13 : belowDb;
  return 0.6 + Math.min(17.5, Math.max(0, overDb)) / 50;
}
