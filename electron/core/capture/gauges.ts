import type { CardReport } from '#core/devices/card-report.ts';
import { createFramePace, type FramePace } from './frame-pace.ts';
import { createQueueTrend } from './queue-trend.ts';

/** One look at a recording. Times are milliseconds of a monotonic clock: the wall clock may be set while a tape plays. */
export interface GaugeSample {
  atMs: number;
  /** Frames that are recorded. */
  frames: number;
  masterBytes: number;
  /** End of what is recorded, in seconds of tape. */
  outTimeS: number | undefined;
  card:
    | (Pick<CardReport, 'queuedFrames' | 'queueCapacityFrames' | 'droppedFrames' | 'capturedFrames'> & {
        /** When the card said so. */
        saidAtMs: number;
      })
    | undefined;
}

export interface GaugeReading {
  lagS: number | null;
  /** What the card can hold while nobody reads, in seconds; assumed where nobody knows. Null: the source can wait. */
  queueS: number | null;
  /** Share of the queue that is taken. */
  filled: number;
  /** Seconds until frames are lost if what waits goes on growing as it does; 0 while they are being lost; null: it does not grow. */
  untilLossS: number | null;
  /** What waits grows so steadily that it is no passing jam. */
  isSteady: boolean;
  masterBitsPerSecond: number;
  /** For how long the master has not grown although frames wait for it. */
  masterStillMs: number;
  /** For how long no frame has come from the source; 0 for one that can wait. */
  sourceStillMs: number;
  framePace: FramePace | undefined;
}

export interface Gauges {
  add(sample: GaugeSample): GaugeReading;
}

/** The rate of the master is taken over this time. */
const rateMs = 5_000;
/** For sources that do not say what they hold: half of what a DeckLink card holds by default (1 GiB, SD at 29 MB/s). */
const assumedQueueS = 20;
/** The recorder tells its count five times a second: only behind this is its silence a lag. */
const silentMs = 1_000;
/** A full queue takes in what it gave out a moment ago: frames that were thrown away within this time are being lost now. */
const losingMs = 5_000;
/** A queue that has thrown frames away and is still so full throws away the next when it likes. */
const nearlyFull = 0.9;
/** A source's clock may run so much slower than ours without being taken for a recorder that falls behind. */
const clockLeeway = 0.001;

/**
 * How far the recorder is behind. A card knows: its queue is the lag. Without one it is the clock against the time of tape
 * that is recorded, from the best moment seen; a source that is not live cannot lag.
 */
export function createGauges(options: {
  framesPerSecond: number;
  live: boolean;
  /** What the source said it holds. */
  queueS: number | undefined;
}): Gauges {
  const { framesPerSecond, live } = options;
  const trend = createQueueTrend();
  const pace = createFramePace(framesPerSecond);
  const bytes: { atMs: number; masterBytes: number }[] = [];
  const grown = createStandstill();
  const came = createStandstill();
  const told = createStandstill();
  const dropped = createStandstill();
  let leastOffsetS = Number.POSITIVE_INFINITY;
  let offsetAtMs = 0;
  let clockLagS: number | null = null;
  /** Of a recorder that was taken back: what an earlier engine saw lost. */
  let droppedAtFirst: number | undefined;

  function lagOf({ card, outTimeS, atMs }: GaugeSample): number | null {
    if (!live) return null;
    if (card) return card.queuedFrames / framesPerSecond;
    if (outTimeS === undefined) return null;
    const silent = told.add(atMs, outTimeS);
    if (silent === 0 || silent > silentMs) {
      const offsetS = atMs / 1000 - outTimeS;
      const sinceS = (atMs - offsetAtMs) / 1000;
      leastOffsetS = Math.min(leastOffsetS + sinceS * clockLeeway, offsetS);
      offsetAtMs = atMs;
      clockLagS = offsetS - leastOffsetS;
    }
    return clockLagS;
  }

  function bitsPerSecond({ atMs, masterBytes }: GaugeSample): number {
    bytes.push({ atMs, masterBytes });
    while ((bytes[0]?.atMs ?? atMs) < atMs - rateMs) bytes.shift();
    const first = bytes[0];
    const elapsedS = (atMs - (first?.atMs ?? atMs)) / 1000;
    return elapsedS > 0 ? Math.max(0, ((masterBytes - (first?.masterBytes ?? 0)) * 8) / elapsedS) : 0;
  }

  /** A forecast says nothing any more where frames are being thrown away: its queue stands still because it is full. */
  function isLosing({ atMs, card }: GaugeSample, filled: number): boolean {
    if (!card) return false;
    const isFirst = droppedAtFirst === undefined;
    droppedAtFirst ??= card.droppedFrames;
    const sinceMs = dropped.add(atMs, card.droppedFrames);
    if (isFirst || card.droppedFrames === 0) return false;
    return (sinceMs < losingMs && card.droppedFrames > droppedAtFirst) || filled >= nearlyFull;
  }

  return {
    add(sample) {
      const { atMs, card, masterBytes, frames } = sample;
      const lagS = lagOf(sample);
      const queueS = queueOf(card);
      const still = grown.add(atMs, masterBytes);
      const sourceStill = came.add(atMs, card?.capturedFrames ?? frames);
      const queue =
        lagS === null || queueS === null
          ? { filled: 0, untilLossS: null, isSteady: false }
          : trend.add(atMs, lagS, queueS);
      return {
        lagS,
        queueS,
        ...queue,
        ...(isLosing(sample, queue.filled) && { untilLossS: 0 }),
        masterBitsPerSecond: bitsPerSecond(sample),
        masterStillMs: card && card.queuedFrames > 0 ? still : 0,
        sourceStillMs: live ? sourceStill : 0,
        framePace: live && card ? pace.add(card.saidAtMs, card.capturedFrames) : undefined,
      };
    },
  };

  function queueOf(card: GaugeSample['card']): number | null {
    if (!live) return null;
    if (card) return card.queueCapacityFrames / framesPerSecond;
    return options.queueS ?? assumedQueueS;
  }
}

/** For how long a value has been the same. */
function createStandstill(): { add(atMs: number, value: number): number } {
  let last: number | undefined;
  let sinceMs = 0;
  return {
    add(atMs, value) {
      if (value !== last) sinceMs = atMs;
      last = value;
      return atMs - sinceMs;
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
