import { onScaleOf, type Series } from './series.ts';

/** ITU-R BT.601, codes of the 10-bit scale. */
const nominal = { black: 64, white: 940 };
/** Own: how exactly a deck is set, codes of the 10-bit scale. */
const settingCodes = 8;
/** From the mean of Gaussian noise to its 10th percentile. */
const toTenth = 1.28;

/**
 * Whether a flat black (or white) of a tenth of the picture at least stands where it belongs, noise allowed for, and no area beyond it: the level is
 * right then, and what single samples reach beside it is the ringing of edges. A level that is set wrong moves the flat areas too.
 */
export function createLevelTest(series: Series, end: 'black' | 'white'): (frame: number) => boolean {
  const isBlack = end === 'black';
  const [tenth, extreme] = isBlack
    ? [series.column('yLow'), series.column('yDarkest')]
    : [series.column('yHigh'), series.column('yBrightest')];
  const noise = series.column('yNoise');
  const [level, setting] = [onScaleOf(series, nominal[end]), onScaleOf(series, settingCodes)];
  return (frame) => {
    const reach = toTenth * (noise[frame] as number) + setting;
    return [tenth[frame] as number, extreme[frame] as number].every(
      (code) => Math.abs(code - level) <= reach,
    );
  };
}
