import { createGates } from './gates.ts';
import type { Series } from './series.ts';

/** Own: a fifth of the pictures is smooth enough somewhere to show noise and no detail. */
const smoothestShare = 0.2;
/** Fewer pictures than this say nothing of a tape. */
const leastPictures = 5;

/**
 * Noise of luma that this tape plays with (standard deviation, codes of the file): that of its smoothest pictures, without
 * black (where decks cut noise off), flat fields and bars. NaN where too little can be read.
 */
export function tapeNoiseOf(series: Series): number {
  const noise = series.column('yNoise');
  const { black, flat, bars } = createGates(series);
  const pictures = noise.filter(
    (value, frame) => !Number.isNaN(value) && !black[frame] && !flat[frame] && !bars[frame],
  );
  if (pictures.length < leastPictures) return Number.NaN;
  return pictures.sort()[Math.floor(pictures.length * smoothestShare)] as number;
}
