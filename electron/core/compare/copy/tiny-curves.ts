import type { Curves } from '#core/compare/alignment/curves.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { emptyTiny, type TinyPicture, tiny } from './tiny-pair.ts';

/** Columns and rows of parts, each with a curve of its own. */
const [partColumns, partRows] = [4, 3];
const parts = partColumns * partRows;
const ids = [...Array.from({ length: parts }, (_, at) => `part${at}`), 'u', 'v', 'motion'] as const;

/** Collects the curves of a recording from its thumbnails, frame by frame. */
export function createTinyCurves() {
  const values: number[][] = ids.map(() => []);
  const previous = emptyTiny().y;
  let frames = 0;
  return {
    add({ y, u, v }: TinyPicture): void {
      const sums = new Float64Array(parts);
      let motion = 0;
      for (let row = 0, at = 0; row < tiny.height; row++) {
        const first = Math.floor((row * partRows) / tiny.height) * partColumns;
        for (let column = 0; column < tiny.width; column++, at++) {
          const sample = y[at] as number;
          const part = first + ((column * partColumns) >> 6);
          sums[part] = (sums[part] as number) + sample;
          motion += Math.abs(sample - (previous[at] as number));
        }
      }
      previous.set(y);
      for (let part = 0; part < parts; part++) {
        values[part]?.push((sums[part] as number) / (y.length / parts));
      }
      values[parts]?.push(meanOf(u));
      values[parts + 1]?.push(meanOf(v));
      values[parts + 2]?.push(frames === 0 ? Number.NaN : Math.log(0.1 + motion / y.length));
      frames++;
    },
    curves(frameRate: Rational): Curves {
      return {
        frames,
        frameRate,
        curves: ids.map((id, at) => ({ id, values: Float32Array.from(values[at] ?? []) })),
      };
    },
  };
}

/** The same with the mean of both pictures of each frame in place of either: where their order cannot be relied on. */
export function meansOfFrames(curves: Curves): Curves {
  return {
    ...curves,
    curves: curves.curves.map(({ id, values }) => ({
      id,
      values: values.map((value, at) => (value + (values[at ^ 1] ?? value)) / 2),
    })),
  };
}

function meanOf(samples: Uint8Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample;
  return sum / samples.length;
}
