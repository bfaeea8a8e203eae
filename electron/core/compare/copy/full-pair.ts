/** One plane of a picture, with what the copy has of it, as both lie side by side in a pair: rows of `stride`. */
export interface PlanePair {
  samples: Uint8Array;
  /** Where the first sample of the master's side, and of the copy's, is. */
  expectedAt: number;
  copyAt: number;
  stride: number;
  width: number;
  height: number;
}

/** A pair of whole pictures in 4:2:0. */
export interface FullPair {
  y: PlanePair;
  u: PlanePair;
  v: PlanePair;
}

/** Bytes of a pair of pictures of this size, both of them even. */
export function fullPairBytes({ width, height }: { width: number; height: number }): number {
  return 3 * width * height;
}

/** Finds the planes in a pair, without copying them. */
export function planesOf(
  samples: Uint8Array,
  { width, height }: { width: number; height: number },
): FullPair {
  const plane = (at: number, across: number, down: number): PlanePair => {
    return { samples, expectedAt: at, copyAt: at + across, stride: 2 * across, width: across, height: down };
  };
  const [luma, chroma] = [2 * width * height, (width * height) / 2];
  return {
    y: plane(0, width, height),
    u: plane(luma, width / 2, height / 2),
    v: plane(luma + chroma, width / 2, height / 2),
  };
}
