import type { FrameRange } from '../../../ui/graph/scale.ts';

/** Room between two pictures, in pixels. */
const gapPixels = 2;

interface Row {
  /** Of the strip, in pixels. */
  width: number;
  /** Of one picture, in pixels. */
  pictureWidth: number;
  /** From one picture that there is to the next. */
  stepFrames: number;
  /** Of the pass. */
  frames: number;
}

/** A small picture by its number, and where its left edge stands: at its frame. */
interface Placed {
  index: number;
  left: number;
}

/**
 * Which pictures of a pass stand in a row over a range: every one, or every second, third, fourth, sixth … as they have room, so that
 * the same ones stay while a hand pans. Those that begin left of the range and reach into it are among them.
 */
export function thumbnailPlaces({ from, to }: FrameRange, row: Row): Placed[] {
  const { width, pictureWidth, stepFrames, frames } = row;
  const pixelsPerFrame = width / (to - from);
  const room = (pictureWidth + gapPixels) / (stepFrames * pixelsPerFrame);
  let every = 1;
  while (every < room) every = every * 1.5 >= room && every > 1 ? every * 1.5 : every * 2;
  const first = Math.max(0, Math.ceil((from - pictureWidth / pixelsPerFrame) / (every * stepFrames)));
  const places: Placed[] = [];
  for (let index = first * every; index * stepFrames < Math.min(frames, to); index += every) {
    places.push({ index, left: Math.round((index * stepFrames - from) * pixelsPerFrame) });
  }
  return places;
}
