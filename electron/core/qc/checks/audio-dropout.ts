import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { quantilesOf } from '../quantile.ts';
import { evidenceNumber, findRuns, lengthInWords, lengthOf, minimumIn, overlaps, type Run } from '../runs.ts';
import { framesIn, judgedChannelsOf, type Series } from '../series.ts';
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
      const floor = series.column(audioColumn('floorDbfs', channel));
      const edge = series.column(audioColumn('edgeDb', channel));
      const rms = series.column(audioColumn('rmsDbfs', channel));
      const [fall, rise] = ['fallDb', 'riseDb'].map((id) => series.column(audioColumn(id, channel))) as [
        Float32Array,
        Float32Array,
      ];
      const { limitAt, usualAt } = limitsOver(series, floor, limits);
      const least = (run: Run) => leastEdgeOf(run, floor, usualAt[run.startFrame] as number, limits);
      const isLow = (frame: number) =>
        (floor[frame] as number) < (limitAt[frame] as number) ||
        (floor[frame] as number) < limits.nothingDbfs;
      const runs = findRuns(series.frames, isLow, { bridgeFrames: 1 });
      const lowFrames = runs.reduce((sum, run) => sum + lengthOf(run), 0);
      const cutOff = (earlier.get('audio-clipping') ?? []).filter((one) => one.channels?.includes(channel));
      const isHole = (run: Run) =>
        minimumIn(floor, run) < limits.nothingDbfs && !cutOff.some((one) => overlaps(one, run));
      const isProgramme = lowFrames > limits.rareShare * series.frames && runs.length > 5;
      const below = (isProgramme ? [] : runs)
        .filter(
          (run) =>
            isAbrupt(run, edge, least(run)) &&
            (steepestIn(fall, run.startFrame - 1, run.startFrame + 1) ?? Infinity) >= limits.wholeDb &&
            (steepestIn(rise, run.endFrame - 1, run.endFrame + 2) ?? Infinity) >= limits.wholeDb &&
            (isHole(run) || falls(run, rms, limits.leastFallDb)) &&
            isInside(run, series, floor, limits.nothingDbfs) &&
            !isRest(run, runs, floor, series, limits.fallsPerSecond),
        )
        .filter((run) => lengthOf(run) < framesIn(series, limits.longestSeconds));
      const sudden = findSuddenHoles(series, channel, limits).filter((run) =>
        below.every((one) => !overlaps(one, run)),
      );
      return [...below.map((run) => ({ run })), ...sudden.map((hole) => ({ run: hole, sudden: hole }))]
        .filter(({ run }) => !isIdent(run) && !isEndOfTone(run, tones, channel))
        .map((one) => ({
          ...one,
          channel,
          limitDbfs: limitAt[one.run.startFrame] as number,
          floor,
          edge,
        }));
    });
    return mergeChannels(found).map(
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
function limitsOver(
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

/** How steep both ends of a run must be: below programme, most of the fall at once. */
function leastEdgeOf(
  run: Run,
  floor: Float32Array,
  usualDbfs: number,
  limits: Record<'edgeDb' | 'programmeEdgeDb' | 'edgeShare' | 'mostDepthDb', number>,
): number {
  if (Number.isNaN(usualDbfs)) return limits.edgeDb;
  const depthDb = Math.min(usualDbfs - minimumIn(floor, run), limits.mostDepthDb);
  return Math.max(limits.programmeEdgeDb, limits.edgeShare * depthDb);
}

/**
 * Whether a picture of the run is softer than those beside it. Where the top of a wave is cut off for some milliseconds nothing changes from sample to
 * sample either, and the sound is as loud as before.
 */
function falls(run: Run, rms: Float32Array, leastDb: number): boolean {
  const beside = Math.max(rms[run.startFrame - 1] ?? -Infinity, rms[run.endFrame + 1] ?? -Infinity);
  return minimumIn(rms, run) <= beside - leastDb;
}

/** Own: rests all end in the tape's hiss, which keeps its level and is no softer; so many of them are how a sound is made, to this distance. */
const rests = { withinDb: 2, leastDbfs: -70, most: 4, seconds: 10 };

/** Whether a run is one of many that fall to the same hiss: rests of a synthesiser, whose notes are never soft. */
function isRest(
  run: Run,
  runs: readonly Run[],
  floor: Float32Array,
  series: Series,
  perSecond: number,
): boolean {
  const level = minimumIn(floor, run);
  if (level < rests.leastDbfs) return false;
  const reach = framesIn(series, rests.seconds);
  const from = Math.max(0, run.startFrame - reach);
  const to = Math.min(series.frames, run.startFrame + reach);
  const alike = runs.filter(
    (one) =>
      one.startFrame >= from &&
      one.startFrame < to &&
      Math.abs(minimumIn(floor, one) - level) <= rests.withinDb,
  );
  return alike.length > Math.max(rests.most, ((to - from) / framesIn(series, 1)) * perSecond);
}

/** A step at the first picture of the run and at its last; a step is seen 7.5 ms late, so perhaps in the picture behind. */
function isAbrupt(run: Run, edge: Float32Array, edgeDb: number): boolean {
  return (
    (steepestIn(edge, run.startFrame - 1, run.startFrame + 1) ?? 0) >= edgeDb &&
    (steepestIn(edge, run.endFrame, run.endFrame + 1) ?? 0) >= edgeDb
  );
}

/** Between two pictures, both inclusive; undefined where nothing was measured. */
function steepestIn(column: Float32Array, from: number, to: number): number | undefined {
  let most: number | undefined;
  for (let frame = Math.max(0, from); frame <= Math.min(column.length - 1, to); frame++) {
    const value = column[frame] as number;
    if (value > (most ?? -1)) most = value;
  }
  return most;
}

/** Sound before and behind it: heads, tails and digital silence are no dropouts. */
function isInside(run: Run, series: Series, floor: Float32Array, nothingDbfs: number): boolean {
  if (run.startFrame < 2 || run.endFrame > series.frames - 3) return false;
  return (
    (floor[run.startFrame - 2] as number) > nothingDbfs && (floor[run.endFrame + 2] as number) > nothingDbfs
  );
}

interface Dropout {
  run: Run;
  channels: number[];
  limitDbfs: number;
  floorDbfs: number;
  edgeDb: number;
  sudden?: SuddenHole;
}

/** Dropouts of several channels at the same frames are one: the tape left the head. */
function mergeChannels(
  found: readonly (Pick<Dropout, 'run' | 'limitDbfs' | 'sudden'> & {
    channel: number;
    floor: Float32Array;
    edge: Float32Array;
  })[],
): Dropout[] {
  const merged: Dropout[] = [];
  for (const { run, channel, limitDbfs, floor, edge, sudden } of [...found].sort(
    (a, b) => a.run.startFrame - b.run.startFrame,
  )) {
    const edgeDb = Math.max(edge[run.startFrame] as number, edge[run.endFrame] as number);
    const floorDbfs = minimumIn(floor, run);
    const last = merged.at(-1);
    if (last && run.startFrame <= last.run.endFrame + 1 && !last.channels.includes(channel)) {
      last.run = { startFrame: last.run.startFrame, endFrame: Math.max(last.run.endFrame, run.endFrame) };
      last.channels = [...last.channels, channel].sort((a, b) => a - b);
      last.floorDbfs = Math.min(last.floorDbfs, floorDbfs);
      continue;
    }
    merged.push({ run, channels: [channel], limitDbfs, floorDbfs, edgeDb, ...(sudden && { sudden }) });
  }
  return merged;
}
