/** One measure over a stretch: for each piece the smallest, mean and largest value of its frames. NaN: nothing was measured. */
export interface DrawnLane {
  min: Float32Array;
  mean: Float32Array;
  max: Float32Array;
}

/** A stretch of samples as graphs are drawn from it. */
export interface DrawnSamples {
  /** First frame of each piece. */
  frames: Uint32Array;
  /** The frame behind the last one. */
  endFrame: number;
  measures: ReadonlyMap<string, DrawnLane>;
}

/** Header that names the measures, in the order of the bytes. */
export const drawnMeasuresHeader = 'x-helical-measures';

/**
 * Bytes for a screen, little-endian: how many pieces, the frame behind the last one, the first frame of each piece (32 bits each),
 * then for each measure all smallest, all mean and all largest values (float32). As numbers in text, a wide stretch of twelve
 * measures is over a megabyte, and takes the page longer to read than to draw.
 */
export function encodeDrawnSamples({ frames, endFrame, measures }: DrawnSamples): ArrayBuffer {
  const count = frames.length;
  const bytes = new ArrayBuffer(4 * (2 + count + 3 * count * measures.size));
  new Uint32Array(bytes, 0, 2).set([count, endFrame]);
  new Uint32Array(bytes, 8, count).set(frames);
  let at = 8 + 4 * count;
  for (const { min, mean, max } of measures.values()) {
    for (const values of [min, mean, max]) {
      new Float32Array(bytes, at, count).set(values);
      at += 4 * count;
    }
  }
  return bytes;
}

/** Reads them again, without a copy. `ids` as the header names them. Throws RangeError for bytes of another size. */
export function decodeDrawnSamples(ids: readonly string[], bytes: ArrayBuffer): DrawnSamples {
  const [count = 0, endFrame = 0] = new Uint32Array(bytes, 0, 2);
  const wanted = 4 * (2 + count + 3 * count * ids.length);
  if (bytes.byteLength !== wanted)
    throw new RangeError(`${bytes.byteLength} bytes of samples, not ${wanted}`);
  let at = 8 + 4 * count;
  const next = () => {
    const values = new Float32Array(bytes, at, count);
    at += 4 * count;
    return values;
  };
  return {
    frames: new Uint32Array(bytes, 8, count),
    endFrame,
    measures: new Map(ids.map((id) => [id, { min: next(), mean: next(), max: next() }])),
  };
}
