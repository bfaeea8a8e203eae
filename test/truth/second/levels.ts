import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';
import type { Damage, Plates } from './damage.ts';

const clip = (value: number) => (value < 4 ? 4 : Math.min(1019, Math.round(value)));

function luma({ y }: Plates, change: (code: number) => number): void {
  for (let at = 0; at < y.length; at++) y[at] = clip(change(y[at] as number));
}

function chroma({ u, v }: Plates, change: (distance: number) => number): void {
  for (let at = 0; at < u.length; at++) {
    u[at] = clip(512 + change((u[at] as number) - 512));
    v[at] = clip(512 + change((v[at] as number) - 512));
  }
}

/** A deck's own black, with the noise of a converter. */
export const deckBlack: Damage = (plates, { n, seed }) => {
  const dice = seededRandom(mixSeeds(seed, n));
  luma(plates, () => 66 + 5 * (dice() + dice() - 1));
  chroma(plates, () => 3 * (dice() - 0.5));
};

/** Colour goes within three frames; its noise stays. */
export const colourOut: Damage = (plates, { n, grade, seed }) => {
  const dice = seededRandom(mixSeeds(seed, n));
  chroma(plates, (distance) => distance * 0.03 * (1 - grade) + 14 * (dice() - 0.5));
};

export const colourTooHigh: Damage = (plates, { grade }) =>
  chroma(plates, (distance) => distance * (2.6 + 3 * grade));

/** A gain of a whole stop above the middle: clouds burn out. */
export const tooBright: Damage = (plates, { grade }) =>
  luma(plates, (code) => code + (code > 250 ? (code - 250) * (0.9 + 1.2 * grade) : 0));

/** The darkest parts of whatever the picture shows are below black: a twentieth of it, whatever its own levels were. */
export const tooDark: Damage = (plates, { grade }) => {
  const sorted = plates.y.filter((_, at) => at % 61 === 0).sort();
  const dark = sorted[Math.floor(sorted.length * 0.08)] ?? 64;
  luma(plates, (code) => code - dark + 56 - 30 * grade);
};

/** Both ends at once. */
export const tooWide: Damage = (plates, { grade }) =>
  luma(plates, (code) => 380 + (code - 380) * (2.2 + 1.6 * grade));

/** A converter that was set for eight-bit limits: hard stops, a picture pushed against them. */
export const stopped: Damage = (plates, { grade }) =>
  luma(plates, (code) => Math.max(64, Math.min(940, 420 + (code - 420) * (2 + 1.2 * grade))));

/** The last two bits are noughts. */
export const eightBits: Damage = ({ y, u, v }) => {
  for (const plane of [y, u, v])
    for (let at = 0; at < plane.length; at++) plane[at] = (plane[at] as number) & 0x3fc;
};

/** A card's own picture for no signal: a flat green-grey that trembles by a code. */
export const noSignal: Damage = ({ y, u, v }, { n }) => {
  y.fill(300 + (n % 2));
  u.fill(480);
  v.fill(470);
};

/** Lines of a field change places with the lines of the other. */
export const fieldsExchanged: Damage = ({ width, height, y, u, v }) => {
  for (const [plane, count] of [
    [y, width],
    [u, width / 2],
    [v, width / 2],
  ] as const) {
    for (let row = 0; row + 1 < height; row += 2) {
      const upper = plane.slice(row * count, (row + 1) * count);
      plane.copyWithin(row * count, (row + 1) * count, (row + 2) * count);
      plane.set(upper, (row + 1) * count);
    }
  }
};
