import { type ChannelFinding, mergeChannels } from '../channel-findings.ts';
import type { Check, Finding } from '../check.ts';
import { frequenciesOf, likeliest } from '../heard-frequencies.ts';
import { isHarmonic, isKnownTone, isOfLines, mostBuzz } from '../known-tones.ts';
import { isOfNotes, isOfSound, type ToneInSound, withoutOvertones } from '../leak-lines.ts';
import { audioColumn } from '../measures.ts';
import { movingMinimum } from '../moving-minimum.ts';
import { evidenceNumber, lengthOf } from '../runs.ts';
import { framesIn, judgedChannelsOf } from '../series.ts';
import { findLastingLines } from '../steady-line.ts';

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
            leastShare: isKnownTone(hertz) ? limits.knownShare : limits.leastShare,
            muteFrames: framesIn(series, limits.muteSeconds),
          },
        );
        const heard: ToneInSound = {
          ...{ hertz, frequencies, levels: tone, rms, peak, quietest },
          ...{ leastFrames, exactFrames, muteFrames: framesIn(series, limits.muteSeconds) },
        };
        return found
          .filter(
            (line) =>
              line.levelDbfs >= limits.levelDbfs &&
              !isOfNotes(line, heard, limits) &&
              !isOfSound(line, heard, limits),
          )
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
