import { bt601 } from '#core/devices/simulator/paint.ts';
import { seededRandom } from '#core/devices/simulator/random.ts';

/** A picture wider than the raster that comes round again: what a camera looks at. */
export interface World {
  width: number;
  height: number;
  y: Float32Array;
  u: Float32Array;
  v: Float32Array;
}

/** How a world looks. `contrast` 0 to 1. */
export interface WorldLook {
  seed: number;
  /** Colours of sky and ground, R'G'B' 0 to 1. */
  sky: readonly [number, number, number];
  ground: readonly [number, number, number];
  /** Boxes with edges: houses, furniture. */
  boxes: number;
  texture: number;
}

/** Paints a world: a gradient, clouds of four sizes, textured ground, and boxes with windows. */
export function paintWorld(size: { width: number; height: number }, look: WorldLook): World {
  const { width, height } = size;
  const random = seededRandom(look.seed);
  const red = new Float32Array(width * height);
  const green = new Float32Array(width * height);
  const blue = new Float32Array(width * height);
  const clouds = cloud(width, height, random, [width / 4, width / 16, width / 48, 10]);
  const grain = cloud(width, height, random, [7, 3]);
  const horizon = height * (0.45 + 0.2 * random());
  for (let line = 0; line < height; line++) {
    const isGround = line > horizon;
    const depth = isGround ? (line - horizon) / (height - horizon) : line / horizon;
    const base = isGround ? look.ground : look.sky;
    const light = isGround ? 0.75 + 0.35 * depth : 0.85 + 0.25 * depth;
    for (let x = 0; x < width; x++) {
      const at = line * width + x;
      const value =
        light * (1 + 0.35 * (clouds[at] as number)) +
        (isGround ? look.texture : look.texture / 4) * (grain[at] as number);
      red[at] = base[0] * value;
      green[at] = base[1] * value;
      blue[at] = base[2] * value;
    }
  }
  const light = { width, height, red, green, blue };
  for (let box = 0; box < look.boxes; box++) paintBox(light, horizon, random);
  for (let lamp = 0; lamp < 10; lamp++) paintPatch(light, random, lamp % 2 === 0 ? 0.9 : 0.03);
  return toVideo(light);
}

interface Light {
  width: number;
  height: number;
  red: Float32Array;
  green: Float32Array;
  blue: Float32Array;
}

function paintBox(light: Light, horizon: number, random: () => number): void {
  const { width, height } = light;
  const boxWidth = Math.floor(width * (0.02 + 0.05 * random()));
  const top = Math.floor(horizon * (0.4 + 0.5 * random()));
  const bottom = Math.min(height, Math.floor(horizon + height * 0.1 * random()));
  const left = Math.floor(random() * (width - boxWidth));
  const colour = [0.15 + 0.55 * random(), 0.15 + 0.5 * random(), 0.15 + 0.45 * random()] as const;
  const window = 6 + Math.floor(random() * 10);
  for (let line = top; line < bottom; line++) {
    for (let x = left; x < left + boxWidth; x++) {
      const isWindow = (x - left) % window > window / 2 && (line - top) % (window * 2) > window;
      const shade = isWindow ? 0.45 : 1;
      const at = line * width + x;
      light.red[at] = colour[0] * shade;
      light.green[at] = colour[1] * shade;
      light.blue[at] = colour[2] * shade;
    }
  }
}

/** A lamp, a white wall, a doorway: a tape uses its whole range, if only in small places. */
function paintPatch(light: Light, random: () => number, value: number): void {
  const across = Math.floor(light.width * (0.006 + 0.012 * random()));
  const down = Math.floor(light.height * (0.02 + 0.08 * random()));
  const left = Math.floor(random() * (light.width - across));
  const top = Math.floor(random() * (light.height - down));
  for (let line = top; line < top + down; line++) {
    const at = line * light.width + left;
    for (const plane of [light.red, light.green, light.blue]) plane.fill(value, at, at + across);
  }
}

/** Codes of 16 to 235 (in ten bits), a camera's own softness between lines, and chroma at half the width. */
function toVideo({ width, height, red, green, blue }: Light): World {
  const world: World = {
    width,
    height,
    y: new Float32Array(width * height),
    u: new Float32Array((width / 2) * height),
    v: new Float32Array((width / 2) * height),
  };
  const limit = (value: number) => (value < 0.02 ? 0.02 : Math.min(value, 0.93));
  const sharp = new Float32Array(width * height);
  for (let line = 0; line < height; line++) {
    for (let x = 0; x < width; x++) {
      const at = line * width + x;
      const [y, u, v] = bt601(
        limit(red[at] as number),
        limit(green[at] as number),
        limit(blue[at] as number),
      );
      sharp[at] = y;
      if (x % 2 === 0) {
        world.u[at >> 1] = u;
        world.v[at >> 1] = v;
      }
    }
  }
  for (let line = 0; line < height; line++) {
    const above = Math.max(0, line - 1) * width;
    const below = Math.min(height - 1, line + 1) * width;
    for (let x = 0; x < width; x++) {
      world.y[line * width + x] =
        0.5 * (sharp[line * width + x] as number) +
        0.25 * ((sharp[above + x] as number) + (sharp[below + x] as number));
    }
  }
  return world;
}

/** Smooth random fields of several sizes on top of each other, -1 to 1, coming round again in width. */
export function cloud(
  width: number,
  height: number,
  random: () => number,
  sizes: readonly number[],
): Float32Array {
  const sum = new Float32Array(width * height);
  let weight = 0.5;
  for (const size of sizes) {
    const across = Math.max(2, Math.round(width / size));
    const down = Math.max(2, Math.ceil(height / size) + 2);
    const lattice = Float32Array.from({ length: across * down }, () => random() * 2 - 1);
    for (let line = 0; line < height; line++) {
      const yAt = line / size;
      const row = Math.floor(yAt);
      const fy = smooth(yAt - row);
      const upper = Math.min(row, down - 1) * across;
      const lower = Math.min(row + 1, down - 1) * across;
      for (let x = 0; x < width; x++) {
        const xAt = (x * across) / width;
        const column = xAt | 0;
        const fx = smooth(xAt - column);
        const next = column + 1 === across ? 0 : column + 1;
        const top = (lattice[upper + column] as number) * (1 - fx) + (lattice[upper + next] as number) * fx;
        const under = (lattice[lower + column] as number) * (1 - fx) + (lattice[lower + next] as number) * fx;
        const at = line * width + x;
        sum[at] = (sum[at] as number) + weight * (top * (1 - fy) + under * fy);
      }
    }
    weight *= 0.6;
  }
  return sum;
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}
