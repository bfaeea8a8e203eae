import type { Canvas } from '../tape/canvas.ts';

/** The carrier is gone for a part of a line: white or black at once, and it comes back in a few pixels. */
export function streak(
  canvas: Canvas,
  row: number,
  left: number,
  length: number,
  kind: 'white' | 'black',
  random: () => number,
): void {
  if (row >= canvas.height) return;
  const level = kind === 'white' ? 820 + 120 * random() : 40 + 50 * random();
  const tail = Math.min(length / 3, 14);
  for (let x = 0; x < length && left + x < canvas.width; x++) {
    const at = row * canvas.width + left + x;
    const cover = x > length - tail ? (length - x) / tail : 1;
    const here = canvas.y[at] as number;
    canvas.y[at] = here + (level + 60 * (random() - 0.5) - here) * cover;
    const chroma = at >> 1;
    canvas.u[chroma] = (canvas.u[chroma] as number) * (1 - cover) + 512 * cover;
    canvas.v[chroma] = (canvas.v[chroma] as number) * (1 - cover) + 512 * cover;
  }
}

/** A compensator fills the gap with the line before in the same field, and its switch can be seen at both ends. */
export function repeatLine(canvas: Canvas, row: number, left: number, length: number): void {
  if (row < 2 || row >= canvas.height) return;
  const { width } = canvas;
  const from = left & ~1;
  const to = Math.min(width, Math.floor(left + length)) & ~1;
  const line = (row: number, plane: Float32Array, a: number, b: number, w: number) =>
    plane.copyWithin(row * w + a, (row - 2) * w + a, (row - 2) * w + b);
  line(row, canvas.y, from, to, width);
  line(row, canvas.u, from / 2, to / 2, width / 2);
  line(row, canvas.v, from / 2, to / 2, width / 2);
  canvas.y[row * width + from] = 800;
}

/** A line without signal: demodulated noise, wide or (with a squelch) nearly none. */
export function bandNoise(
  canvas: Canvas,
  row: number,
  amount: number,
  random: () => number,
  middle = 430,
): void {
  const { width } = canvas;
  let last = 0;
  for (let x = 0; x < width; x++) {
    last = 0.55 * last + (random() + random() - 1) * 330 * amount;
    canvas.y[row * width + x] = Math.max(20, Math.min(1000, middle + last));
  }
  const chroma = (row * width) / 2;
  for (let x = 0; x < width / 2; x++) {
    canvas.u[chroma + x] = 512 + (random() - 0.5) * 90 * amount;
    canvas.v[chroma + x] = 512 + (random() - 0.5) * 90 * amount;
  }
}

/** A line with too little signal: grain, and bursts of white and black where the limiter has nothing to hold on to. */
export function weakenLine(canvas: Canvas, row: number, amount: number, random: () => number): void {
  const { width } = canvas;
  let burst = 0;
  let level = 0;
  for (let x = 0; x < width; x++) {
    if (burst <= 0 && random() < 0.012 * amount) {
      burst = 6 + random() * 60 * amount;
      level = random() < 0.6 ? 900 : 70;
    }
    const at = row * width + x;
    const grain = (random() + random() - 1) * 260 * amount;
    const here = canvas.y[at] as number;
    canvas.y[at] = Math.max(20, Math.min(1000, (burst-- > 0 ? level : here) + grain));
    if (x % 2 === 0) {
      const chroma = at >> 1;
      canvas.u[chroma] =
        512 + ((canvas.u[chroma] as number) - 512) * (1 - amount) + 60 * amount * (random() - 0.5);
      canvas.v[chroma] =
        512 + ((canvas.v[chroma] as number) - 512) * (1 - amount) + 60 * amount * (random() - 0.5);
    }
  }
}
