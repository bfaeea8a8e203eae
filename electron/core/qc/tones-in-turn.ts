import { quantileOf } from './quantile.ts';
import { findRuns, lengthOf, type Run } from './runs.ts';

/** A tone that was found in some frames of a tape. */
interface HeardTone {
  hertz: number;
  line: Run;
  /** Of each frame; NaN where there was no tone. */
  frequencies: Float32Array;
  /** How far a frequency may be off and still be the same tone's. */
  sameHz: number;
  /** So long a tone lasts before it counts for one. */
  leastFrames: number;
}

/** Own: what is heard to this distance tells whether tones take turns. */
const besideLines = 3;

/**
 * Whether a tone is one of several that relieve one another, each as steady as it: chords and notes that are held. An oscillator that
 * is still connected stays when they change. To three times its length on each side, the others last for longer than it does.
 */
export function isOneInTurn({ hertz, line, frequencies, sameHz, leastFrames }: HeardTone): boolean {
  const reach = besideLines * lengthOf(line);
  const from = Math.max(0, line.startFrame - reach);
  const to = Math.min(frequencies.length - 1, line.endFrame + reach);
  const isOwn = (one: number) => isKin(one, hertz, sameHz) || isKin(hertz, one, sameHz);
  let [own, others] = [0, 0];
  for (let start = from; start <= to; ) {
    let end = start;
    while (end < to && Math.abs((frequencies[end + 1] as number) - (frequencies[start] as number)) <= sameHz)
      end++;
    const frames = end - start + 1;
    if (isOwn(frequencies[start] as number)) own += frames;
    else if (frames >= leastFrames && !Number.isNaN(frequencies[start])) others += frames;
    start = end + 1;
  }
  return others > own;
}

/** Whether one frequency is another or an overtone of it. */
function isKin(hertz: number, baseHz: number, sameHz: number): boolean {
  const order = Math.max(1, Math.round(hertz / baseHz));
  return Math.abs(hertz / order - baseHz) <= sameHz;
}

/**
 * Whether a tone goes, in sound that is no louder than where it was heard and could not hide it, and comes back: a note of a melody.
 * `quietest`: level of the quietest picture in each frame's window, dBFS; `muteFrames`: by so little, one stretch of it is not parted.
 */
export function comesAgain(
  { hertz, line, frequencies, sameHz, leastFrames }: HeardTone,
  quietest: Float32Array,
  muteFrames: number,
): boolean {
  const isHeard = (frame: number) => Math.abs((frequencies[frame] as number) - hertz) <= sameHz;
  const usual = quantileOf(
    quietest.subarray(line.startFrame, line.endFrame + 1).filter((_, at) => isHeard(line.startFrame + at)),
    0.5,
  );
  return findRuns(frequencies.length, isHeard, { minimumFrames: leastFrames }).some((again) => {
    const [first, second] = again.startFrame < line.startFrame ? [again, line] : [line, again];
    const [from, to] = [first.endFrame + 1, second.startFrame - 1];
    if (to - from + 1 <= muteFrames) return false;
    let gone = 0;
    for (let frame = from; frame <= to; frame++)
      if (!isHeard(frame) && (quietest[frame] as number) <= usual) gone++;
    return gone >= leastFrames;
  });
}

/**
 * Own: a note's partials to this order are heard by themselves; in tune to a thousandth, each louder than this one by so much; for so many frames, more than one
 * reading of the tone takes, and such a share of the line: a voice passes a whole multiple now and then.
 */
const partials = { mostOrder: 10, tuneShare: 0.001, louderDb: 3, frames: 12, share: 0.05 };

/**
 * Whether a tone is a partial of a louder one that is heard where it is, or just before or behind: a note that is held. Two oscillators, or an oscillator and a
 * note, are no whole multiples of each other but by chance. `levels`: of each frame's tone, dBFS.
 */
export function isPartial(
  { hertz, line, frequencies, leastFrames }: HeardTone,
  levels: Float32Array,
): boolean {
  const isHeard = (frame: number) =>
    Math.abs((frequencies[frame] as number) - hertz) <= partials.tuneShare * hertz;
  const own = quantileOf(
    levels.subarray(line.startFrame, line.endFrame + 1).filter((_, at) => isHeard(line.startFrame + at)),
    0.5,
  );
  const isBase = (frame: number) => {
    const base = frequencies[frame] as number;
    const order = Math.round(hertz / base);
    return (
      order >= 2 &&
      order <= partials.mostOrder &&
      Math.abs(hertz - order * base) <= partials.tuneShare * hertz &&
      (levels[frame] as number) >= own + partials.louderDb
    );
  };
  let count = 0;
  const to = Math.min(frequencies.length - 1, line.endFrame + leastFrames);
  for (let frame = Math.max(0, line.startFrame - leastFrames); frame <= to; frame++)
    if (isBase(frame)) count++;
  return count >= Math.max(partials.frames, partials.share * lengthOf(line));
}
