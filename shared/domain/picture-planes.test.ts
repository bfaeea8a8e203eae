import { describe, expect, it } from 'vitest';
import { pictureBytes, planesOf } from './picture-planes.ts';

const sizes = { width: 4, height: 2, chromaWidth: 2, chromaHeight: 2 };

describe('planes of a picture', () => {
  it('are views on its bytes, of one byte a sample up to eight bits', () => {
    const bytes = Uint8Array.from({ length: 16 }, (_, at) => at).buffer;
    const { y, u, v } = planesOf({ ...sizes, bitDepth: 8 }, bytes);
    expect([[...y], [...u], [...v]]).toEqual([
      [0, 1, 2, 3, 4, 5, 6, 7],
      [8, 9, 10, 11],
      [12, 13, 14, 15],
    ]);
    expect(y.buffer).toBe(bytes);
  });

  it('are of two bytes a sample above, the lower one first', () => {
    const bytes = new ArrayBuffer(pictureBytes({ ...sizes, bitDepth: 10 }));
    const view = new DataView(bytes);
    for (let at = 0; at < 16; at++) view.setUint16(at * 2, 940 - at, true);
    const { y, u, v } = planesOf({ ...sizes, bitDepth: 10 }, bytes);
    expect([y[0], y[7], u[0], u[3], v[0], v[3]]).toEqual([940, 933, 932, 929, 928, 925]);
  });

  it('are refused where bytes are missing', () => {
    expect(() => planesOf({ ...sizes, bitDepth: 8 }, new ArrayBuffer(15))).toThrow(RangeError);
  });
});
