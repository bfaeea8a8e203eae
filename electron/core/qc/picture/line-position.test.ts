import { describe, expect, it } from 'vitest';
import { type DecodedPictures, measurePictures } from './decoded-pictures.fixture.ts';
import { drawPictures, type Scene } from './drawn-pictures.fixture.ts';
import type { Picture } from './instrument.ts';
import { linePosition } from './line-position.ts';

const width = 320;
const height = 288;

/** Blanking at the sides, posts, a horizon, and a ball that crosses the picture. */
function sceneAt(across: (field: number) => number, down: (field: number) => number): Scene {
  return {
    luma(column, row, field) {
      if (column < 8 || column >= width - 8) return 64;
      if ((column - 60 - 2 * field) ** 2 + (row - 200) ** 2 < 700) return 800;
      const [x, y] = [column + across(field), row + down(field)];
      const level = 400 + 150 * Math.sin(y / 37) + 80 * Math.sin(y / 11 + 2);
      return Math.max(80, Math.min(900, level + ((x + 400) % 90 < 9 ? 260 : 0)));
    },
  };
}
const still = () => 0;
/** Never the same twice: a shift of it has one answer. */
const pattern = (x: number) => 60 * (Math.sin(x / 7) + Math.sin(x / 17) + Math.sin(x / 41));

const standing = sceneAt(still, still);
const known = new Map<string, DecodedPictures>();

/** Pictures that a test may change: drawing noise takes long, so each scene is drawn once. */
function drawn(bitDepth: number, frames = 4, scene = standing): DecodedPictures {
  const key = `${bitDepth} ${frames}`;
  const decoded =
    (scene === standing && known.get(key)) ||
    drawPictures(scene, { frames, width, height, bitDepth, noiseCodes: 5 });
  if (scene === standing) known.set(key, decoded);
  return { ...decoded, pictures: decoded.pictures.map((picture) => ({ ...picture, y: picture.y.slice() })) };
}

function moveRow({ y }: Picture, row: number, pixels: number): void {
  const line = y.slice(row * width, (row + 1) * width);
  const by = ((Math.round(pixels) % width) + width) % width;
  for (let x = 0; x < width; x++) y[row * width + ((x + by) % width)] = line[x] as number;
}

function measured(decoded: DecodedPictures): (id: string) => number[] {
  const series = measurePictures(decoded, [linePosition]);
  return (id) => Array.from(series.column(id));
}

describe.each([10, 8])('at %i bit', (bitDepth) => {
  it('says nothing of a scene that stands, turns or tilts', () => {
    for (const scene of [
      sceneAt(still, still),
      sceneAt((field) => 4 * field, still),
      sceneAt(still, (field) => 8 * field),
    ]) {
      const of = measured(drawn(bitDepth, 6, scene));
      expect(Math.max(...of('tornShare')), String(of('tornShare'))).toBeLessThan(0.12);
      for (const bend of of('topBendPixels')) expect(Math.abs(bend)).toBeLessThan(1);
      expect(of('rollLines')).toEqual([0, 0, 0, 0, 0, 0]);
      expect(of('headChangeRows')).toEqual([0, 0, 0, 0, 0, 0]);
    }
  });

  it('lets pass what moves the faster the nearer it is', () => {
    const window: Scene = {
      luma: (column, row, field) =>
        300 + pattern(column + Math.floor(row / 48) * 2 * field) + 60 * Math.sin(row / 50),
    };
    for (const share of measured(drawn(bitDepth, 4, window))('tornShare')) expect(share).toBeLessThan(0.1);
  });

  it('finds lines that lie aside of each other', () => {
    const decoded = drawn(bitDepth);
    for (const frame of [1, 2]) {
      const picture = decoded.pictures[frame] as Picture;
      for (let row = 0; row < height; row++) moveRow(picture, row, ((row >> 4) * 37 + frame * 11) % 60);
    }
    const torn = measured(decoded)('tornShare');
    expect(torn[0]).toBe(0);
    expect(torn[1]).toBeGreaterThan(0.4);
    expect(torn[2]).toBeGreaterThan(0.4);
    // The picture behind the fault stands again, though all of its lines have come back from aside.
    expect(torn[3]).toBe(0);
  });

  it('finds a slow wave, which shows only from frame to frame', () => {
    const decoded = drawn(bitDepth);
    for (const [frame, picture] of decoded.pictures.entries())
      for (let row = 0; row < height; row++) moveRow(picture, row, 14 * Math.sin(row / 22 + 2 * frame));
    expect(measured(decoded)('tornShare')[2]).toBeGreaterThan(0.12);
  });

  it('finds a roll, and how fast it is', () => {
    const decoded = drawn(bitDepth, 7);
    for (const [frame, picture] of decoded.pictures.entries()) {
      const by = Math.max(0, frame - 2) * 24 * width;
      const copy = picture.y.slice();
      picture.y.set(copy.subarray(0, copy.length - by), by);
      picture.y.set(copy.subarray(copy.length - by), 0);
    }
    const roll = measured(decoded)('rollLines');
    expect(roll.slice(0, 3)).toEqual([0, 0, 0]);
    expect(roll.slice(3).filter((lines) => lines === 24).length).toBeGreaterThanOrEqual(2);
  });

  it('finds the bar of vertical blanking that rolls through', () => {
    const decoded = drawn(bitDepth, 5);
    const black = 64 * 2 ** (bitDepth - 10);
    for (const [frame, { y }] of decoded.pictures.entries())
      y.fill(black, (60 + 28 * frame) * width, (76 + 28 * frame) * width);
    expect(measured(decoded)('rollLines').slice(1)).toEqual([28, 28, 28, 28]);
  });

  it('takes credits that roll up before black for credits, though black leaves at the top and comes in below', () => {
    const credits: Scene = {
      luma(column, row, field) {
        const line = row + 2 * field;
        const isLetter = line > 120 && line % 44 < 26 && column > 60 && column < width - 70;
        return isLetter ? 480 + pattern(column + 31 * Math.floor(line / 44)) : 66;
      },
    };
    const of = measured(drawn(bitDepth, 14, credits));
    expect(Math.max(...of('rollLines').map(Math.abs))).toBe(0);
  });

  it.each([-1, 1])('measures a bend at the top (direction %i)', (direction) => {
    const decoded = drawn(bitDepth);
    for (const picture of decoded.pictures)
      for (let row = 0; row < 60; row++) moveRow(picture, row, direction * 10 * Math.exp(-row / 16));
    for (const bend of measured(decoded)('topBendPixels')) {
      expect(direction * bend).toBeGreaterThan(4);
      expect(direction * bend).toBeLessThan(12);
    }
  });

  it('does not take a dark corner for the edge of a picture that bends', () => {
    const corner: Scene = {
      luma: (column, row) => (column < 8 ? 64 : column < 60 && row < 30 ? 84 : 420 + 40 * Math.sin(row / 30)),
    };
    const bends = measured(
      drawPictures(corner, { ...{ frames: 2, width, height, bitDepth }, noiseCodes: 4 }),
    );
    for (const bend of bends('topBendPixels')) expect(Number.isNaN(bend) || Math.abs(bend) < 1).toBe(true);
  });

  it('does not take a leaning post for a bend', () => {
    const leaning: Scene = {
      luma: (column, row) => 300 + ((column + row * 0.4) % 90 < 9 ? 260 : 0),
    };
    for (const bend of measured(drawn(bitDepth, 2, leaning))('topBendPixels'))
      expect(Number.isNaN(bend) || Math.abs(bend) < 1.5).toBe(true);
  });

  it('counts the lines below the change of heads', () => {
    const decoded = drawn(bitDepth);
    for (const picture of decoded.pictures)
      for (let row = height - 10; row < height; row++) moveRow(picture, row, 7);
    expect(measured(decoded)('headChangeRows')).toEqual([10, 10, 10, 10]);
  });
});

