import type { SoundFormat, SoundPiece } from './instrument.ts';
import { firstSampleOf } from './sound-pieces.ts';

/** Matroska rounds times to the millisecond, and clocks of sound and picture differ by little: less than this is no hole. */
const toleranceS = 0.05;
/** A longer jump is no hole in the sound but a jump of the clock. */
const longestHoleS = 60;

/** Cuts a stream of interleaved samples into the sound of each picture. */
export interface SoundCutter {
  /** Samples of all channels in turn, which begin at `timeS` after the first picture. */
  write(samples: Float32Array, timeS: number): void;
  /** From now on sound is left out: what comes later is where its time says, with nothing in between. */
  leaveGaps(): void;
  end(): void;
}

/**
 * Gives out one piece a picture, whole and in order. A hole in the times of the file is silence, as players make of it;
 * behind a gap (`onGap`) pictures have no sound at all. Pieces are used again.
 */
export function createSoundCutter(
  format: SoundFormat,
  on: { piece(frame: number, piece: SoundPiece): void; gap(): void },
): SoundCutter {
  const { channels, sampleRateHz, frameRate } = format;
  const firstOf = (frame: number): number => firstSampleOf(frame, sampleRateHz, frameRate);
  const longest = Math.ceil((sampleRateHz * frameRate.den) / frameRate.num) + 1;
  const memory = Array.from({ length: channels }, () => new Float32Array(longest));
  let frame = 0;
  /** Samples of the piece that are there, and those it has when it is whole. */
  let filled = 0;
  let length = firstOf(1);
  let position = 0;
  let isBegun = false;
  let hasGaps = false;

  const give = (samples: number): void => {
    on.piece(
      frame,
      memory.map((channel) => channel.subarray(0, samples)),
    );
  };

  function goOn(): void {
    give(length);
    frame += 1;
    filled = 0;
    length = firstOf(frame + 1) - firstOf(frame);
  }

  function addSilence(samples: number): void {
    for (let left = samples; left > 0; ) {
      const now = Math.min(left, length - filled);
      for (const channel of memory) channel.fill(0, filled, filled + now);
      filled += now;
      left -= now;
      if (filled === length) goOn();
    }
    position += samples;
  }

  /** Goes to the first picture that begins at or behind `sample`. */
  function jumpTo(sample: number): void {
    frame = Math.max(frame, Math.ceil((sample * frameRate.num) / (sampleRateHz * frameRate.den)));
    while (firstOf(frame) < sample) frame += 1;
    filled = 0;
    length = firstOf(frame + 1) - firstOf(frame);
    position = sample;
    on.gap();
  }

  return {
    leaveGaps() {
      hasGaps = true;
    },
    write(samples, timeS) {
      const count = samples.length / channels;
      const start = Math.round(timeS * sampleRateHz);
      const ahead = start - position;
      if (ahead > toleranceS * sampleRateHz) {
        const isHole = isBegun && !hasGaps && ahead < longestHoleS * sampleRateHz;
        if (isHole) addSilence(ahead);
        else jumpTo(start);
      }
      // What was played before the first picture belongs to none.
      const early = isBegun ? 0 : Math.min(count, Math.max(0, -start));
      isBegun = true;
      // Behind a jump the piece begins later than the samples.
      let at = early + (filled === 0 ? Math.max(0, firstOf(frame) - position) : 0);
      position += count - early;
      while (at < count) {
        const now = Math.min(count - at, length - filled);
        for (let channel = 0; channel < channels; channel++) {
          const into = memory[channel] as Float32Array;
          let from = at * channels + channel;
          for (let to = filled; to < filled + now; to++, from += channels) into[to] = samples[from] as number;
        }
        filled += now;
        at += now;
        if (filled === length) goOn();
      }
    },
    end() {
      // The end of the sound is rarely that of a picture: half a piece says enough of it.
      if (filled * 2 >= length) give(filled);
    },
  };
}
