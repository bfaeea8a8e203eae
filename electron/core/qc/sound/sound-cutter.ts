import type { SoundFormat, SoundPiece } from './instrument.ts';
import { createPictureStarts, longestStandS } from './picture-starts.ts';

/** Matroska rounds times to the millisecond, and clocks of sound and picture differ by little: less than this is no hole. */
const toleranceS = 0.05;
/** A longer jump is no hole in the sound but a jump of the clock. */
const longestHoleS = 60;

/** Cuts a stream of interleaved samples into the sound of each picture. */
export interface SoundCutter {
  /** A picture begins, so many seconds after the first. Numbers are those of the rows. */
  picture(frame: number, timeS: number): void;
  /** There are no more of them, or none at all: sound is cut at an even rate. */
  picturesEnded(): void;
  /** Samples of all channels in turn, which begin at `timeS` after the first picture. */
  write(samples: Float32Array, timeS: number): void;
  /** From now on sound is left out: what comes later is where its time says, with nothing in between. */
  leaveGaps(): void;
  end(): void;
}

/** Sound without a hole: samples from `from` to `to`, behind the first picture. */
interface Stretch {
  from: number;
  to: number;
  /** Samples of each channel begin at `at` in it. */
  memory: Float32Array[];
  at: number;
}

/**
 * Gives out one piece a picture, whole and in order: what is heard while it stands. It waits for the next picture, which tells for how long. A hole
 * in the times of the file is silence, as players make of it; behind a gap (`onGap`) pictures have no sound at all. Memory of pieces is used again.
 */
export function createSoundCutter(
  format: SoundFormat,
  on: { piece(frame: number, piece: SoundPiece): void; gap(): void; end(): void },
): SoundCutter {
  const { channels, sampleRateHz } = format;
  const pictures = createPictureStarts(format);
  const stretches: Stretch[] = [];
  let frame = 0;
  let position = 0;
  let [isBegun, hasGaps, hasEnded, isDone] = [false, false, false, false];

  function give(stretch: Stretch, from: number, to: number): void {
    const at = stretch.at + from - stretch.from;
    on.piece(
      frame,
      stretch.memory.map((channel) => channel.subarray(at, at + to - from)),
    );
  }

  function goOn(): void {
    frame += 1;
    pictures.forgetBefore(frame);
  }

  /** Gives out all that is whole. */
  function cut(): void {
    for (let stretch = stretches[0]; stretch; stretch = stretches[0]) {
      const from = pictures.startOf(frame);
      const to = pictures.endOf(frame);
      forget(stretch, from);
      if (to === undefined) {
        if (stretch.to - stretch.from < longestStandS * sampleRateHz) return;
        pictures.goOn(frame);
      } else if (to <= stretch.to) {
        if (from >= stretch.from) give(stretch, from, to);
        forget(stretch, to);
        goOn();
      } else if (stretches.length > 1) {
        stretches.shift();
        on.gap();
      } else {
        if (hasEnded) finish(stretch, from, to);
        return;
      }
    }
    if (hasEnded) finish();
  }

  /** The end of the sound is rarely that of a picture: half a piece says enough of it. */
  function finish(rest?: Stretch, from = 0, to = 0): void {
    if (isDone) return;
    isDone = true;
    if (rest && from >= rest.from && 2 * (rest.to - from) >= to - from) give(rest, from, rest.to);
    on.end();
  }

  return {
    picture(number, timeS) {
      pictures.add(number, timeS);
      cut();
    },
    picturesEnded() {
      pictures.end();
      cut();
    },
    leaveGaps() {
      hasGaps = true;
    },
    write(samples, timeS) {
      const start = Math.round(timeS * sampleRateHz);
      const ahead = start - position;
      if (ahead > toleranceS * sampleRateHz) {
        const isHole = isBegun && !hasGaps && ahead < longestHoleS * sampleRateHz;
        if (!isHole) {
          stretches.push(stretchFrom(start, channels));
          position = start;
        }
        for (let left = isHole ? ahead : 0; left > 0; left -= sampleRateHz) {
          append(stretches.at(-1), new Float32Array(Math.min(left, sampleRateHz) * channels));
        }
      } else if (!isBegun) {
        position = Math.min(0, start);
        stretches.push(stretchFrom(position, channels));
      }
      isBegun = true;
      append(stretches.at(-1), samples);
    },
    end() {
      hasEnded = true;
      cut();
    },
  };

  function append(stretch: Stretch | undefined, samples: Float32Array): void {
    if (!stretch) return;
    const count = samples.length / channels;
    const filled = makeRoom(stretch, count);
    for (const [channel, into] of stretch.memory.entries()) {
      let from = channel;
      for (let to = filled; to < filled + count; to++, from += channels) into[to] = samples[from] as number;
    }
    stretch.to += count;
    position += count;
    cut();
  }
}

function stretchFrom(sample: number, channels: number): Stretch {
  return {
    ...{ from: sample, to: sample, at: 0 },
    memory: Array.from({ length: channels }, () => new Float32Array(0)),
  };
}

/** Samples before `sample` have been given out. */
function forget(stretch: Stretch, sample: number): void {
  const passed = Math.max(0, Math.min(sample, stretch.to) - stretch.from);
  stretch.from += passed;
  stretch.at += passed;
}

/** Makes room behind the samples that are there; gives the place of the first new one. */
function makeRoom(stretch: Stretch, count: number): number {
  const kept = stretch.to - stretch.from;
  const capacity = stretch.memory[0]?.length ?? 0;
  if (stretch.at + kept + count <= capacity) return stretch.at + kept;
  const isFull = 2 * (kept + count) > capacity;
  stretch.memory = stretch.memory.map((channel) => {
    if (!isFull) return channel.copyWithin(0, stretch.at, stretch.at + kept);
    const larger = new Float32Array(4 * (kept + count));
    larger.set(channel.subarray(stretch.at, stretch.at + kept));
    return larger;
  });
  stretch.at = 0;
  return kept;
}
