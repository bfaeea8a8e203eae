import { toTenth } from './nominal-level.ts';
import { onScaleOf, type Series } from './series.ts';

/** Own: lines of a band of noise that is a tenth of an NTSC picture at the most; noise is not all white, nor all black. */
const mostRows = 48;

/**
 * Whether a level is told by more of the picture than a narrow band of noise covers: a tenth of all samples lie beyond a code, noise
 * of the picture itself allowed for. The lines beside a band are as they were recorded, and a level that is set wrong is wrong there too.
 */
export function createTellingTest(
  series: Series,
  end: 'black' | 'white',
  tenBitCode: number,
): (frame: number) => boolean {
  const sign = end === 'black' ? -1 : 1;
  const tenth = series.column(end === 'black' ? 'yLow' : 'yHigh');
  const [noise, rows] = [series.column('yNoise'), series.column('noisyBandRows')];
  const code = onScaleOf(series, tenBitCode);
  return (frame) =>
    (rows[frame] as number) <= mostRows &&
    sign * ((tenth[frame] as number) - code) > toTenth * (noise[frame] as number);
}
