import { isHarmonic, isOscillator } from './known-tones.ts';
import { quantileOf } from './quantile.ts';
import type { LastingLine } from './steady-line.ts';
import { comesAgain, isOneInTurn, isPartial } from './tones-in-turn.ts';

/** A tone of one frequency and the sound that it was found in, a value a frame. */
export interface ToneInSound {
  hertz: number;
  /** Of each frame's tone, whichever it was; NaN where there was none. */
  frequencies: Float32Array;
  levels: Float32Array;
  rms: Float32Array;
  peak: Float32Array;
  /** Root mean square of the quietest picture in each frame's window. */
  quietest: Float32Array;
  /** So many frames a tone lasts, and so many one that is exact. */
  leastFrames: number;
  exactFrames: number;
  /** Loud sound hides it for so long and does not end it. */
  muteFrames: number;
}

/** What tells an oscillator from notes; see the limits of the check tone-leak. */
type LeakLimits = Record<
  | 'sameHz'
  | 'spreadHz'
  | 'spreadDb'
  | 'exactHz'
  | 'exactDb'
  | 'returnDb'
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
  | 'hiddenDb',
  number
>;

/** Whether a line is one of notes: it wanders in frequency or level, passes, is the partial of another, or takes turns with others. */
export function isOfNotes(line: LastingLine, tone: ToneInSound, limits: LeakLimits): boolean {
  const { hertz, frequencies, rms, leastFrames } = tone;
  const { startFrame, endFrame, levelDbfs } = line;
  const isHeard = (frame: number) =>
    Math.abs((frequencies[frame] as number) - hertz) <= limits.sameHz &&
    Number.isFinite(tone.levels[frame] as number);
  const ofLine = (column: Float32Array) =>
    column.subarray(startFrame, endFrame + 1).filter((_, at) => isHeard(startFrame + at));
  const [hertzes, levels] = [ofLine(frequencies), ofLine(tone.levels)];
  const [mostHz, mostDb] =
    levels.length < leastFrames ? [limits.exactHz, limits.exactDb] : [limits.spreadHz, limits.spreadDb];
  const belowDb = quantileOf(rms.subarray(startFrame, endFrame + 1), 0.1) - levelDbfs;
  // What passes in the midst of a tape passed by chance, or was a note; none is played at the frequency of an oscillator.
  const isShort =
    !isOscillator(hertz) && levels.length < leastFrames && startFrame > 0 && endFrame < rms.length - 1;
  const hidden =
    belowDb > limits.deepDb ? limits.deepHz : belowDb > limits.buriedDb ? limits.buriedHz : mostHz;
  const spreadDb = spreadOf(levels);
  const heard = { hertz, line, frequencies, sameHz: limits.sameHz, leastFrames: tone.exactFrames };
  return (
    isShort ||
    spreadOf(hertzes) > Math.min(mostHz, hidden) ||
    spreadDb > mostDb ||
    isPartial(heard, tone.levels) ||
    isOneInTurn(heard) ||
    (spreadDb > limits.returnDb && comesAgain(heard, tone.quietest, tone.muteFrames))
  );
}

/** Whether a line is the sound itself, or one of the tones of a sound that never changes: a drone, a chord that is held. */
export function isOfSound(
  { startFrame, endFrame, levelDbfs }: LastingLine,
  { hertz, rms, peak }: ToneInSound,
  limits: LeakLimits,
): boolean {
  const around = rms.subarray(startFrame, endFrame + 1);
  const overDb = quantileOf(around, 0.5) - levelDbfs;
  const rangeDb = spreadOf(around);
  const isTest = isOscillator(hertz);
  const crestDb = quantileOf(
    peak.subarray(startFrame, endFrame + 1).map((level, at) => level - (around[at] as number)),
    0.5,
  );
  const isChord =
    rangeDb < (isTest ? limits.oscillatorRangeDb : limits.chordDb) &&
    overDb < (isTest ? limits.oscillatorOverDb : limits.chordOverDb) &&
    crestDb < limits.chordCrestDb;
  if (isChord) return true;
  return overDb < limits.ownDb
    ? levelDbfs > limits.ownDbfs && rangeDb < limits.droneDb
    : overDb > limits.hiddenDb && rangeDb < limits.evenDb && !isTest;
}

type Line = LastingLine & { hertz: number };

/** An overtone belongs to the tone below it, of which now the one and now the other was clearer. */
export function withoutOvertones(lines: readonly Line[]): Line[] {
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

/** From the 10th to the 90th percentile. */
function spreadOf(values: Float32Array): number {
  return quantileOf(values, 0.9) - quantileOf(values, 0.1);
}
