import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';
import { type Canvas, firstParity, type Raster } from '../tape/canvas.ts';
import { headShot, objectsShot, panShot, peopleShot, type Shot, stillShot } from './shots.ts';

/** The pictures of a tape: both fields of a frame, each at its own moment. */
export interface Programme {
  paint(canvas: Canvas, frame: number): void;
}

/** Which pictures a tape has: some faults show only where something moves, or has colour. */
export const programmeNames = ['mixed', 'pan', 'people', 'interview', 'objects', 'still'] as const;
export type ProgrammeName = (typeof programmeNames)[number];

/** Builds the shots of a programme; cuts come where the seed says. */
export function programmeOf(name: ProgrammeName, raster: Raster, seed: number): Programme {
  const random = seededRandom(mixSeeds(seed, 1));
  const speed = (4 + 8 * random()) * (random() < 0.5 ? -1 : 1) * (raster.width / 720);
  const part = (index: number) => mixSeeds(seed, 100 + index);
  const pan = (index: number) => panShot(raster, part(index), speed);
  const kinds: Record<ProgrammeName, () => Shot[]> = {
    mixed: () => [pan(0), peopleShot(raster, part(1)), headShot(raster, part(2))],
    pan: () => [pan(0)],
    people: () => [peopleShot(raster, part(0), 5)],
    interview: () => [headShot(raster, part(0)), peopleShot(raster, part(1))],
    objects: () => [objectsShot(raster, part(0))],
    still: () => [stillShot(raster, part(0))],
  };
  const shots = kinds[name]();
  const lengths = shots.map(() => Math.round(55 + 50 * random()));
  return cutTogether(shots, lengths, raster);
}

/** Shots one after the other, and from the first again. */
export function cutTogether(shots: readonly Shot[], lengths: readonly number[], raster: Raster): Programme {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const first = firstParity(raster.standard);
  return {
    paint(canvas, frame) {
      let at = frame % total;
      let index = 0;
      while (at >= (lengths[index] as number)) at -= lengths[index++] as number;
      const shot = shots[index] as Shot;
      // A shot that comes again goes on where it was: a frame never looks like one of before.
      const time = at + Math.floor(frame / total) * (lengths[index] as number);
      shot.paint(canvas, first, time);
      shot.paint(canvas, first === 0 ? 1 : 0, time + 0.5);
    },
  };
}
