import { createGates } from './gates.ts';
import { audioColumn } from './measures.ts';
import { lengthOf, type Run } from './runs.ts';
import { framesIn, type Series } from './series.ts';

/** What a hole needs to be one; see the limits of the check audio-dropout. */
type HoleLimits = Record<
  'fallDb' | 'riseDb' | 'suddenShare' | 'waveDb' | 'holeSeconds' | 'fallsPerSecond',
  number
>;

/** Where it is, and how steep both its ends are. */
export interface SuddenHole extends Run {
  fallDb: number;
  riseDb: number;
}

/** Own: pictures whose sound stands for what is beside a hole. */
const beside = 3;
/** Own: what comes behind a hole is as loud as what was before it, music's beats allowed for. */
const mostBesideDb = 12;
/** Own: softer sound has nothing to miss in it. */
const softestDbfs = -50;
/** Own: hiss stays at its level, a tail of sound does not. */
const mostSpreadDb = 4;
/** Own: to this distance other falls tell whether they are how a sound is made, somewhat softer ones among them; as few as these do not, nor do falls that are far less steep. */
const usual = { seconds: 10, falls: 3, lessDb: 5, farLessDb: 12 };
/** Own: of the depth, for a rise that a picture holds the first milliseconds of; a voice that begins slowly takes a picture as well. */
const wholeShare = 0.65;
/** Own: by so few falls near a hole, itself included, that its own may be weaker than one must be; and so deep it is then, which words do not sink between their syllables. */
const weak = { mostFalls: 2, depthDb: 25 };
/**
 * Own: a sound that is as quiet elsewhere, to so many decibels, pauses by itself. A voice ends some of its words by half of the whole fall within
 * some milliseconds; what was cut off falls by nearly all of it.
 */
const pausing = { quietDb: 3, suddenShare: 0.65 };
/** Own, frames: how well rests keep time, in their distance and in their length. */
const inTime = { distance: 2, length: 1 };

/**
 * Where all of the sound of a channel falls within some milliseconds to what the tape itself makes, and comes back as abruptly before a second is over. The level
 * that it falls to tells nothing by itself: on a good tape in a good pause it is the same. No room, voice or string falls so fast; a
 * synthesiser or a gate does, but goes on doing so. An edit of the picture at both ends makes it one of the sound too.
 */
export function findSuddenHoles(series: Series, channel: number, limits: HoleLimits): SuddenHole[] {
  const { frames } = series;
  const fall = series.column(audioColumn('fallDb', channel));
  const rise = series.column(audioColumn('riseDb', channel));
  const treble = series.column(audioColumn('floorDbfs', channel));
  const level = levelsOf(series, channel);
  const mostFrames = framesIn(series, limits.holeSeconds);
  const holes: (SuddenHole & { isWeak: boolean; levelDbfs: number; depthDb: number })[] = [];
  const falls: { frame: number; fallDb: number }[] = [];
  for (let at = beside; at < frames; at++) {
    if (!((fall[at] as number) >= limits.fallDb - usual.lessDb)) continue;
    const beforeDbfs = meanLevel(level, at - beside, at - 1);
    const isLow = (frame: number) => (level[frame] as number) <= beforeDbfs - limits.fallDb;
    // One that does not end in quiet is a beat or a click. One at the end of a picture is seen in the next one as well.
    if (isLow(at + 1) && at - (falls.at(-1)?.frame ?? -2) > 1)
      falls.push({ frame: at, fallDb: fall[at] as number });
    let end = at + 1;
    while (end < frames && end - at <= mostFrames && isLow(end)) end++;
    // A picture whose last milliseconds have the sound again is as a whole louder than the hole, and still far softer than the sound.
    const endsWithin = end - at > 2 && isLoudAgain(level, at + 1, end - 1);
    if (endsWithin) end--;
    if (end === at + 1 || end - at > mostFrames || end + beside >= frames) continue;
    const [low, high] = rangeOf(level, at + 1, end - 1);
    const afterDbfs = meanLevel(level, end + 1, end + beside);
    const depthDb = Math.min(beforeDbfs, afterDbfs) - high;
    const riseDb = Math.max(...[end - 1, end, end + 1].map((frame) => rise[frame] as number));
    const edgeDb = Math.max(limits.fallDb, limits.suddenShare * depthDb);
    const fallDb = fall[at] as number;
    // Low notes swing within 20 ms, and what they swing by is taken off the fall: then the rise, which loses nothing, says how sudden both are.
    const isWeak = fallDb < edgeDb;
    // With both ends in doubt it is a pause in which a voice begins anew.
    if (
      isWeak &&
      (endsWithin ||
        depthDb < weak.depthDb ||
        !(fallDb >= edgeDb - limits.waveDb && fallDb + riseDb >= 2 * edgeDb))
    )
      continue;
    if (
      beforeDbfs < softestDbfs ||
      depthDb < limits.fallDb ||
      high - low > mostSpreadDb ||
      Math.abs(beforeDbfs - afterDbfs) > mostBesideDb ||
      !(riseDb >= Math.max(limits.riseDb, (endsWithin ? wholeShare : limits.suddenShare) * depthDb))
    )
      continue;
    // Pictures that hold the ends of the hole hold some milliseconds of it, too.
    const [, floorDbfs] = rangeOf(treble, at + 1, end - 1);
    const holds = (frame: number) => (treble[frame] as number) <= floorDbfs + mostSpreadDb;
    holes.push({
      startFrame: holds(at) ? at : at + 1,
      endFrame: holds(end) ? end : end - 1,
      fallDb,
      riseDb,
      isWeak,
      levelDbfs: high,
      depthDb,
    });
    at = end;
  }
  const { cut } = createGates(series);
  const isCut = (frame: number) => [-1, 0, 1].some((away) => cut[frame + away] === 1);
  return holes.filter(
    (hole, at) =>
      !isUsual(falls, hole, series, limits, hole.isWeak ? weak.mostFalls : undefined) &&
      ((!hole.isWeak && hole.fallDb >= pausing.suddenShare * hole.depthDb) ||
        !isQuietElsewhere(level, holes, at, framesIn(series, usual.seconds))) &&
      !keepsTime(holes, at) &&
      !(isCut(hole.startFrame) && isCut(hole.endFrame + 1)),
  );
}

