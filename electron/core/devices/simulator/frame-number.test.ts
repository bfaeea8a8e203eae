import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestFrameNumber, readFrameNumber, stampArea, stampFrameNumber } from './frame-number.ts';
import { packV210, planarPicture, unpackV210 } from './v210.ts';

const width = 192;
const height = 144;

function stamped(frameNumber: number, background = 512): Uint16Array {
  const picture = planarPicture(width, height);
  picture.y.fill(background);
  picture.cb.fill(512);
  picture.cr.fill(512);
  const packed = packV210(picture);
  stampFrameNumber(packed, width, frameNumber);
  return unpackV210(packed, width, height).y;
}

const anyFrame = fc.integer({ min: 0, max: largestFrameNumber });

describe('the frame number in the picture', () => {
  it('is read back from 10 bit and from 8 bit', () => {
    fc.assert(
      fc.property(anyFrame, fc.integer({ min: 64, max: 940 }), (frame, background) => {
        const luma = stamped(frame, background);
        expect(readFrameNumber(luma, width, height)).toBe(frame);
        const eight = Uint8Array.from(luma, (sample) => sample >> 2);
        expect(readFrameNumber(eight, width, height)).toBe(frame);
      }),
    );
  });

  it('is in each field by itself', () => {
    fc.assert(
      fc.property(anyFrame, fc.constantFrom(0, 1), (frame, parity) => {
        const luma = stamped(frame);
        // A field doubled to a frame, as a simple deinterlacer does.
        const bobbed = luma.map((_, at) => {
          const line = Math.floor(at / width);
          return luma[(line - (line % 2) + parity) * width + (at % width)] as number;
        });
        expect(readFrameNumber(bobbed, width, height)).toBe(frame);
      }),
    );
  });

  it('is refused, never misread, when one cell is turned over', () => {
    fc.assert(
      fc.property(anyFrame, fc.nat(19), fc.nat(1), (frame, column, row) => {
        const luma = stamped(frame);
        for (let line = 0; line < 8; line++) {
          for (let pixel = 0; pixel < 6; pixel++) {
            const at = (stampArea.y + row * 8 + line) * width + stampArea.x + column * 6 + pixel;
            luma[at] = luma[at] === 64 ? 800 : 64;
          }
        }
        expect(readFrameNumber(luma, width, height)).toBeUndefined();
      }),
    );
  });

  it('is not found where there is none', () => {
    expect(readFrameNumber(new Uint16Array(width * height).fill(64), width, height)).toBeUndefined();
    expect(readFrameNumber(new Uint16Array(width * height).fill(940), width, height)).toBeUndefined();
    expect(readFrameNumber(new Uint8Array(64 * 16), 64, 16)).toBeUndefined();
  });

  it('refuses a number that does not fit', () => {
    for (const frame of [-1, 0.5, largestFrameNumber + 1]) expect(() => stamped(frame)).toThrow(RangeError);
  });
});
