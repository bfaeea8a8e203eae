import { type ChannelFinding, mergeChannels } from '../channel-findings.ts';
import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { movingMinimum } from '../moving-minimum.ts';
import { quantileOf } from '../quantile.ts';
import { evidenceNumber, lengthOf, type Run } from '../runs.ts';
import { framesIn, judgedChannelsOf, type Series } from '../series.ts';
import { findLastingLines, type LastingLine } from '../steady-line.ts';
import { comesAgain, isOneInTurn, isPartial } from '../tones-in-turn.ts';

/** Line frequencies of 625 and 525 lines, and how far from them a whistle is still theirs. */
const lineHz = [15_625, 15_734.27];
const lineReachHz = 60;

/**
 * A weak steady tone under the programme: an oscillator that is still patched in, a carrier, a whistle. It keeps one frequency and one level
 * through loud and soft; notes do neither for long. A tone by itself is a reference tone.
 */
export const toneLeak: Check<
  | 'levelDbfs'
  | 'sameHz'
  | 'spreadHz'
  | 'spreadDb'
  | 'minimumSeconds'
  | 'exactSeconds'
  | 'exactHz'
  | 'exactDb'
  | 'returnDb'
  | 'leastShare'
  | 'knownShare'
  | 'ownDb'
  | 'ownDbfs'
  | 'droneDb'
  | 'chordDb'
  | 'chordOverDb'
  | 'oscillatorRangeDb'
  | 'oscillatorOverDb'
  | 'chordCrestDb'
  | 'buriedDb'
  | 'buriedHz'
  | 'deepDb'
  | 'deepHz'
  | 'evenDb'
  | 'hiddenDb'
  | 'muteSeconds'
  | 'windowSeconds'
