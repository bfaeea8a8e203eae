import { describe, expect, test } from 'vitest';
import { pictureHeaderSchema } from './picture-planes.ts';
import { barCodes, barsPicture, referenceBars } from './reference-bars.ts';

/** Red, green and blue of the bars from white to black. */
const primaries = [
  [1, 1, 1],
  [1, 1, 0],
  [0, 1, 1],
  [0, 1, 0],
  [1, 0, 1],
  [1, 0, 0],
  [0, 0, 1],
  [0, 0, 0],
] as const;

/** ITU-R BT.601-7, 2.5.1 and 3.5, with the codes of ten bits. */
function code([red, green, blue]: readonly number[], level: number) {
  const [r, g, b] = [red, green, blue].map((one = 0) => one * level) as [number, number, number];
  const y = 0.299 * r + 0.587 * g + 0.114 * b;
  return [64 + 876 * y, 512 + (896 * (b - y)) / 1.772, 512 + (896 * (r - y)) / 1.402].map(Math.round);
}

describe('reference bars', () => {
  test.each(referenceBars)('%s have the codes of the standard', (pattern) => {
    const [white = 0, , colours = 0] = pattern.split('/').map((percent) => Number(percent) / 100);
    expect(barCodes[pattern]).toEqual(
      primaries.map((bar, index) => code(bar, index === 0 ? white : colours)),
    );
  });

  test('fill a raster evenly, chroma with its luma', () => {
    const { header, planes } = barsPicture('100/0/75/0', { width: 720, height: 576 });
    expect(pictureHeaderSchema.parse(header)).toEqual(header);
    expect([planes.y.length, planes.u.length, planes.v.length]).toEqual([720 * 576, 360 * 576, 360 * 576]);
    const last = 575 * 720;
    expect([0, 89, 90, 719].map((column) => planes.y[last + column])).toEqual([940, 940, 646, 64]);
    expect([44, 45].map((column) => planes.u[575 * 360 + column])).toEqual([512, 176]);
  });
});
