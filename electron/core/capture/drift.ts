import { createLineFit } from './line-fit.ts';

/** How far sound and picture are apart. Sound minus picture: positive where there is more sound. */
export interface DriftReading {
  /** What has come together since the start, the recorder's own lead of the sound left out. */
  driftMs: number | null;
  /** The rate at which it grows, in parts of a million of the time played; null before it can be told. */
  ppm: number | null;
  /** Three standard errors of it. */
  ppmUncertainty: number | null;
  /** How much later the sound begins than the picture. */
  startOffsetMs: number | null;
  /** Where both ended; known when the recording is over. */
  endOffsetMs: number | null;
}

/** What of sound and picture has come, counted from the first frame on. */
export interface ComeSoFar {
  pictureS: number;
  soundS: number;
  startOffsetMs: number | null;
}

/** Ten seconds at five readings a second: both lists are read in mid growth, which is off by up to two blocks either way. */
const readingsPerMean = 50;
const leastPpmS = 30;

/**
 * Drift while a tape plays, from the count of samples against the count of frames. Sound leaves the recorder a few frames before
 * the picture of the same moment, since a picture is encoded first; that lead is there from the start and is no drift. So the
 * first readings say what the lead is, and the latest ones are held against them, each as a mean. The rate is the line through
 * all of them.
 */
export function createDriftGauge(): {
  add(come: ComeSoFar): DriftReading;
  end(come: ComeSoFar): DriftReading;
} {
  const first: number[] = [];
  const latest: number[] = [];
  const line = createLineFit();
  let beganS: number | undefined;
  let lead: number | undefined;
  let reading: DriftReading = {
    driftMs: null,
    ppm: null,
    ppmUncertainty: null,
    startOffsetMs: null,
    endOffsetMs: null,
  };

  return {
    add({ pictureS, soundS, startOffsetMs }) {
      const offsetMs = (soundS - pictureS) * 1000;
      beganS ??= pictureS;
      const through = line.add(pictureS, offsetMs);
      reading = { ...reading, startOffsetMs };
      if (first.length < readingsPerMean) {
        first.push(offsetMs);
        return reading;
      }
      lead ??= middleMean(first);
      latest.push(offsetMs);
      if (latest.length > readingsPerMean) latest.shift();
      const fit = pictureS - beganS >= leastPpmS ? through : undefined;
      reading = {
        ...reading,
        driftMs: Math.round(middleMean(latest) - lead),
        // A millisecond in a second is a thousand parts in a million.
        ppm: fit ? Math.round(fit.slope * 1000) : null,
        ppmUncertainty: fit ? Math.round(3 * fit.slopeError * 1000) : null,
      };
      return reading;
    },
    end({ pictureS, soundS, startOffsetMs }) {
      const endMs = Math.round((soundS - pictureS) * 1000);
      return { ...reading, driftMs: endMs, startOffsetMs, endOffsetMs: endMs + (startOffsetMs ?? 0) };
    },
  };
}

/** Mean without the fifth that is least and the fifth that is most. */
function middleMean(values: readonly number[]): number {
  const fifth = Math.floor(values.length / 5);
  const middle = values.toSorted((a, b) => a - b).slice(fifth, values.length - fifth);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
