import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';

/** A frame as it comes out of ffmpeg: 4:2:2, ten bits, changed in place. */
export interface Plates {
  width: number;
  height: number;
  y: Uint16Array;
  u: Uint16Array;
  v: Uint16Array;
}

/** What goes wrong in one stretch. `grade` 0 to 1 grows with the strength; `n` counts frames since the stretch began. */
export type Damage = (plates: Plates, at: { n: number; length: number; grade: number; seed: number }) => void;

const clip = (value: number) => (value < 4 ? 4 : Math.min(1019, Math.round(value)));

/** Scratches of lost oxide: one line each, for one frame, some of them half transparent. */
export const oxideLoss: Damage = (plates, { n, length, grade, seed }) => {
  const { width, height, y, u, v } = plates;
  const births = Math.round(length * (0.6 + 3 * grade));
  const dice = seededRandom(seed);
  for (let one = 0; one < births; one++) {
    const born = one === 0 ? 0 : one === 1 ? length - 1 : Math.floor(dice() * length);
    const row = 20 + Math.floor(dice() * (height - 60));
    const left = 30 + Math.floor(dice() * (width * 0.7));
    const span = Math.floor(width * (0.03 + 0.25 * grade * dice()) + 24);
    const level = dice() < 0.55 ? 700 + 240 * dice() : 30 + 110 * dice();
    const cover = 0.75 + 0.25 * dice();
    if (born !== n) continue;
    for (let x = left; x < Math.min(width - 12, left + span); x++) {
      const share = cover * Math.min(1, (x - left + 1) / 3, (left + span - x) / 9);
      const at = row * width + x;
      y[at] = clip((y[at] as number) * (1 - share) + share * (level + 50 * (dice() - 0.5)));
      u[at >> 1] = clip((u[at >> 1] as number) * (1 - share / 2) + 256 * share);
      v[at >> 1] = clip((v[at >> 1] as number) * (1 - share / 2) + 256 * share);
    }
  }
};

/** One field sinks into noise: most of its lines, more of them while the dirt grows. */
export const dirtyHead: Damage = ({ width, height, y, u, v }, { n, length, grade, seed }) => {
  const dice = seededRandom(mixSeeds(seed, n));
  const depth = Math.min(1, 0.5 + 0.4 * grade + 0.2 * Math.sin((Math.PI * n) / length));
  for (let row = seed % 2; row < height; row += 2) {
    let slow = 0;
    const isGone = dice() < depth;
    for (let x = 0; x < width; x++) {
      slow = 0.8 * slow + 0.2 * (dice() - 0.5);
      const at = row * width + x;
      const noise = 400 + 900 * slow + 420 * (dice() - 0.5);
      const share = isGone ? 0.95 : 0.3;
      y[at] = clip((y[at] as number) * (1 - share) + share * noise);
      if (x % 2 === 1) continue;
      u[at >> 1] = clip((u[at >> 1] as number) * (1 - share) + share * (512 + 160 * (dice() - 0.5)));
      v[at >> 1] = clip((v[at >> 1] as number) * (1 - share) + share * (512 + 160 * (dice() - 0.5)));
    }
  }
};

/** A wandering belt without colour, its lines in waves, with snow in its middle. */
export const offTrack: Damage = (plates, { n, grade, seed }) => {
  const { width, height, y } = plates;
  const dice = seededRandom(mixSeeds(seed, n));
  const half = height * (0.03 + 0.09 * grade);
  const middle = height * (0.55 + 0.25 * Math.sin(n / 17 + (seed % 7)));
  for (let row = Math.max(0, Math.ceil(middle - half)); row < Math.min(height, middle + half); row++) {
    const near = 1 - Math.abs(row - middle) / half;
    slide(plates, row, Math.round(12 * near * Math.sin(row * 0.9 + n)));
    for (let x = 0; x < width; x++) {
      const at = row * width + x;
      if (dice() < 0.45 * near) y[at] = clip(120 + 800 * dice());
      if (x % 2 === 0) {
        plates.u[at >> 1] = clip(512 + ((plates.u[at >> 1] as number) - 512) * (1 - near));
        plates.v[at >> 1] = clip(512 + ((plates.v[at >> 1] as number) - 512) * (1 - near));
      }
    }
  }
};

/** Horizontal hold is gone: the whole picture leans, more in each frame. */
export const lostHold: Damage = (plates, { n, grade, seed }) => {
  const dice = seededRandom(mixSeeds(seed, n));
  const lean = (0.15 + 0.8 * grade) * (dice() < 0.5 ? -1 : 1) * (1 + 0.7 * dice());
  const start = dice() * 200;
  for (let row = 0; row < plates.height; row++) {
    const wave = start + lean * row + 20 * grade * Math.sin(row / 9);
    turn(plates, row, Math.round(wave));
  }
};

/** The first lines bend like a reed. */
export const tension: Damage = (plates, { n, grade }) => {
  const lines = Math.round(plates.height * (0.05 + 0.1 * grade));
  const most = (9 + 30 * grade) * (0.9 + 0.1 * Math.sin(n / 3));
  for (let row = 0; row < lines; row++) slide(plates, row, -Math.round(most * (1 - row / lines) ** 2));
};

/** What lies below the change of heads is aside, and the change itself is a burst. */
export const changeOfHeads: Damage = (plates, { n, grade, seed }) => {
  const { width, height, y } = plates;
  const dice = seededRandom(mixSeeds(seed, n));
  const lines = 6 + 2 * Math.round(4 * grade);
  for (let row = height - lines; row < height; row++) {
    const into = row - (height - lines);
    slide(plates, row, Math.round((6 + 16 * grade) * Math.exp(-into / 5)) * (row % 2 === 0 ? 1 : 0.7));
    const from = into < 2 ? Math.floor(width * (0.3 + 0.3 * dice())) : width;
    for (let x = from; x < width; x++) y[row * width + x] = clip(80 + 800 * dice());
  }
};

function slide({ width, y, u, v }: Plates, row: number, by: number): void {
  const even = Math.round(by / 2) * 2;
  for (const [plane, count, shift] of [
    [y, width, even],
    [u, width / 2, even / 2],
    [v, width / 2, even / 2],
  ] as const) {
    const line = plane.slice(row * count, (row + 1) * count);
    for (let x = 0; x < count; x++) {
      plane[row * count + x] = line[Math.max(0, Math.min(count - 1, x - shift))] as number;
    }
  }
}

/** As `slide`, but what leaves on one side comes in on the other, as it does without sync. */
function turn({ width, y, u, v }: Plates, row: number, by: number): void {
  const even = ((Math.round(by / 2) * 2) % width) + width;
  for (const [plane, count, shift] of [
    [y, width, even],
    [u, width / 2, even / 2],
    [v, width / 2, even / 2],
  ] as const) {
    const line = plane.slice(row * count, (row + 1) * count);
    for (let x = 0; x < count; x++) plane[row * count + x] = line[(x + shift) % count] as number;
  }
}