/** Level of each picture without its direct current. */
function levelsOf(series: Series, channel: number): Float32Array {
  const rms = series.column(audioColumn('rmsDbfs', channel));
  const offset = series.column(audioColumn('dcOffset', channel));
  return rms.map((decibels, frame) => {
    const power = 10 ** (decibels / 10) - (offset[frame] || 0) ** 2;
    return power > 0 ? 10 * Math.log10(power) : Number.NEGATIVE_INFINITY;
  });
}

/** Mean power from one picture to another, both inclusive. */
function meanLevel(level: Float32Array, from: number, to: number): number {
  let power = 0;
  for (let frame = from; frame <= to; frame++) power += 10 ** ((level[frame] as number) / 10);
  return 10 * Math.log10(power / (to - from + 1));
}

function rangeOf(column: Float32Array, from: number, to: number): [low: number, high: number] {
  const values = column.subarray(from, to + 1);
  return [Math.min(...values), Math.max(...values)];
}

/** Whether the last picture of a run, and it alone, is louder than what lies in a hole. */
function isLoudAgain(level: Float32Array, from: number, last: number): boolean {
  const [low, high] = rangeOf(level, from, last - 1);
  return high - low <= mostSpreadDb && (level[last] as number) > low + mostSpreadDb;
}

/** Whether such falls come so often around a hole that they are how this sound is made. */
function isUsual(
  falls: readonly { frame: number; fallDb: number }[],
  hole: SuddenHole,
  series: Series,
  limits: Pick<HoleLimits, 'fallsPerSecond'>,
  most?: number,
): boolean {
  const reach = framesIn(series, usual.seconds);
  const from = Math.max(0, hole.startFrame - reach);
  const to = Math.min(series.frames, hole.startFrame + reach);
  const count = falls.filter(
    ({ frame, fallDb }) => frame >= from && frame < to && fallDb >= hole.fallDb - usual.farLessDb,
  ).length;
  return count > (most ?? Math.max(usual.falls, ((to - from) / framesIn(series, 1)) * limits.fallsPerSecond));
}

/** Whether the sound near a hole is as quiet outside of all holes: then it pauses by itself. */
function isQuietElsewhere(
  level: Float32Array,
  holes: readonly (Run & { levelDbfs: number })[],
  at: number,
  reach: number,
): boolean {
  const { startFrame, endFrame, levelDbfs } = holes[at] as Run & { levelDbfs: number };
  const from = Math.max(0, startFrame - reach);
  const to = Math.min(level.length - 1, endFrame + reach);
  let first = at;
  while (first > 0 && (holes[first - 1] as Run).endFrame >= from - 1) first--;
  for (let frame = from; frame <= to; frame++) {
    // The pictures at both ends of a hole hold some of it.
    while (first < holes.length && (holes[first] as Run).endFrame + 1 < frame) first++;
    if (first < holes.length && frame >= (holes[first] as Run).startFrame - 1) continue;
    if ((level[frame] as number) <= levelDbfs + pausing.quietDb) return true;
  }
  return false;
}

/** Whether it is one of three of one length in equal time: rests of music. */
function keepsTime(holes: readonly Run[], at: number): boolean {
  return [at - 1, at, at + 1].some((middle) => {
    const three = holes.slice(Math.max(0, middle - 1), middle + 2);
    if (middle < 1 || three.length < 3) return false;
    const [first, second, third] = three as [Run, Run, Run];
    const distances = [second.startFrame - first.startFrame, third.startFrame - second.startFrame] as const;
    const lengths = three.map(lengthOf);
    return (
      Math.abs(distances[0] - distances[1]) <= inTime.distance &&
      Math.max(...lengths) - Math.min(...lengths) <= inTime.length
    );
  });
}
