import type { DrawnLane, DrawnSamples } from '#shared/domain/drawn-samples.ts';
import type { FrameRange } from './scale.ts';

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

export function clearEnvelope({ min, mean, max }: Envelope): void {
  for (const values of [min, mean, max]) values.fill(Number.NaN);
}

/**
 * Puts samples over what an envelope has, at each pixel that they reach. A piece of samples counts at every pixel that it touches, so
 * that no single frame is lost, however many share a pixel. Pixels outside `within` stay as they are.
 */
export function addToEnvelope(
  envelope: Envelope,
  { frames, endFrame }: Pick<DrawnSamples, 'frames' | 'endFrame'>,
  lane: DrawnLane,
  range: FrameRange,
  within: { fromPixel: number; toPixel: number } = { fromPixel: 0, toPixel: envelope.mean.length },
): void {
  const width = envelope.mean.length;
  const framesPerPixel = (range.to - range.from) / width;
  const first = frames[0];
  if (first === undefined || endFrame <= range.from || first >= range.to) return;
  const fromPixel = Math.max(within.fromPixel, Math.floor((first - range.from) / framesPerPixel));
  const toPixel = Math.min(within.toPixel, Math.ceil((endFrame - range.from) / framesPerPixel));
  let piece = pieceAt(frames, range.from + fromPixel * framesPerPixel);
  for (let pixel = fromPixel; pixel < toPixel; pixel++) {
    const left = range.from + pixel * framesPerPixel;
    const right = left + framesPerPixel;
    while (piece + 1 < frames.length && (frames[piece + 1] as number) <= left) piece++;
    let least = Number.POSITIVE_INFINITY;
    let greatest = Number.NEGATIVE_INFINITY;
    let sum = 0;
    let weight = 0;
    for (let at = piece; at < frames.length && (frames[at] as number) < right; at++) {
      const mean = lane.mean[at] as number;
      if (Number.isNaN(mean)) continue;
      const overlap = Math.min(right, frames[at + 1] ?? endFrame) - Math.max(left, frames[at] as number);
      if ((lane.min[at] as number) < least) least = lane.min[at] as number;
      if ((lane.max[at] as number) > greatest) greatest = lane.max[at] as number;
      sum += mean * overlap;
      weight += overlap;
    }
    // A pixel that reaches beyond these samples keeps what it has of others.
    if (first > left || endFrame < right) {
      least = Math.min(least, numberOr(envelope.min[pixel], Number.POSITIVE_INFINITY));
      greatest = Math.max(greatest, numberOr(envelope.max[pixel], Number.NEGATIVE_INFINITY));
      const before = numberOr(envelope.mean[pixel], undefined);
      if (before !== undefined) {
        sum += before * (framesPerPixel - weight);
        weight = framesPerPixel;
      }
    }
    envelope.min[pixel] = weight > 0 ? least : Number.NaN;
    envelope.mean[pixel] = weight > 0 ? sum / weight : Number.NaN;
    envelope.max[pixel] = weight > 0 ? greatest : Number.NaN;
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

function numberOr<T>(value: number | undefined, otherwise: T): number | T {
  return value === undefined || Number.isNaN(value) ? otherwise : value;
}
