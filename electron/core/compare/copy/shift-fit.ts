import type { PlanePair } from './full-pair.ts';

/** How far a copy's picture lies beside its place, in samples of its plane, in one direction. */
export interface ShiftFit {
  /** Positive: down, or to the right. */
  shift: number;
  /** False where there is too little detail to tell. */
  isTold: boolean;
}

/** Whole samples that are tried either way. */
const reach = 3;
/** Mean square of the slope, in codes a sample, below which there is no detail. */
const leastSlope = 1;

/**
 * Fits a shift along one direction over a part of the picture: the whole step at which it differs least, and from there by the
 * slope of the picture. A blur is the same both ways and moves neither. `part`: from and to, as shares along the direction.
 */
export function createShiftFit(
  along: 'down' | 'across',
  part: readonly [number, number],
  everyOther: number,
) {
  const steps = 2 * reach + 1;
  const [errors, products] = [new Float64Array(steps), new Float64Array(steps)];
  let [squares, count] = [0, 0];
  return {
    add({ samples, expectedAt, copyAt, stride, width, height }: PlanePair): void {
      const isDown = along === 'down';
      const [length, others] = isDown ? [height, width] : [width, height];
      const [step, otherStep] = isDown ? [stride, 1] : [1, stride];
      const first = Math.max(reach + 1, Math.floor(part[0] * length));
      const last = Math.min(length - reach - 2, Math.ceil(part[1] * length) - 1);
      for (let other = everyOther >> 1; other < others; other += everyOther) {
        for (let place = first; place <= last; place++) {
          const at = place * step + other * otherStep;
          const found = samples[copyAt + at] as number;
          for (let k = -reach; k <= reach; k++) {
            const from = expectedAt + at - k * step;
            const apart = found - (samples[from] as number);
            const slope = ((samples[from + step] as number) - (samples[from - step] as number)) / 2;
            errors[k + reach] = (errors[k + reach] as number) + apart * apart;
            products[k + reach] = (products[k + reach] as number) + apart * slope;
            if (k === 0) squares += slope * slope;
          }
          count++;
        }
      }
    },
    fit(): ShiftFit {
      if (count === 0 || squares / count < leastSlope) return { shift: 0, isTold: false };
      let best = reach;
      for (let at = 0; at < steps; at++) if ((errors[at] as number) < (errors[best] as number)) best = at;
      const rest = -(products[best] as number) / squares;
      return { shift: best - reach + Math.max(-0.5, Math.min(0.5, rest)), isTold: true };
    },
  };
}