> = {
  id: 'tone-leak',
  medium: 'audio',
  titleKey: 'qc.check.toneLeak.title',
  explanationKey: 'qc.check.toneLeak.explanation',
  needs: ['toneHz', 'toneDbfs', 'rmsDbfs'],
  sees: ['rmsDbfs'],
  evidence: ['frames', 'toneHz', 'toneDbfs', 'limitDbfs'],
  limits: {
    levelDbfs: { value: -75, unit: 'dBFS', source: 'Own: below, nobody hears it under the hiss of tape' },
    sameHz: { value: 2, unit: 'Hz', source: 'Own: a sixth of a line of the short windows of toneHz (12 Hz)' },
    spreadHz: {
      value: 1.2,
      unit: 'Hz',
      source: 'Own: an oscillator stays; overtones of several notes that nearly meet do not',
    },
    spreadDb: { value: 4, unit: 'dB', source: 'Own: the same of its level' },
    minimumSeconds: {
      value: 4,
      unit: 's',
      source: 'AV Spex looks 8 s at a time; half of it beyond the first window',
    },
    exactSeconds: {
      value: 2.4,
      unit: 's',
      source:
        'Own: one more window, at the head or the tail of a tape, where nothing but an oscillator is that exact',
    },
    exactHz: { value: 0.3, unit: 'Hz', source: 'Own: from the 10th to the 90th percentile' },
    exactDb: { value: 1, unit: 'dB', source: 'Own: the same of its level' },
    returnDb: {
      value: 2,
      unit: 'dB',
      source:
        'Own: by how little the level of a tone spreads that goes and comes back; the same note is played as loud by chance',
    },
    leastShare: { value: 0.6, unit: 'share', source: 'Own: an oscillator does not pause' },
    knownShare: {
      value: 0.45,
      unit: 'share',
      source:
        'Own: the same at the frequency of an oscillator or of the lines, where vowels are clearer now and then',
    },
    ownDb: {
      value: 12,
      unit: 'dB',
      source: 'Own: as near to the level of all sound a tone is the sound, where that is a drone',
    },
    ownDbfs: {
      value: -35,
      unit: 'dBFS',
      source: 'Own: where it is loud; a quiet room may be quieter than a leak',
    },
    droneDb: { value: 7, unit: 'dB', source: 'Own: speech and music rise and fall by more' },
    chordDb: {
      value: 3,
      unit: 'dB',
      source: 'Own: a chord that is held rises and falls by less; of noise, only hiss does',
    },
    chordOverDb: { value: 28, unit: 'dB', source: 'Own: its own tones are no further below all of it' },
    oscillatorRangeDb: {
      value: 1.2,
      unit: 'dB',
      source:
        'Own: the same of sound that hides a tone at the frequency of an oscillator, which no tempered note has',
    },
    oscillatorOverDb: {
      value: 20,
      unit: 'dB',
      source: 'Own: the same of such a tone',
    },
    chordCrestDb: { value: 9.5, unit: 'dB', source: 'Own: peaks of hiss lie 11 dB above its level' },
    buriedDb: {
      value: 15,
      unit: 'dB',
      source: 'Own: so far below the quiet moments of a programme, a line that wanders is one of its notes',
    },
    buriedHz: { value: 0.5, unit: 'Hz', source: 'Own: spreadHz of such a line' },
    deepDb: { value: 30, unit: 'dB', source: 'Own: as far below, only a line that is exact is none' },
    deepHz: { value: 0.1, unit: 'Hz', source: 'Own: spreadHz of such a line' },
    evenDb: {
      value: 2.5,
      unit: 'dB',
      source: 'Own: sound that never changes has tones of its own, and hides whether one belongs to it',
    },
    hiddenDb: { value: 25, unit: 'dB', source: 'Own: how far below such sound a tone is of it' },
    muteSeconds: { value: 6, unit: 's', source: 'Own: loud sound hides a tone and does not end it' },
    windowSeconds: { value: 2.4, unit: 's', source: 'Window of the measure toneHz under a programme' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const found = judgedChannelsOf(series).flatMap((channel) => {
      const frequencies = frequenciesOf(
        series,
        channel,
        [...(earlier.get('reference-tone') ?? []), ...(earlier.get('ltc-on-audio') ?? [])].filter((one) =>
          one.channels?.includes(channel),
        ),
      );
      const mains = (earlier.get('hum') ?? [])
        .filter((one) => one.channels?.includes(channel))
        .map((one) => Number(one.evidence['mainsHz']));
      const tone = series.column(audioColumn('toneDbfs', channel));
      const windowFrames = framesIn(series, limits.windowSeconds);
      const rms = series.column(audioColumn('rmsDbfs', channel));
      const peak = series.column(audioColumn('peakDbfs', channel));
      const crestIn = (from: number, to: number) =>
        quantileOf(
          peak.subarray(from, to + 1).map((level, at) => level - (rms[from + at] as number)),
          0.5,
        );
      const quietest = movingMinimum(rms, windowFrames);
      // A short tape cannot show more; what it shows must be half of it.
      const leastFrames = Math.min(framesIn(series, limits.minimumSeconds), Math.ceil(series.frames / 2));
      // A leak that begins late on a short tape is heard by the window for a while only.
      const exactFrames = Math.min(framesIn(series, limits.exactSeconds), leastFrames);
      const tones = likeliest(frequencies, exactFrames).filter(
        (hertz) => !mains.some((one) => isHarmonic(hertz, one, mostBuzz)),
      );
      const lines = tones.flatMap((hertz) => {
        const level = new Float32Array(series.frames).fill(Number.NaN);
        for (let frame = 0; frame < series.frames; frame++) {
          if (Math.abs((frequencies[frame] as number) - hertz) <= limits.sameHz)
            level[frame] = tone[frame] as number;
        }
        const found = findLastingLines(
          { level, quietest, windowFrames },
          {
            leastFrames: exactFrames,
            leastShare: isKnown(hertz) ? limits.knownShare : limits.leastShare,
            muteFrames: framesIn(series, limits.muteSeconds),
          },
        );
        const wanders = (line: LastingLine) => {
          const ofLine = (column: Float32Array) =>
            column
              .subarray(line.startFrame, line.endFrame + 1)
              .filter((_, at) => Number.isFinite(level[line.startFrame + at] as number));
          const [hertzes, levels] = [ofLine(frequencies), ofLine(level)];
          const [mostHz, mostDb] =
            levels.length < leastFrames
              ? [limits.exactHz, limits.exactDb]
              : [limits.spreadHz, limits.spreadDb];
          const belowDb = quantileOf(rms.subarray(line.startFrame, line.endFrame + 1), 0.1) - line.levelDbfs;
          // What passes in the midst of a tape passed by chance, or was a note; none is played at the frequency of an oscillator.
          const isShort =
            !isOscillator(hertz) &&
            levels.length < leastFrames &&
            line.startFrame > 0 &&
            line.endFrame < series.frames - 1;
          const hidden =
            belowDb > limits.deepDb ? limits.deepHz : belowDb > limits.buriedDb ? limits.buriedHz : mostHz;
          const spreadDb = spreadOf(levels);
          const heard = {
            ...{ hertz, line, frequencies },
            ...{ sameHz: limits.sameHz, leastFrames: exactFrames },
          };
          return (
            isShort ||
            spreadOf(hertzes) > Math.min(mostHz, hidden) ||
            spreadDb > mostDb ||
            isPartial(heard, tone) ||
            isOneInTurn(heard) ||
            (spreadDb > limits.returnDb && comesAgain(heard, quietest, framesIn(series, limits.muteSeconds)))
          );
        };
        const isOfSound = ({ startFrame, endFrame, levelDbfs }: LastingLine) => {
          const around = rms.subarray(startFrame, endFrame + 1);
          const overDb = quantileOf(around, 0.5) - levelDbfs;
          const rangeDb = spreadOf(around);
          const isTest = isOscillator(hertz);
          const isChord =
            rangeDb < (isTest ? limits.oscillatorRangeDb : limits.chordDb) &&
            overDb < (isTest ? limits.oscillatorOverDb : limits.chordOverDb) &&
            crestIn(startFrame, endFrame) < limits.chordCrestDb;
          if (isChord) return true;
          return overDb < limits.ownDb
            ? levelDbfs > limits.ownDbfs && rangeDb < limits.droneDb
            : overDb > limits.hiddenDb && rangeDb < limits.evenDb && !isTest;
        };
        return found
          .filter((line) => line.levelDbfs >= limits.levelDbfs && !wanders(line) && !isOfSound(line))
          .map((line) => ({ ...line, hertz }));
      });
      return withoutOvertones(lines).map(
        ({ hertz, startFrame, endFrame, levelDbfs, share }): ChannelFinding => {
          const isWhistle = isOfLines(hertz);
          return {
            startFrame,
            endFrame,
            severity: isWhistle ? 'info' : 'warn',
            confidence: Math.min(0.95, 0.4 + 0.55 * share),
            channel,
            kind: Math.round(hertz / 10),
            evidence: {
              frames: lengthOf({ startFrame, endFrame }),
              toneHz: evidenceNumber(hertz),
              toneDbfs: evidenceNumber(levelDbfs),
              limitDbfs: limits.levelDbfs,
            },
            message: (channels) =>
              isWhistle
                ? `The line frequency whistles on ${channels} at ${levelDbfs.toFixed(0)} dBFS, as televisions in the room leave it.`
                : `A tone of ${hertz.toFixed(0)} Hz lies under the sound of ${channels} at ${levelDbfs.toFixed(0)} dBFS: look for an oscillator that is still connected.`,
          };
        },
      );
    });
    return mergeChannels(found);
  },
};

/** What line-up oscillators give (IEC 60268, EBU, SMPTE), and how far off the speed of a deck may be. */
const oscillatorsHz = [400, 1000, 3000, 3150, 10_000];
const speedShare = 0.005;

function isOscillator(hertz: number): boolean {
  return oscillatorsHz.some((one) => Math.abs(hertz - one) <= speedShare * one);
}

/** Whether it is the whistle of a television's lines. */
function isOfLines(hertz: number): boolean {
  return lineHz.some((line) => Math.abs(hertz - line) <= lineReachHz);
}

/** Whether no note is played at such a frequency. */
function isKnown(hertz: number): boolean {
  return isOscillator(hertz) || isOfLines(hertz);
}

/** From the 10th to the 90th percentile. */
function spreadOf(values: Float32Array): number {
  return quantileOf(values, 0.9) - quantileOf(values, 0.1);
}

type Line = LastingLine & { hertz: number };

/** An overtone belongs to the tone below it, of which now the one and now the other was clearer. */
function withoutOvertones(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  for (const line of [...lines].sort((a, b) => a.hertz - b.hertz)) {
    const base = kept.find((one) => line.hertz > 1.5 * one.hertz && isHarmonic(line.hertz, one.hertz, 10));
    if (!base) {
      kept.push({ ...line });
      continue;
    }
    base.startFrame = Math.min(base.startFrame, line.startFrame);
    base.endFrame = Math.max(base.endFrame, line.endFrame);
  }
  return kept.sort((a, b) => a.startFrame - b.startFrame);
}

/** Own: buzz of mains reaches so far; the twentieth of 50 Hz is an oscillator's. */
const mostBuzz = 19;

/** Whether a tone is an overtone of another, up to an order: mains wander. */
function isHarmonic(hertz: number, baseHz: number, most: number): boolean {
  const order = Math.round(hertz / baseHz);
  return order <= most && Math.abs(hertz / order - baseHz) <= 0.004 * baseHz;
}

/** Own: more oscillators than this are music. */
const mostTones = 12;

/** Frequency of each frame's tone, NaN where others have explained it. */
function frequenciesOf(series: Series, channel: number, explained: readonly Run[]): Float32Array {
  const frequencies = series.column(audioColumn('toneHz', channel)).slice();
  // The window looks back: it still sees a tone for a while behind its end.
  const behind = framesIn(series, 2.4);
  for (const run of explained) frequencies.fill(Number.NaN, run.startFrame, run.endFrame + 1 + behind);
  return frequencies;
}

/** Frequencies that enough frames agree on, the commonest first. Whole hertz decide; each is the mean of those near it. */
function likeliest(frequencies: Float32Array, leastFrames: number): number[] {
  const counts = new Map<number, { count: number; sum: number }>();
  for (const hertz of frequencies) {
    if (Number.isNaN(hertz)) continue;
    const entry = counts.get(Math.round(hertz)) ?? { count: 0, sum: 0 };
    entry.count++;
    entry.sum += hertz;
    counts.set(Math.round(hertz), entry);
  }
  const chosen: number[] = [];
  for (const [whole, { count, sum }] of [...counts].sort((a, b) => b[1].count - a[1].count)) {
    // What lasts is there in most of its frames, spread over two neighbouring hertz at most.
    if (count < leastFrames / 3 || chosen.length === mostTones) break;
    if (!chosen.some((hertz) => Math.abs(hertz - whole) < 6)) chosen.push(sum / count);
  }
  return chosen;
}
