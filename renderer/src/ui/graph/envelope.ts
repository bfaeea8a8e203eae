import type { DrawnSamples } from '#shared/domain/drawn-samples.ts';
import type { PixelView } from './scale.ts';

/** What is drawn of one measure, for each pixel across: smallest, mean and largest value of its frames. NaN: nothing. */
export interface Envelope {
  min: Float32Array;
  mean: Float32Array;
  max: Float32Array;
}

/** An empty envelope so many pixels wide. */
export function createEnvelope(width: number): Envelope {
  return { min: new Float32Array(width), mean: new Float32Array(width), max: new Float32Array(width) };
}

/** Pixels that one stretch of samples gives, and which of its pieces each of them shows. */
interface Part {
  samples: DrawnSamples;
  fromPixel: number;
  toPixel: number;
  /** First piece of each pixel, and the one behind its last. */
  first: Int32Array;
  end: Int32Array;
}

/** Which samples are drawn at which pixels of a range; the same for every measure of a picture. */
export type PixelPlan = readonly Part[];

/**
 * Shares out pixels among stretches of samples, of which the later ones are the finer: each pixel shows the finest that hold it whole,
 * and every stretch that reaches into it besides. A piece counts at every pixel that it touches, so that no single frame is lost,
 * however many share a pixel. Nothing is drawn outside `within`. `offsetFrames`: how much further on the frames of the samples are.
 */
export function planPixels(
  samples: readonly DrawnSamples[],
  { originPixel, framesPerPixel, width }: PixelView,
  within: { fromPixel: number; toPixel: number } = { fromPixel: 0, toPixel: width },
  offsetFrames = 0,
): PixelPlan {
  const isGiven = new Uint8Array(width);
  const parts: Part[] = [];
  const frameAt = (pixel: number) => (originPixel + pixel) * framesPerPixel + offsetFrames;
  const pixelOf = (frame: number) => (frame - offsetFrames) / framesPerPixel - originPixel;
  for (const one of samples.toReversed()) {
    const start = pixelOf(one.frames[0] ?? one.endFrame);
    const end = pixelOf(one.endFrame);
    const from = Math.max(0, within.fromPixel, Math.floor(start));
    const to = Math.min(width, within.toPixel, Math.ceil(end));
    for (let pixel = from; pixel < to; ) {
      if (isGiven[pixel]) {
        pixel++;
        continue;
      }
      const fromPixel = pixel;
      while (pixel < to && !isGiven[pixel]) pixel++;
      parts.push(partOf(one, frameAt, fromPixel, pixel));
    }
    isGiven.fill(1, Math.max(0, Math.ceil(start)), Math.max(0, Math.min(width, Math.floor(end))));
  }
  return parts;
}

function partOf(
  samples: DrawnSamples,
  frameAt: (pixel: number) => number,
  fromPixel: number,
  toPixel: number,
): Part {
  const { frames } = samples;
  const first = new Int32Array(toPixel - fromPixel);
  const end = new Int32Array(toPixel - fromPixel);
  let piece = pieceAt(frames, frameAt(fromPixel));
  for (let at = 0; at < first.length; at++) {
    const left = frameAt(fromPixel + at);
    const right = frameAt(fromPixel + at + 1);
    while (piece + 1 < frames.length && (frames[piece + 1] as number) <= left) piece++;
    let behind = piece + 1;
    while (behind < frames.length && (frames[behind] as number) < right) behind++;
    first[at] = piece;
    end[at] = behind;
  }
  return { samples, fromPixel, toPixel, first, end };
}

/** Reads one measure into an envelope, by the plan of its pixels. */
export function readEnvelope(envelope: Envelope, plan: PixelPlan, column: string): void {
  const { min, mean, max } = envelope;
  for (const values of [min, mean, max]) values.fill(Number.NaN);
  for (const { samples, fromPixel, toPixel, first, end } of plan) {
    const lane = samples.measures.get(column);
    if (!lane) continue;
    for (let pixel = fromPixel; pixel < toPixel; pixel++) {
      let least = Number.POSITIVE_INFINITY;
      let greatest = Number.NEGATIVE_INFINITY;
      let sum = 0;
      let count = 0;
      const behind = end[pixel - fromPixel] as number;
      for (let piece = first[pixel - fromPixel] as number; piece < behind; piece++) {
        const middle = lane.mean[piece] as number;
        if (Number.isNaN(middle)) continue;
        const [low, high] = [lane.min[piece] as number, lane.max[piece] as number];
        if (low < least) least = low;
        if (high > greatest) greatest = high;
        sum += middle;
        count++;
      }
      if (count === 0) continue;
      const before = mean[pixel] as number;
      const isFirst = Number.isNaN(before);
      min[pixel] = isFirst ? least : Math.min(least, min[pixel] as number);
      max[pixel] = isFirst ? greatest : Math.max(greatest, max[pixel] as number);
      mean[pixel] = isFirst ? sum / count : (before + sum / count) / 2;
    }
  }
}

/**
 * Reads the means of a measure alone, or its largest values, by the plan of the pixels; NaN where there is nothing. A map has four
 * dozen columns: where single frames are seen, pixels that show the same piece as the one before take what that one has.
 */
export function readExtent(
  values: Float32Array,
  plan: PixelPlan,
  column: string,
  kind: 'mean' | 'max',
): void {
  values.fill(Number.NaN);
  const isLargest = kind === 'max';
  for (const { samples, fromPixel, toPixel, first, end } of plan) {
    const pieces = samples.measures.get(column)?.[kind];
    if (!pieces) continue;
    let shown = -1;
    let shownTo = -1;
    let own = Number.NaN;
    for (let pixel = fromPixel; pixel < toPixel; pixel++) {
      const from = first[pixel - fromPixel] as number;
      const behind = end[pixel - fromPixel] as number;
      if (from !== shown || behind !== shownTo) {
        shown = from;
        shownTo = behind;
        let sum = 0;
        let count = 0;
        for (let piece = from; piece < behind; piece++) {
          const value = pieces[piece] as number;
          if (Number.isNaN(value)) continue;
          if (!isLargest) sum += value;
          else if (count === 0 || value > sum) sum = value;
          count++;
        }
        own = isLargest && count > 0 ? sum : sum / count;
      }
      if (Number.isNaN(own)) continue;
      const before = values[pixel] as number;
      if (Number.isNaN(before)) values[pixel] = own;
      else values[pixel] = isLargest ? Math.max(before, own) : (before + own) / 2;
    }
  }
}

/** The piece that holds a frame, by bisection; the first for a frame before all. */
function pieceAt(starts: Uint32Array, frame: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= frame) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
