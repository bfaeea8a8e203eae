import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';
import type { Canvas } from './canvas.ts';

/** Moves a line sideways by whole pixels; what is drawn in from the side is black. */
export function shiftLine(canvas: Canvas, row: number, pixels: number): void {
  const whole = Math.round(pixels / 2) * 2;
  if (whole === 0) return;
  shiftRow(canvas.y, row * canvas.width, canvas.width, whole, 64);
  const chroma = canvas.width / 2;
  shiftRow(canvas.u, row * chroma, chroma, whole / 2, 512);
  shiftRow(canvas.v, row * chroma, chroma, whole / 2, 512);
}

function shiftRow(plane: Float32Array, at: number, count: number, by: number, fill: number): void {
  const move = Math.max(-count, Math.min(count, by));
  if (move > 0) {
    plane.copyWithin(at + move, at, at + count - move);
    plane.fill(fill, at, at + move);
  } else {
    plane.copyWithin(at, at - move, at + count);
    plane.fill(fill, at + count + move, at + count);
  }
}

/**
 * The lines at the bottom where one head lets go and the other takes hold: noise where they change, then lines that
 * lie aside and swing back.
 * @param amount 1 is a deck in order
 */
export function switchHeads(canvas: Canvas, lines: number, frame: number, seed: number, amount = 1): void {
  const random = seededRandom(mixSeeds(seed, frame, 41));
  const { width, height } = canvas;
  for (const parity of [0, 1]) {
    const count = lines / 2;
    const aside = amount * (5 + 5 * random()) * (width / 720);
    for (let line = 0; line < count; line++) {
      const row = height - lines + 2 * line + parity;
      shiftLine(canvas, row, aside * Math.exp(-line / 3) + 2 * amount * random());
      if (line > 1) continue;
      const length = width * (line === 0 ? 0.25 + 0.3 * random() : 0.08);
      const left = line === 0 ? width - length : 0;
      for (let x = Math.floor(left); x < left + length; x++) {
        const at = row * width + x;
        canvas.y[at] = (canvas.y[at] as number) + 350 * amount * (random() - 0.4);
      }
    }
  }
}
