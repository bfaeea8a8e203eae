import { onScaleOf, type Series } from './series.ts';

/** ITU-R BT.601, codes of the 10-bit scale. */
export const nominal = { black: 64, white: 940 };
/** Own: how exactly a deck is set, codes of the 10-bit scale. */
const settingCodes = 8;
/** From the mean of Gaussian noise to its 10th percentile. */
export const toTenth = 1.28;

/** Own: of the picture, outside the range; with the tenth percentile beside nominal black, half of that lies between the two. */
const leastFlatShare = 0.2;
/** EBU R 103, codes of the 10-bit scale: how far areas may lie below black. */
const toleratedCodes = 20;

/**
 * Whether a flat black (or white) of a tenth of the picture at least stands where it belongs, noise allowed for, and no area beyond it: the level is
 * right then, and what single samples reach beside it is the ringing of edges. A level that is set wrong moves the flat areas too.
 * Areas beside letters ring as well: where the noise of a flat black fills another tenth of the picture, they may as far as R 103 tolerates.
 * Not above white: highlights of a scene lie there, and nothing of a scene is darker than black.
 */
export function createLevelTest(series: Series, end: 'black' | 'white'): (frame: number) => boolean {
  const isBlack = end === 'black';
  const [tenth, extreme] = isBlack
    ? [series.column('yLow'), series.column('yDarkest')]
    : [series.column('yHigh'), series.column('yBrightest')];
  const [noise, outside] = [series.column('yNoise'), series.column('brng')];
  const [level, setting] = [onScaleOf(series, nominal[end]), onScaleOf(series, settingCodes)];
  const tolerance = onScaleOf(series, toleratedCodes);
  return (frame) => {
    const reach = toTenth * (noise[frame] as number) + setting;
    const isBeside = (code: number) => Math.abs(code - level) <= reach;
    const [flat, farthest] = [tenth[frame] as number, extreme[frame] as number];
    if (!isBeside(flat)) return false;
    if (isBeside(farthest)) return true;
    const isFlat = isBlack && flat < level && (outside[frame] as number) >= leastFlatShare;
    return isFlat && farthest >= tolerance;
  };
}
