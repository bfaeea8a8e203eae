import type { Curves } from './curves.ts';

/** Numbers from 0 to 1 that are the same every time (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What a tape holds, frame by frame: shots with motion, stills and cuts; speech and silence. */
export interface TapeScript {
  frames: number;
  levels: Float32Array[];
  motion: Float32Array;
  sound: Float32Array;
}

/** A tape with cuts, motion of many speeds, still pictures (`stillShare` of the shots) and talking. */
export function tapeScript(frames: number, seed: number, stillShare = 0.3): TapeScript {
  const random = seededNumbers(seed);
  const levels = Array.from({ length: 5 }, () => new Float32Array(frames));
  const motion = new Float32Array(frames);
  const sound = new Float32Array(frames);
  for (let from = 0; from < frames; ) {
    const length = 20 + Math.floor(random() * 250);
    const isStill = random() < stillShare;
    const speed = isStill ? 0 : random() ** 2 * 3;
    const base = levels.map(() => 200 + random() * 500);
    const walk = levels.map(() => 0);
    for (let frame = from; frame < Math.min(frames, from + length); frame++) {
      const step = speed * (0.5 + random());
      motion[frame] = frame === from ? 30 + random() * 60 : step * 2;
      for (const [at, level] of levels.entries()) {
        walk[at] = 0.9 * (walk[at] as number) + (random() - 0.5) * 4 * step;
        level[frame] = (base[at] as number) + (walk[at] as number);
      }
    }
    from += length;
  }
  let loud = 0;
  for (let frame = 0; frame < frames; frame++) {
    if (random() < 0.03) loud = random() < 0.3 ? 0 : random();
    sound[frame] = loud === 0 ? -60 : -40 + loud * 25 + (random() - 0.5) * 10;
  }
  return { frames, levels, motion, sound };
}

/** What a playing does to a tape. */
export interface Playing {
  seed: number;
  /** Frame of the tape for each frame of the pass. */
  frames: Int32Array;
  gain?: number;
  /** Standard deviation of levels, in codes. */
  noise?: number;
  soundGain?: number;
}

/** The curves of one playing, with its own levels, noise and damage. */
export function played(tape: TapeScript, playing: Playing): Curves {
  const { frames, gain = 1, noise = 0.3, soundGain = 0, seed } = playing;
  const random = seededNumbers(seed);
  const gauss = () => random() + random() + random() + random() - 2;
  const count = frames.length;
  let wander = 0;
  const drift = Float32Array.from({ length: count }, () => {
    wander = 0.999 * wander + gauss() * 0.1;
    return wander;
  });
  const noisy = (of: (frame: number) => number, scale: number) =>
    Float32Array.from(frames, (frame, at) => {
      const damage = random() < 0.005 ? random() * 60 : 0;
      return gain * of(frame) + (drift[at] as number) + gauss() * scale * 1.7 + damage;
    });
  const motionOf = (at: number) => {
    const [now, before] = [frames[at] as number, frames[at - 1] ?? (frames[at] as number) - 1];
    let sum = 0;
    for (let frame = Math.min(now, before) + 1; frame <= Math.max(now, before) && sum < 100; frame++) {
      sum += tape.motion[frame] as number;
    }
    return sum;
  };
  return {
    frames: count,
    frameRate: { num: 25, den: 1 },
    curves: [
      ...tape.levels.map((level, at) => ({
        id: `level${at}`,
        values: noisy((frame) => level[frame] as number, noise),
      })),
      {
        id: 'motion',
        values: Float32Array.from(frames, (_, at) => Math.log(4 + motionOf(at) + Math.abs(gauss()) * noise)),
      },
      {
        id: 'sound',
        values: Float32Array.from(frames, (frame) => (tape.sound[frame] as number) + soundGain + gauss()),
      },
    ],
  };
}

/** Frames of a tape from `from` to `to`, of which some are lost, and some come twice. Positions are counted on the tape. */
export function playedFrames(
  from: number,
  to: number,
  faults: readonly { at: number; lost?: number; repeated?: number }[] = [],
): Int32Array {
  const frames: number[] = [];
  for (let frame = from; frame < to; frame++) {
    const fault = faults.find(({ at }) => at === frame);
    if (fault?.lost) {
      frame += fault.lost - 1;
      continue;
    }
    frames.push(frame);
    for (let again = 0; again < (fault?.repeated ?? 0); again++) frames.push(frame);
  }
  return Int32Array.from(frames);
}
