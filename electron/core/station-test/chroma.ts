import { colourBars } from './bar-patterns.ts';
import type { MeasuredBar } from './bars.ts';

/** How far the colour vectors of all bars together are too long and turned. */
export interface ChromaError {
  /** 0 is right; negative is too little colour. */
  gainDb: number;
  /** Degrees, counter-clockwise on a vectorscope. */
  hueDeg: number;
}

/** Cb and Cr codes as the U and V of a vectorscope: 0.493 (B'-Y') and 0.877 (R'-Y'), ITU-R BT.470. */
const uPerCb = (0.493 * 1.772) / 896;
const vPerCr = (0.877 * 1.402) / 896;

/**
 * Gain and hue that turn the expected colour vectors into the measured ones, by least squares over the six colours.
 * A proc amp's saturation and hue move all of them alike.
 */
export function chromaError(bars: readonly MeasuredBar[]): ChromaError {
  let [real, imaginary, power] = [0, 0, 0];
  for (const { name, expected, measured } of bars) {
    if (!colourBars.some((colour) => colour === name)) continue;
    const [u, v] = [(expected[1] - 512) * uPerCb, (expected[2] - 512) * vPerCr];
    const [mu, mv] = [(measured[1] - 512) * uPerCb, (measured[2] - 512) * vPerCr];
    real += mu * u + mv * v;
    imaginary += mv * u - mu * v;
    power += u * u + v * v;
  }
  return {
    gainDb: 20 * Math.log10(Math.hypot(real, imaginary) / power),
    hueDeg: (Math.atan2(imaginary, real) * 180) / Math.PI,
  };
}
