import { fitLine } from './line-fit.ts';

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

const readingsPerMedian = 5;
/** Enough for a line through two hours of one reading a second: beyond it, every other one is left out. */
const mostPoints = 1_000;
const leastPpmS = 30;

/**
 * Drift while a tape plays, from the count of samples against the count of frames. Sound leaves the recorder a few frames before
 * the picture of the same moment, since a picture is encoded first; that lead is there from the start and is no drift. So the
 * first readings say what the lead is, and the latest ones are held against them, each as a median. The rate is the line through
 * all of them.
 */
export function createDriftGauge(): {
  add(come: ComeSoFar): DriftReading;
  end(come: ComeSoFar): DriftReading;
} {
  const first: number[] = [];
  const latest: number[] = [];
  let points: { x: number; y: number }[] = [];
  let every = 1;
  let count = 0;
  let reading: DriftReading = {
    driftMs: null,
    ppm: null,
    ppmUncertainty: null,
    startOffsetMs: null,
    endOffsetMs: null,
  };

  function keep(x: number, y: number): void {
    if (count++ % every !== 0) return;
    points.push({ x, y });
    if (points.length < mostPoints) return;
    points = points.filter((_, at) => at % 2 === 0);
    every *= 2;
  }

  return {
    add({ pictureS, soundS, startOffsetMs }) {
      const offsetMs = (soundS - pictureS) * 1000;
      keep(pictureS, offsetMs);
      reading = { ...reading, startOffsetMs };
      if (first.length < readingsPerMedian) {
        first.push(offsetMs);
        return reading;
      }
      latest.push(offsetMs);
      if (latest.length > readingsPerMedian) latest.shift();
      const fit = pictureS - (points[0]?.x ?? pictureS) >= leastPpmS ? fitLine(points) : undefined;
      reading = {
        ...reading,
        driftMs: Math.round(median(latest) - median(first)),
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

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}
