/** Frames in sight, `to` not among them. Neither end need be whole while a hand moves them. */
export interface FrameRange {
  from: number;
  to: number;
}

/**
 * Which frames the pixels of a surface show: pixel `at` those from (originPixel + at) × framesPerPixel on. Pixels lie at whole
 * multiples, so that what was drawn before a hand moved on is what is drawn after it, some pixels away.
 */
export interface PixelView {
  originPixel: number;
  framesPerPixel: number;
  /** Pixels across. */
  width: number;
}

/** The pixels that show a range, to the nearest whole pixel. */
export function viewOf({ from, to }: FrameRange, width: number): PixelView {
  const framesPerPixel = (to - from) / width;
  return { originPixel: Math.round(from / framesPerPixel), framesPerPixel, width };
}

/** The frames that all of its pixels show. */
export function rangeOfView({ originPixel, framesPerPixel, width }: PixelView): FrameRange {
  return { from: originPixel * framesPerPixel, to: (originPixel + width) * framesPerPixel };
}

/** Fewer frames than these are not zoomed into. */
const fewest = 10;

/** The range after a step of the wheel at a frame: what is under the pointer stays under it. */
export function zoomed(range: FrameRange, at: number, factor: number, frames: number): FrameRange {
  const shortest = Math.min(frames, fewest);
  const length = Math.min(frames, Math.max(shortest, (range.to - range.from) * factor));
  const share = (at - range.from) / (range.to - range.from);
  return placed(at - share * length, length, frames);
}

/** The range so many frames further on, or as far as the pass goes. */
export function panned({ from, to }: FrameRange, by: number, frames: number): FrameRange {
  return placed(from + by, to - from, frames);
}

/** The range of the same length that holds a frame: itself where it does, else with the frame in its middle. */
export function holding(range: FrameRange, frame: number, frames: number): FrameRange {
  if (frame >= range.from && frame < range.to) return range;
  const length = range.to - range.from;
  return placed(frame + 0.5 - length / 2, length, frames);
}

function placed(wanted: number, length: number, frames: number): FrameRange {
  const from = Math.max(0, Math.min(frames - length, wanted));
  return { from, to: from + length };
}
