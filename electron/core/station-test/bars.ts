import { type Bar, type BarPattern, barPatterns, type Code } from './bar-patterns.ts';
import { eachPixel, type Patch, type Picture } from './picture.ts';

/** A bar as it was recorded. */
export interface MeasuredBar extends Bar {
  measured: Code;
}

export interface FoundBars {
  pattern: BarPattern['id'];
  bars: readonly MeasuredBar[];
}

/** Codes by which bars may be off on average, and still be known for bars: half the chroma, a third of the luma. */
const farthest = 110;
/** The same once gain and lift are taken out: what is left then is no error of a proc amp. */
const farthestShaped = 45;
/** A bar is flat: its halves differ by no more than this. */
const flattest = 16;

/**
 * The colour bars in a picture; undefined where it shows none. What is found may be far from right: it is the likest of the
 * known patterns, each bar of it flat.
 */
export function findBars(picture: Picture): FoundBars | undefined {
  let best: (FoundBars & { unlike: number }) | undefined;
  for (const { id, bars } of barPatterns(picture.height)) {
    const measured = bars.map((bar) => ({ ...bar, measured: meanOf(picture, bar.patch) }));
    const distance = rootMeanSquare(
      measured.flatMap(({ expected, measured: codes }) =>
        codes.map((code, component) => code - (expected[component] as number)),
      ),
    );
    const shape = lumaShape(measured);
    if (distance > farthest || shape.residual > farthestShaped) continue;
    // By their steps patterns are told apart; where these are alike (75 % and 100 % bars), by the gain nearest to right.
    const unlike = shape.residual + 100 * Math.abs(Math.log(shape.gain));
    if (unlike >= (best?.unlike ?? Number.POSITIVE_INFINITY)) continue;
    if (bars.every((bar) => isFlat(picture, bar.patch))) best = { pattern: id, bars: measured, unlike };
  }
  return best && { pattern: best.pattern, bars: best.bars };
}

/**
 * Bars of several pictures as one: of the pattern that most of them show, the mean of each code. Undefined where none shows bars.
 */
export function meanBars(found: readonly FoundBars[]): FoundBars | undefined {
  const groups = [...Map.groupBy(found, ({ pattern }) => pattern).values()];
  const [most] = groups.sort((a, b) => b.length - a.length);
  const [first] = most ?? [];
  if (!most || !first) return undefined;
  const bars = first.bars.map((bar, index) => {
    const mean = (component: 0 | 1 | 2) =>
      most.reduce((sum, { bars }) => sum + (bars[index] as MeasuredBar).measured[component], 0) / most.length;
    return { ...bar, measured: [mean(0), mean(1), mean(2)] as const };
  });
  return { pattern: first.pattern, bars };
}

/** Gain of luma over all bars, and what no gain and lift explain (RMS, in codes). */
function lumaShape(bars: readonly MeasuredBar[]): { gain: number; residual: number } {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const expected = bars.map((bar) => bar.expected[0]);
  const measured = bars.map((bar) => bar.measured[0]);
  const [middle, level] = [mean(expected), mean(measured)];
  const spread = expected.reduce((sum, y) => sum + (y - middle) ** 2, 0);
  const together = expected.reduce(
    (sum, y, at) => sum + (y - middle) * ((measured[at] as number) - level),
    0,
  );
  const gain = Math.max(together / spread, 1e-6);
  return {
    gain,
    residual: rootMeanSquare(expected.map((y, at) => (measured[at] as number) - level - gain * (y - middle))),
  };
}

function meanOf(picture: Picture, patch: Patch): Code {
  let [y, cb, cr, pairs] = [0, 0, 0, 0];
  eachPixel(picture, patch, (luma, chroma) => {
    y += (picture.y[luma] as number) + (picture.y[luma + 1] as number);
    cb += picture.cb[chroma] as number;
    cr += picture.cr[chroma] as number;
    pairs += 1;
  });
  return [y / (2 * pairs), cb / pairs, cr / pairs];
}

function isFlat(picture: Picture, patch: Patch): boolean {
  const middle = (patch.left + patch.right) / 2;
  const centre = (patch.top + patch.bottom) / 2;
  const halves: [Patch, Patch][] = [
    [
      { ...patch, right: middle },
      { ...patch, left: middle },
    ],
    [
      { ...patch, bottom: centre },
      { ...patch, top: centre },
    ],
  ];
  return halves.every(([one, other]) => {
    const [a, b] = [meanOf(picture, one), meanOf(picture, other)];
    return a.every((code, component) => Math.abs(code - (b[component] as number)) <= flattest);
  });
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
