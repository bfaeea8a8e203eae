import type { SoundFormat } from './instrument.ts';

/** Of a picture's length: times that are this near to an even rate are even. Matroska rounds to the millisecond, a thirtieth. */
const evenShare = 0.3;
/** Of a picture's length: less is a time that a file lacks or has twice, and no picture that stood so shortly. */
const leastShare = 0.1;
/** A longer one is a jump of the clock, and no picture that stands. */
export const longestStandS = 30;

/** Where the sound of each picture begins and ends, in samples behind the first picture: see `createPictureStarts`. */
export interface PictureStarts {
  /** Pictures come in order; numbers that are left out are taken for pictures at an even rate. */
  add(frame: number, timeS: number): void;
  /** No more pictures: what follows the last goes on at an even rate. */
  end(): void;
  startOf(frame: number): number;
  /** Undefined while it is not known when the next picture begins. */
  endOf(frame: number): number | undefined;
  /** The picture ends at an even rate, whenever the next begins. */
  goOn(frame: number): void;
  /** The pictures before this one are done with. */
  forgetBefore(frame: number): void;
}

/**
 * Pictures are numbered by their order and sound runs on in time: a picture's sound is what is heard while it stands, so behind frames that
 * were lost, or at a rate that varies, both stay together. Times that are nearly even count as even: then pieces differ by a sample at most.
 */
export function createPictureStarts({ sampleRateHz, frameRate }: SoundFormat): PictureStarts {
  const samplesOf = (frames: number): number => (frames * sampleRateHz * frameRate.den) / frameRate.num;
  const picture = samplesOf(1);
  /** Starts of the pictures from `first` on, as far as they are known. */
  const starts: number[] = [];
  let first = 0;
  /** From here on pictures come at an even rate. */
  let anchor = { frame: 0, sample: 0 };
  let hasEnded = false;

  const evenStart = (frame: number): number => anchor.sample + samplesOf(frame - anchor.frame);
  const startOf = (frame: number): number => starts[frame - first] ?? evenStart(frame);

  return {
    startOf: (frame) => Math.round(startOf(frame)),
    endOf(frame) {
      const next = starts[frame + 1 - first] ?? (hasEnded ? evenStart(frame + 1) : undefined);
      if (next === undefined) return undefined;
      const start = startOf(frame);
      return Math.round(next - start > longestStandS * sampleRateHz ? start + picture : next);
    },
    add(frame, timeS) {
      for (let between = first + starts.length; between < frame; between++) starts.push(evenStart(between));
      // Sound went on without it.
      if (frame < first + starts.length) return;
      const sample = timeS * sampleRateHz;
      const isEven = Math.abs(sample - evenStart(frame)) <= evenShare * picture;
      const isBehindLast = frame === 0 || sample - startOf(frame - 1) >= leastShare * picture;
      if (!isEven && isBehindLast) anchor = { frame, sample };
      starts.push(evenStart(frame));
    },
    goOn(frame) {
      while (first + starts.length <= frame + 1) starts.push(evenStart(first + starts.length));
    },
    end() {
      hasEnded = true;
    },
    forgetBefore(frame) {
      const done = Math.min(starts.length, frame - first);
      if (done > 0) starts.splice(0, done);
      first = Math.max(first, frame);
    },
  };
}
