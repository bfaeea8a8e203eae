import type { WorstFrame } from '#shared/domain/copy-certificate.ts';

/** What two pictures that are the same to the last bit count as; ffmpeg says `inf`. */
export const samePictureDb = 100;

/** PSNR of luma in dB for each pair, as ffmpeg's psnr filter lists it. */
export function readPsnr(text: string): Float32Array {
  return readColumn(text, /\bpsnr_y:(\S+)/, samePictureDb);
}

/** SSIM of luma for each pair, as ffmpeg's ssim filter lists it. */
export function readSsim(text: string): Float32Array {
  return readColumn(text, /\bY:(\S+)/, 1);
}

function readColumn(text: string, column: RegExp, most: number): Float32Array {
  const values = text.split('\n').flatMap((line) => {
    const said = column.exec(line)?.[1];
    if (said === undefined) return [];
    return said === 'inf' ? [most] : [Math.min(most, Number(said))];
  });
  return Float32Array.from(values);
}

export function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

export function leastOf(values: Float32Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (const value of values) if (value < least) least = value;
  return values.length === 0 ? 0 : least;
}

/** The worst pairs of a measure, none within `apartFrames` of a worse one: of one bad stretch one is enough to look at. */
export function worstOf(
  measure: WorstFrame['measure'],
  values: Float32Array,
  options: {
    most: number;
    apartFrames: number;
    frameOf: (pair: number) => number;
    masterOf: (pair: number) => number;
  },
): WorstFrame[] {
  const chosen: number[] = [];
  const order = Uint32Array.from(values.keys()).sort(
    (one, other) => (values[one] as number) - (values[other] as number),
  );
  for (const pair of order) {
    if (chosen.length === options.most) break;
    if (chosen.every((other) => Math.abs(other - pair) >= options.apartFrames)) chosen.push(pair);
  }
  return chosen.map((pair) => ({
    frame: options.frameOf(pair),
    frameOfMaster: options.masterOf(pair),
    measure,
    value: Math.round((values[pair] as number) * 10_000) / 10_000,
  }));
}

/** The deepest fall of a value below the median of its surroundings: a frame that is not the one it should be. */
export function deepestFall(
  values: Float32Array,
  reach: number,
): { pair: number; fall: number; value: number } {
  let deepest = { pair: 0, fall: 0, value: values[0] ?? 0 };
  for (let pair = 0; pair < values.length; pair++) {
    const value = values[pair] as number;
    // Sorting is dear: only where it is low at all.
    if (value > deepest.value + 3 && pair > 0) continue;
    const near = values.slice(Math.max(0, pair - reach), pair + reach + 1).sort();
    const fall = (near[near.length >> 1] as number) - value;
    if (fall > deepest.fall) deepest = { pair, fall, value };
  }
  return deepest;
}
