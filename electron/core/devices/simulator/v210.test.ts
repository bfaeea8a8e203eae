import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packV210, planarPicture, unpackV210, v210SizeBytes, v210Stride } from './v210.ts';

describe('v210', () => {
  it('pads lines to 48 pixels', () => {
    expect([v210Stride(720), v210Stride(192), v210Stride(194), v210Stride(1280)]).toEqual([
      1920, 512, 640, 3456,
    ]);
  });

  it('gives back every 10-bit sample at any even width', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 1023 })),
        (pairs, height, samples) => {
          const picture = planarPicture(pairs * 2, height);
          for (const plane of [picture.y, picture.cb, picture.cr]) {
            for (let at = 0; at < plane.length; at++) plane[at] = samples.next().value;
          }
          const packed = packV210(picture);
          expect(packed.byteLength).toBe(v210SizeBytes(picture.width, height));
          expect(unpackV210(packed, picture.width, height)).toEqual(picture);
        },
      ),
    );
  });

  it('refuses a picture that is too short', () => {
    expect(() => unpackV210(new Uint8Array(100), 192, 144)).toThrow(RangeError);
  });
});
