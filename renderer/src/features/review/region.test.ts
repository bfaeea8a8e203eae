import { expect, test } from 'vitest';
import { regionBetween } from './region.ts';

const raster = { width: 720, height: 576 };

test.each([
  [
    { x: 0.5, y: 0.5 },
    { x: 0.5, y: 0.5 },
    { x: 360, y: 288, width: 1, height: 1 },
  ],
  [
    { x: 0.75, y: 0.5 },
    { x: 0.25, y: 0.25 },
    { x: 180, y: 144, width: 361, height: 145 },
  ],
  // Dragged out of the picture: up to its edge.
  [
    { x: 0.5, y: 0.5 },
    { x: 3, y: -1 },
    { x: 360, y: 0, width: 360, height: 289 },
  ],
])('from %j to %j lie %j', (from, to, expected) => expect(regionBetween(from, to, raster)).toEqual(expected));