it('does not take lines that are strange farther up as well for the change of heads', () => {
  const decoded = drawPictures(standing, { frames: 3, width, height, noiseCodes: 4 });
  for (const picture of decoded.pictures)
    for (let row = height - 60; row < height; row += 1 + (row % 3)) moveRow(picture, row, 3 + (row % 5));
  expect(measured(decoded)('headChangeRows')).toEqual([0, 0, 0]);
});

it('lets slanting stripes and a post that comes in at the edge be scenes', () => {
  const crossing: Scene = {
    luma: (column, row, field) => {
      const left = width - 12 - 4 * field;
      if (row > 90 && column >= left && column < left + 16) return 880;
      return 400 + 90 * Math.sin((column + 1.25 * row) / 6) + 40 * Math.sin((column + 1.25 * row) / 17);
    },
  };
  const of = measured(drawPictures(crossing, { frames: 5, width, height, noiseCodes: 2 }));
  expect(Math.max(...of('tornShare')), String(of('tornShare'))).toBeLessThan(0.12);
  expect(of('headChangeRows')).toEqual([0, 0, 0, 0, 0]);
  // Stripes that come again every 57 pixels lie aside by three pixels as well as by 167 to the other side.
  const stripes: Scene = {
    luma: (column, row, field) => 500 + 300 * Math.sign(Math.sin((column + 0.7 * row + 2 * field) / 9)),
  };
  const torn = measured(drawPictures(stripes, { frames: 3, width: 720, height, noiseCodes: 6 }))('tornShare');
  expect(Math.max(...torn), String(torn)).toBeLessThan(0.12);
});

it('says nothing of pictures too small to hold lines that could be compared', () => {
  const tiny = drawPictures(standing, { frames: 3, width: 96, height: 72, noiseCodes: 5 });
  const of = measured(tiny);
  expect(of('tornShare')).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect(of('topBendPixels')).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect(of('headChangeRows')).toEqual([0, 0, 0]);
  const narrow = measured(drawPictures(standing, { frames: 2, width: 128, height: 240, noiseCodes: 5 }));
  for (const share of narrow('tornShare')) expect(share).toBeLessThan(0.12);
});

it('takes neither a gradient that turns for torn lines, nor two boards that lean for a bent top', () => {
  const [wide, high] = [720, 288];
  const turning: Scene = {
    luma: (x, y, field) => {
      const angle = 0.6 + 0.008 * field;
      return 480 + 330 * Math.sin((x * Math.cos(angle) + y * Math.sin(angle)) / 130 + 2.4 + 0.032 * field);
    },
  };
  const gradient = measured(drawPictures(turning, { frames: 4, width: wide, height: high, noiseCodes: 2 }));
  for (const share of gradient('tornShare')) expect(share).toBeLessThan(0.08);
  const boards: Scene = {
    luma: (x, y, field) => {
      const left = x - 0.6 * Math.max(0, 60 - y) - 0.2 * field;
      const stands = (x > 60 && x < 66) || (left > 380 && left < 392) || (left > 560 && left < 566);
      return stands ? 760 : 300;
    },
  };
  const room = measured(drawPictures(boards, { frames: 3, width: wide, height: high, noiseCodes: 4 }));
  for (const bend of room('topBendPixels')) expect(Math.abs(bend) >= 1.8).toBe(false);
});
