import { describe, expect, test } from 'vitest';
import { passIdSchema } from '#shared/domain/ids.ts';
import { barsPicture } from '#shared/domain/reference-bars.ts';
import { allOfIt } from './part-in-copy.ts';
import type { ShownPair, ShownPicture } from './presenter.ts';
import { type RegionLikeness, regionLikeness } from './region-likeness.ts';

const [width, height, cutTopLines, copyLines] = [72, 48, 4, 40];
const pass = {
  id: passIdSchema.parse('0190a0b0-0000-7000-8000-000000000001'),
  passNumber: 1,
  frames: 10,
  video: { width, height, frameRate: { num: 30000, den: 1001 }, fieldOrder: 'bff' as const },
  accessFileId: null,
};
const partInB = { x: 0, y: cutTopLines / height, width: 1, height: copyLines / height };
const region = { x: 8, y: 8, width: 40, height: 32 };

/** A picture whose luma is what `valueAt` says of its columns, in parts of the width, and lines. */
function picture(
  address: ShownPicture['address'],
  raster: { width: number; height: number },
  valueAt: (x: number, line: number) => number,
): ShownPicture {
  const { header, planes } = barsPicture('100/0/75/0', raster);
  const y = Uint16Array.from(planes.y, (_, at) =>
    valueAt(((at % raster.width) + 0.5) / raster.width, Math.floor(at / raster.width)),
  );
  return { address, picture: { header, planes: { ...planes, y }, interlacedChroma: false } };
}
const slope = (x: number) => Math.round(200 + 500 * x);
/** The later field is 300 codes above the earlier one: bottom lines come first. */
const master = picture(
  { kind: 'frame', pass, role: 'master', frame: 3 },
  { width, height },
  (x, line) => slope(x) + (line % 2 === 1 ? 0 : 300),
);
const copyOf = (frame: number, raise: number, raster = { width: 64, height: copyLines }) =>
  picture({ kind: 'frame', pass, role: 'access', frame }, raster, (x) => slope(x) + raise);
const told = (b: ShownPicture, field: 'frame' | 'A' | 'B' = 'frame', part = partInB, of = region) =>
  regionLikeness({ cursorFrame: 3, a: master, b } as ShownPair, of, { field, partInB: part });

describe('a region of a master and its access copy', () => {
  test.each([
    // Frame 6 of the copy is the earlier field of the master's frame 3, frame 7 the later one.
    [6, 0, 'frame', 'A'],
    [7, 300, 'frame', 'B'],
    [6, 0, 'A', undefined],
    [7, 300, 'B', undefined],
    [7, 300, 'A', 'B'],
  ] as const)(
    'has the likeness of the lines that frame %i of the copy has from it',
    (frame, raise, field, linesOf) => {
      const found = told(copyOf(frame, raise), field) as RegionLikeness;
      // Nothing but the rounding of a slope.
      expect(found.psnrDb).toBeGreaterThan(58);
      expect(found.ssim).toBeGreaterThan(0.99);
      expect([found.scaledToWidth, found.linesOf]).toEqual([64, linesOf]);
      const other = told(copyOf(frame, 300 - raise), field) as RegionLikeness;
      expect(other.psnrDb).toBeCloseTo(20 * Math.log10(1023 / 300), 0);
    },
  );

  test('is not told of what the copy does not hold, or of a line that may be of the other field', () => {
    expect(told(copyOf(6, 0), 'frame', partInB, { ...region, y: 0, height: 4 })).toBe('notInB');
    expect(told(copyOf(6, 0), 'frame', partInB, { ...region, height: 1 })).toBe('tooSmall');
  });

  test('is not told where lines were scaled', () => {
    expect(told(copyOf(6, 0), 'frame', allOfIt)).toBe('otherRaster');
    expect(told(copyOf(6, 0, { width: 64, height: 36 }))).toBe('otherRaster');
  });

  test('counts the kept lines alone, where the raster is the same too', () => {
    const found = told(copyOf(6, 0, { width, height }), 'frame', allOfIt) as RegionLikeness;
    expect(found).toEqual({ psnrDb: Number.POSITIVE_INFINITY, ssim: 1, linesOf: 'A' });
  });
});

test('the copy of another pass, with another raster, has no figure', () => {
  const other = { ...pass, id: passIdSchema.parse('0190a0b0-0000-7000-8000-000000000002') };
  const b = copyOf(6, 0);
  expect(told({ ...b, address: { kind: 'frame', pass: other, role: 'access', frame: 6 } })).toBe(
    'otherRaster',
  );
});

test('two masters are held against each other sample for sample', () => {
  expect(told(master)).toEqual({ psnrDb: Number.POSITIVE_INFINITY, ssim: 1 });
});
