import { bt601 } from '#core/devices/simulator/paint.ts';
import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';
import type { Canvas, Raster } from '../tape/canvas.ts';
import { type Blob, drawBlob, lookAt } from './look.ts';
import { paintWorld, type World } from './world.ts';

/** What a camera takes: paints one field as it is at a moment, in frames since the shot began. */
export interface Shot {
  name: string;
  paint(canvas: Canvas, parity: 0 | 1, time: number): void;
}

/** A camera that turns past houses and people, at so many pixels a frame. */
export function panShot(raster: Raster, seed: number, pixelsPerFrame: number): Shot {
  const world = worldOf(raster, seed);
  const people = crowd(raster, seed, 3);
  return {
    name: 'pan',
    paint(canvas, parity, time) {
      const x = pixelsPerFrame * time;
      lookAt(world, { x, y: 4 + 3 * Math.sin(time / 31) }, canvas, parity);
      for (const person of people) person(canvas, parity, time, -x * 1.15);
    },
  };
}

/** A camera on a tripod, people who walk about. */
export function peopleShot(raster: Raster, seed: number, count = 4): Shot {
  const world = worldOf(raster, seed);
  const people = crowd(raster, seed, count);
  const x = (seed % 97) * 5;
  return {
    name: 'people',
    paint(canvas, parity, time) {
      lookAt(world, { x, y: 4 }, canvas, parity);
      for (const person of people) person(canvas, parity, time, 0);
    },
  };
}

/** Somebody who talks into the camera: little moves but the mouth, now and then the head. */
export function headShot(raster: Raster, seed: number): Shot {
  const world = worldOf(raster, seed);
  const random = seededRandom(mixSeeds(seed, 11));
  const { width, height } = raster;
  const skin = bt601(0.62 + 0.1 * random(), 0.45 + 0.06 * random(), 0.36);
  const cloth = bt601(0.2 + 0.3 * random(), 0.25, 0.3 + 0.3 * random());
  const dark = bt601(0.12, 0.08, 0.07);
  return {
    name: 'head',
    paint(canvas, parity, time) {
      lookAt(world, { x: 300, y: 4 }, canvas, parity);
      const swayX = width * (0.5 + 0.012 * Math.sin(time / 17) + 0.006 * Math.sin(time / 5.3));
      const swayY = height * (0.42 + 0.008 * Math.sin(time / 11));
      const part = (dx: number, dy: number, rx: number, ry: number, colour: Blob['colour']) =>
        drawBlob(
          canvas,
          {
            x: swayX + dx * width,
            y: swayY + dy * height,
            radiusX: rx * width,
            radiusY: ry * height,
            colour,
          },
          parity,
        );
      part(0, 0.52, 0.26, 0.3, cloth);
      part(0, -0.04, 0.125, 0.23, dark);
      part(0, 0, 0.11, 0.21, skin);
      const blink = (time + seed) % 71 < 4 ? 0.25 : 1;
      part(-0.04, -0.05, 0.016, 0.012 * blink, dark);
      part(0.04, -0.05, 0.016, 0.012 * blink, dark);
      const open = 0.006 + 0.022 * Math.abs(Math.sin(time / 2.9) * Math.sin(time / 13));
      part(0, 0.11, 0.04, open, dark);
    },
  };
}

/** Nobody, nothing: a room and a camera that stands still. */
export function stillShot(raster: Raster, seed: number): Shot {
  const world = worldOf(raster, seed);
  return {
    name: 'still',
    paint(canvas, parity) {
      lookAt(world, { x: (seed % 89) * 7, y: 4 }, canvas, parity);
    },
  };
}

/** Things that fly about quickly before a wall: dancers, thrown balls. */
export function objectsShot(raster: Raster, seed: number, count = 7): Shot {
  const world = worldOf(raster, seed);
  const random = seededRandom(mixSeeds(seed, 23));
  const { width, height } = raster;
  const things = Array.from({ length: count }, () => ({
    colour: bt601(0.1 + 0.65 * random(), 0.1 + 0.6 * random(), 0.1 + 0.6 * random()),
    radius: width * (0.03 + 0.07 * random()),
    fx: 0.02 + 0.05 * random(),
    fy: 0.02 + 0.06 * random(),
    phase: random() * 7,
  }));
  return {
    name: 'objects',
    paint(canvas, parity, time) {
      lookAt(world, { x: 100 + 25 * Math.sin(time / 23), y: 4 }, canvas, parity);
      for (const { colour, radius, fx, fy, phase } of things) {
        const x = width * (0.5 + 0.45 * Math.sin(time * fx * 2 + phase));
        const y = height * (0.5 + 0.42 * Math.cos(time * fy * 2 + phase * 3));
        drawBlob(canvas, { x, y, radiusX: radius, radiusY: radius * 1.1, colour }, parity);
      }
    },
  };
}

type Walker = (canvas: Canvas, parity: 0 | 1, time: number, shift: number) => void;

function crowd({ width, height }: Raster, seed: number, count: number): Walker[] {
  const random = seededRandom(mixSeeds(seed, 5));
  return Array.from({ length: count }, () => {
    const size = 0.6 + 0.7 * random();
    const speed = (random() < 0.5 ? -1 : 1) * width * (0.002 + 0.006 * random());
    const start = random() * width * 1.4;
    const floor = height * (0.72 + 0.1 * random());
    const cloth = bt601(0.1 + 0.6 * random(), 0.1 + 0.5 * random(), 0.1 + 0.6 * random());
    const skin = bt601(0.55 + 0.15 * random(), 0.42, 0.33);
    const range = width * 1.4;
    return (canvas, parity, time, shift) => {
      const x = ((((start + speed * time + shift) % range) + range) % range) - width * 0.2;
      const step = height * 0.006 * Math.sin(time * 0.7);
      const body = { x, y: floor - height * 0.12 * size + step, radiusX: width * 0.04 * size };
      drawBlob(canvas, { ...body, radiusY: height * 0.17 * size, colour: cloth }, parity);
      const head = { x: x + 2, y: floor - height * 0.35 * size + step, radiusX: width * 0.022 * size };
      drawBlob(canvas, { ...head, radiusY: height * 0.045 * size, colour: skin }, parity);
    };
  });
}

function worldOf(raster: Raster, seed: number): World {
  const random = seededRandom(mixSeeds(seed, 3));
  return paintWorld(
    { width: raster.width * 2, height: raster.height + 8 },
    {
      seed: mixSeeds(seed, 4),
      sky: [0.35 + 0.35 * random(), 0.42 + 0.3 * random(), 0.5 + 0.3 * random()],
      ground: [0.2 + 0.25 * random(), 0.22 + 0.2 * random(), 0.12 + 0.2 * random()],
      boxes: 14,
      texture: 0.25,
    },
  );
}
