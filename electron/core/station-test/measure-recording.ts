import { type FoundBars, findBars, meanBars } from './bars.ts';
import { countInterruptions, findBeeps } from './beeps.ts';
import { type ChromaError, chromaError } from './chroma.ts';
import type { DecodedSection } from './decode-section.ts';
import { fieldMotion } from './field-motion.ts';
import { findFlashes } from './flashes.ts';
import { type PictureNoise, pictureNoise } from './picture-noise.ts';
import { median, soundOffsetsMs } from './sound-offset.ts';
import { measureTone, phaseBetween, type Tone, toneLevels } from './tone.ts';

/** What a recording of a test signal shows. What was not found is undefined. */
export interface RecordingMeasures {
  bars: (FoundBars & { chroma: ChromaError; noise: PictureNoise }) | undefined;
  /** Positive: top field first. */
  fieldMotion: number | undefined;
  /** Of each channel, in order. */
  tones: (Tone | undefined)[];
  /** Degrees of each channel against the first; the first entry is the second channel's. */
  phasesDeg: (number | undefined)[];
  /** Number (from 1) of the channel that line-up tone marks as left. */
  leftChannel: number | undefined;
  /** Sound minus picture, in ms: the middle one of all claps, and how many there were. */
  soundOffset: { ms: number; claps: number } | undefined;
  /** How the offset changed from the first stretch to the last. */
  soundDriftMs: number | undefined;
}

/**
 * Measures a recording by what was decoded of it: one stretch, or its head and its tail. Pure.
 * @param framesPerS the frame rate.
 */
export function measureRecording(
  sections: readonly DecodedSection[],
  framesPerS: number,
  sampleRateHz: number,
): RecordingMeasures {
  const [head] = sections;
  if (!head) throw new RangeError('nothing was decoded');
  const pairs = sections.flatMap((section) => quietPairs(section, framesPerS));
  const bars = meanBars(pairs.flatMap((pair) => pair.flatMap((picture) => findBars(picture) ?? [])));
  const tones = head.channels.map((samples) => measureTone(samples, sampleRateHz));
  const offsets = sections.map((section) => offsetsOf(section, tones, framesPerS, sampleRateHz));
  const [first, last] = [offsets[0], offsets.at(-1)].map((ms) => median(ms ?? []));
  const all = median(offsets.flat());
  return {
    bars: bars && {
      ...bars,
      chroma: chromaError(bars.bars),
      noise: pictureNoise(pairsWithBars(pairs), bars),
    },
    fieldMotion: fieldMotion(pairs),
    tones,
    phasesDeg: phases(head, tones, sampleRateHz),
    leftChannel: leftOf(head, tones, sampleRateHz),
    soundOffset: all === undefined ? undefined : { ms: all, claps: offsets.flat().length },
    soundDriftMs: sections.length < 2 || first === undefined || last === undefined ? undefined : last - first,
  };
}

/** Pairs in which nothing flashes: a flash is no motion. */
function quietPairs({ grid, pairs }: DecodedSection, framesPerS: number) {
  const flashes = findFlashes(grid, framesPerS, { atStart: true });
  return pairs
    .filter(({ frame }) => !flashes.some(({ first, end }) => frame + 1 >= first && frame <= end))
    .map(({ pair }) => pair);
}

function pairsWithBars(pairs: ReturnType<typeof quietPairs>) {
  return pairs.filter((pair) => pair.every((picture) => findBars(picture) !== undefined));
}

/** Offset of each clap in a stretch, by the channel in which most beeps are heard. */
function offsetsOf(
  { grid, channels, pictureLateS }: DecodedSection,
  tones: readonly (Tone | undefined)[],
  framesPerS: number,
  sampleRateHz: number,
): number[] {
  const flashesS = findFlashes(grid, framesPerS).map(({ first }) => first / framesPerS + pictureLateS);
  const offsets = channels.slice(0, 2).map((samples, channel) => {
    const beeps = findBeeps(samples, tones[channel]?.frequencyHz, sampleRateHz);
    return soundOffsetsMs(
      flashesS,
      beeps.map((sample) => sample / sampleRateHz),
    );
  });
  return offsets.sort((a, b) => b.length - a.length)[0] ?? [];
}

function phases({ channels }: DecodedSection, tones: readonly (Tone | undefined)[], sampleRateHz: number) {
  const [first, ...others] = channels;
  const [tone] = tones;
  return others.map((samples, index) => {
    const other = tones[index + 1];
    return first && tone && other && phaseBetween([first, samples], [tone, other], sampleRateHz);
  });
}

/** Of the first pair: the one that is interrupted alone, or less often than the other (EBU Tech 3304, GLITS). */
function leftOf(
  { channels }: DecodedSection,
  tones: readonly (Tone | undefined)[],
  sampleRateHz: number,
): number | undefined {
  const [one, other] = channels.slice(0, 2).map((samples, channel) => {
    const tone = tones[channel];
    return tone && countInterruptions(toneLevels(samples, tone.frequencyHz, sampleRateHz));
  });
  if (one === undefined || other === undefined || one === other) return undefined;
  if (one === 0 || other === 0) return one > 0 ? 1 : 2;
  return one < other ? 1 : 2;
}
