import type { CardReport } from '#core/devices/card-report.ts';

/** One look at a recording. Times are milliseconds of the wall clock. */
export interface GaugeSample {
  atMs: number;
  masterBytes: number;
  /** End of what is recorded, in seconds of tape, and when the recorder said so. */
  outTimeS: number | undefined;
  saidAtMs: number | undefined;
  card: Pick<CardReport, 'queuedFrames' | 'queueCapacityFrames' | 'droppedFrames'> | undefined;
}

export interface GaugeReading {
  lagS: number | null;
  untilLossS: number | null;
  masterBitsPerSecond: number;
}

export interface Gauges {
  add(sample: GaugeSample): GaugeReading;
}

/** Trends are taken over this time: shorter shows noise, longer warns late. */
const trendMs = 5_000;

/**
 * How far the recorder is behind. A card knows: its queue is the lag. Without one it is the wall clock against the time of
 * tape that is recorded, from the best moment seen; a source that is not live cannot lag.
 */
export function createGauges(options: { framesPerSecond: number; live: boolean }): Gauges {
  const { framesPerSecond, live } = options;
  const samples: (GaugeSample & { lagS: number | null })[] = [];
  let leastOffsetS = Number.POSITIVE_INFINITY;

  function lagOf({ card, outTimeS, saidAtMs }: GaugeSample): number | null {
    if (!live) return null;
    if (card) return card.queuedFrames / framesPerSecond;
    if (outTimeS === undefined || saidAtMs === undefined) return null;
    const offsetS = saidAtMs / 1000 - outTimeS;
    leastOffsetS = Math.min(leastOffsetS, offsetS);
    return offsetS - leastOffsetS;
  }

  return {
    add(sample) {
      const lagS = lagOf(sample);
      samples.push({ ...sample, lagS });
      while ((samples[0]?.atMs ?? 0) < sample.atMs - trendMs) samples.shift();
      const first = samples[0] ?? { ...sample, lagS };
      const elapsedS = (sample.atMs - first.atMs) / 1000;
      const bytes = sample.masterBytes - first.masterBytes;
      return {
        lagS,
        untilLossS: untilLoss(sample, first, elapsedS),
        masterBitsPerSecond: elapsedS > 0 ? Math.max(0, (bytes * 8) / elapsedS) : 0,
      };
    },
  };
}

function untilLoss({ card }: GaugeSample, first: GaugeSample, elapsedS: number): number | null {
  // Over less than a second one late report would look like a trend.
  if (!card || !first.card || elapsedS < 1) return null;
  const growth = (card.queuedFrames - first.card.queuedFrames) / elapsedS;
  if (growth <= 0) return null;
  return Math.max(0, card.queueCapacityFrames - card.queuedFrames) / growth;
}

/** An alarm that is raised once and falls silent only when things are clearly better, so that it does not flutter. */
export interface Latch {
  /** True at the moment at which the alarm is to be raised. */
  update(conditions: { isBad: boolean; isGood: boolean }): boolean;
}

export function createLatch(): Latch {
  let raised = false;
  return {
    update({ isBad, isGood }) {
      if (isBad && !raised) {
        raised = true;
        return true;
      }
      if (isGood) raised = false;
      return false;
    },
  };
}

/**
 * Bytes that must stay free so that a recording can be ended in order: `reserveS` seconds at the present rate, the index
 * (about 40 bytes a frame with room to spare), the hash lists, and a floor for everything small.
 */
export function reserveBytes(options: {
  bitsPerSecond: number;
  frames: number;
  reserveS: number;
  floorBytes: number;
}): number {
  return (options.bitsPerSecond / 8) * options.reserveS + options.frames * 40 + options.floorBytes;
}
