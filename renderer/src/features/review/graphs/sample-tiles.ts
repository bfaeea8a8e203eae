import type { DrawnSamples } from '#shared/domain/drawn-samples.ts';
import type { FrameRange } from '../../../ui/graph/scale.ts';
import { createWantedStore } from './wanted-store.ts';

/** Frames of a piece, level by level. From 100 on the store has a pyramid; below it reads every sample. */
const levels = [1, 4, 16, 100, 400, 1600];
const tilePieces = 1024;
/** A piece of the pyramid may be this many pixels wide before samples themselves are read: that takes the engine far longer. */
const widestPyramidPiece = 2.5;
const overviewPieces = 4000;
const keptTiles = 80;
const atOnce = 2;

type FetchSamples = (
  range: { from: number; to: number; points: number },
  signal: AbortSignal,
) => Promise<DrawnSamples>;

/** Samples of the lanes of one pass: all of it at once roughly, and tiles of what is looked at as finely as the screen shows. */
export interface SampleTiles {
  /** All of the pass; undefined until it is there. */
  overview(): DrawnSamples | undefined;
  /** What is there of a range, the coarsest first: each is drawn over the one before. */
  inSight(range: FrameRange, framesPerPixel: number): DrawnSamples[];
  /** Says what is looked at: what is missing of it is fetched, the middle first, and what nobody wants any more is given up. */
  want(range: FrameRange, framesPerPixel: number): void;
  /** Calls after each answer; returns what ends that. */
  onArrival(listener: () => void): () => void;
  close(): void;
}

/** Frames of a piece that suit this many frames to a pixel. */
export function levelFor(framesPerPixel: number): number {
  const suits = (level: number) => level <= framesPerPixel * (level >= 100 ? widestPyramidPiece : 1);
  return levels.findLast(suits) ?? 1;
}

/** `onError` where an answer fails; that tile is not asked for again. */
export function createSampleTiles(
  frames: number,
  fetchSamples: FetchSamples,
  onError: (error: unknown) => void,
): SampleTiles {
  const closing = new AbortController();
  const listeners = new Set<() => void>();
  const arrived = () => {
    for (const listener of listeners) listener();
  };
  const tiles = createWantedStore<DrawnSamples>({
    fetchPiece(key, signal) {
      const [level = 1, index = 0] = key.split('/').map(Number);
      const from = index * tilePieces * level;
      const to = Math.min(frames, from + tilePieces * level);
      return fetchSamples({ from, to: to - 1, points: Math.max(1, Math.floor((to - from) / level)) }, signal);
    },
    atOnce,
    kept: keptTiles,
    onArrival: arrived,
    onError,
  });
  let whole: DrawnSamples | undefined;

  const points = Math.min(overviewPieces, frames);
  fetchSamples({ from: 0, to: frames - 1, points }, closing.signal).then(
    (samples) => {
      whole = samples;
      arrived();
    },
    (error: unknown) => closing.signal.aborted || onError(error),
  );
  const overviewLevel = frames / points;

  return {
    overview: () => whole,
    inSight(range, framesPerPixel) {
      const finest = levelFor(framesPerPixel);
      const found = whole ? [whole] : [];
      for (const level of levels.toReversed()) {
        if (level >= overviewLevel || level < finest) continue;
        for (const key of keysOf(level, range, frames)) {
          const tile = tiles.get(key);
          if (tile) found.push(tile);
        }
      }
      return found;
    },
    want(range, framesPerPixel) {
      const level = levelFor(framesPerPixel);
      const margin = (range.to - range.from) / 2;
      const middle = (range.from + range.to) / 2 / (tilePieces * level) - 0.5;
      const distance = (key: string) => Math.abs(Number(key.split('/')[1]) - middle);
      const around = { from: range.from - margin, to: range.to + margin };
      tiles.want(
        level >= overviewLevel
          ? []
          : keysOf(level, around, frames).toSorted((a, b) => distance(a) - distance(b)),
      );
    },
    onArrival(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closing.abort();
      tiles.close();
    },
  };
}

function keysOf(level: number, range: FrameRange, frames: number): string[] {
  const length = tilePieces * level;
  const first = Math.max(0, Math.floor(range.from / length));
  const last = Math.floor((Math.min(frames, range.to) - 1e-6) / length);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => `${level}/${first + at}`);
}
