import { fitSine, fitSineFrequency, type SineFit, type Span } from './sine-fit.ts';
import { spectrumSamples, strongestTone } from './spectrum.ts';

/** The line-up tone of one channel. */
export interface Tone {
  frequencyHz: number;
  /** Peak of the sine against full scale (AES17). */
  levelDbfs: number;
  /** All that is not the tone, against the tone: distortion, noise and hum. */
  distortionDb: number;
  /** The steady stretch that was measured. */
  span: Span;
}

/** Part of the energy that must lie in one line before it is called a tone. */
const leastShare = 0.5;
const blockS = 0.01;
/** Less than this is no stretch of tone. */
const shortestS = 0.2;
const longestS = 1;
/** Within a stretch the level stays within this of what it mostly is. */
const steadyDb = 1;

/**
 * The tone in one channel: found by its spectrum at five places, measured over the longest stretch (at most a second) in which
 * its level stays. Undefined where no tone stands out.
 */
export function measureTone(samples: Float32Array, sampleRateHz: number): Tone | undefined {
  const frequencyHz = toneFrequency(samples, sampleRateHz);
  if (frequencyHz === undefined) return undefined;
  const levels = toneLevels(samples, frequencyHz, sampleRateHz);
  const span = longestSteady(levels, Math.round(blockS * sampleRateHz), sampleRateHz);
  if (!span) return undefined;
  const fit = fitSineFrequency(samples, span, frequencyHz, sampleRateHz);
  return {
    frequencyHz: fit.frequencyHz,
    levelDbfs: 20 * Math.log10(fit.amplitude),
    distortionDb: residualDb(fit),
    span,
  };
}

/**
 * Phase of the same tone in two channels, in degrees from -180 to 180: 0 is in phase, 180 inverted. Measured where one
 * is steady and the other sounds too; undefined where that is nowhere.
 */
export function phaseBetween(
  [one, other]: readonly [Float32Array, Float32Array],
  [toneOne, toneOther]: readonly [Tone, Tone],
  sampleRateHz: number,
): number | undefined {
  for (const span of [toneOne.span, toneOther.span]) {
    const a = fitSine(one, span, toneOne.frequencyHz, sampleRateHz);
    const b = fitSine(other, span, toneOne.frequencyHz, sampleRateHz);
    if (!isAt(a, toneOne) || !isAt(b, toneOther)) continue;
    const degrees = ((b.phase - a.phase) * 180) / Math.PI;
    return degrees - 360 * Math.round(degrees / 360);
  }
  return undefined;
}

/** Whether a stretch holds the tone at its level: no interruption of it, no beep. */
function isAt({ amplitude }: SineFit, { levelDbfs }: Tone): boolean {
  return Math.abs(20 * Math.log10(amplitude) - levelDbfs) <= steadyDb;
}

/** Level of a tone in blocks of 10 ms, as peak of the sine. */
export function toneLevels(samples: Float32Array, frequencyHz: number, sampleRateHz: number): Float64Array {
  const block = Math.round(blockS * sampleRateHz);
  return Float64Array.from({ length: Math.floor(samples.length / block) }, (_, index) => {
    const span = { start: index * block, end: (index + 1) * block };
    return fitSine(samples, span, frequencyHz, sampleRateHz).amplitude;
  });
}

function toneFrequency(samples: Float32Array, sampleRateHz: number): number | undefined {
  const room = samples.length - spectrumSamples;
  if (room < 0) return undefined;
  const found = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const start = Math.floor(room * part);
    return strongestTone(samples.subarray(start, start + spectrumSamples), sampleRateHz);
  });
  const [clearest] = found.sort((a, b) => b.share - a.share);
  return clearest && clearest.share >= leastShare ? clearest.frequencyHz : undefined;
}

function longestSteady(levels: Float64Array, block: number, sampleRateHz: number): Span | undefined {
  const usual = levels.toSorted()[levels.length >> 1] ?? 0;
  const isSteady = (level: number) => Math.abs(20 * Math.log10(level / usual)) <= steadyDb;
  let longest = { from: 0, to: 0 };
  for (let from = 0, at = 0; at <= levels.length; at++) {
    if (at < levels.length && isSteady(levels[at] as number)) continue;
    if (at - from > longest.to - longest.from) longest = { from, to: at };
    from = at + 1;
  }
  // The first and the last block may hold an edge that is too small to show.
  const start = (longest.from + 1) * block;
  const end = Math.min((longest.to - 1) * block, start + longestS * sampleRateHz);
  return end - start >= shortestS * sampleRateHz ? { start, end } : undefined;
}

function residualDb({ amplitude, residualRms }: SineFit): number {
  // 24 bits hold nothing below -140 dB.
  return Math.max(-140, 20 * Math.log10(residualRms / (amplitude / Math.SQRT2)));
}
