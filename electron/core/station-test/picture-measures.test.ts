import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barPatterns } from './bar-patterns.ts';
import { type FoundBars, findBars, meanBars } from './bars.ts';
import { chromaError } from './chroma.ts';
import { fieldMotion } from './field-motion.ts';
import { findFlashes } from './flashes.ts';
import { type Picture, readPicture } from './picture.ts';
import { pictureNoise, signalToNoiseDb } from './picture-noise.ts';
import { type BarErrors, drawBars, movingPillar, raster } from './synthetic.fixture.ts';

const patterns = barPatterns(raster.height).map(({ id }) => id);
/** A small random number generator, so that a failure can be seen again. */
const seeded = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};
const seen = (id: (typeof patterns)[number], errors: BarErrors, seed = 1) => {
  const random = seeded(seed);
  const pair = [drawBars(id, errors, random), drawBars(id, errors, random)] as const;
  const found = meanBars(pair.flatMap((picture) => findBars(picture) ?? []));
  return { pair, found: found as FoundBars };
};
const codeOf = ({ bars }: FoundBars, name: string) => bars.find((bar) => bar.name === name)?.measured ?? [];

describe('bars', () => {
  it.each(patterns)('%s are known, and each bar is what it should be', (id) => {
    const { found } = seen(id, {});
    expect(found.pattern).toBe(id);
    for (const { expected, measured } of found.bars) expect(measured).toEqual(expected);
    expect(chromaError(found.bars).gainDb).toBeCloseTo(0, 6);
  });

  it('have the 10-bit codes of the tables', () => {
    const [ebu] = barPatterns(576);
    // ITU-R BT.471 bars 100/0/75/0 in the codes of BT.601, as EBU and test-generator tables give them (8 bit times four).
    const table = {
      white: 235,
      yellow: 162,
      cyan: 131,
      green: 112,
      magenta: 84,
      red: 65,
      blue: 35,
      black: 16,
    };
    for (const { name, expected } of ebu?.bars ?? []) {
      expect(Math.abs(expected[0] / 4 - table[name as keyof typeof table])).toBeLessThanOrEqual(0.5);
    }
  });

  it('with a known error in gain, lift, colour and hue are measured to be off by just that', () => {
    fc.assert(
      fc.property(
        // Not those of 100 %: their colours have no room for too much.
        fc.constantFrom(...patterns.filter((id) => id !== '100-0-100-0')),
        fc.double({ min: 0.9, max: 1.05, noNaN: true }),
        fc.integer({ min: -20, max: 30 }),
        fc.double({ min: 0.8, max: 1.15, noNaN: true }),
        fc.double({ min: -10, max: 10, noNaN: true }),
        (id, lumaGain, liftCodes, chromaGain, hueDeg) => {
          const { found } = seen(id, { lumaGain, liftCodes, chromaGain, hueDeg });
          expect(found.pattern).toBe(id);
          expect(
            Math.abs((codeOf(found, 'white')[0] ?? 0) - expectedWhite(id, lumaGain, liftCodes)),
          ).toBeLessThan(1);
          expect(Math.abs((codeOf(found, 'black')[0] ?? 0) - 64 - liftCodes)).toBeLessThan(1);
          const error = chromaError(found.bars);
          expect(Math.abs(error.gainDb - 20 * Math.log10(chromaGain))).toBeLessThan(0.05);
          expect(Math.abs(error.hueDeg - hueDeg)).toBeLessThan(0.2);
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each([
    ['noise', (at: number) => 64 + ((Math.imul(at, 2_654_435_761) >>> 16) % 877)],
    ['black', () => 64],
    ['a ramp', (at: number) => 64 + Math.round((876 * (at % raster.width)) / raster.width)],
  ])('are not seen in %s', (_, level) => {
    const { width, height } = raster;
    const grey = new Uint16Array((width * height) / 2).fill(512);
    const picture: Picture = {
      width,
      height,
      y: Uint16Array.from({ length: width * height }, (_, at) => level(at)),
      cb: grey,
      cr: grey,
    };
    expect(findBars(picture)).toBeUndefined();
  });

  it('show how noisy the chain is, within a twentieth', () => {
    for (const noiseCodes of [2, 6, 15]) {
      const { pair, found } = seen('ebu-100-0-75-0', { noiseCodes });
      const noise = pictureNoise([pair], found);
      expect(Math.abs(noise.luma / noiseCodes - 1)).toBeLessThan(0.05);
      expect(Math.abs(noise.chroma / noiseCodes - 1)).toBeLessThan(0.05);
    }
    const { pair, found } = seen('smpte-75', {});
    expect(signalToNoiseDb(pictureNoise([pair], found).luma, 876)).toBeCloseTo(69.64, 1);
    expect(signalToNoiseDb(8.76, 876)).toBeCloseTo(40, 6);
  });
});

function expectedWhite(id: (typeof patterns)[number], gain: number, lift: number): number {
  const white = barPatterns(raster.height)
    .find((each) => each.id === id)
    ?.bars.find(({ name }) => name === 'white');
  return 64 + ((white?.expected[0] ?? 0) - 64) * gain + lift;
}

describe('fields', () => {
  it.each([
    ['tff', 0.5],
    ['bff', -0.5],
  ] as const)('%s are told by what moves', (order, score) => {
    for (const pixelsAField of [1, 3, 6]) {
      expect(fieldMotion(movingPillar(order, pixelsAField))).toBeCloseTo(score, 1);
    }
  });

  it('are not guessed where all moves from frame to frame, or nothing does', () => {
    expect(fieldMotion(movingPillar('progressive', 3))).toBeUndefined();
    const { pair } = seen('ebu-100-0-75-0', { noiseCodes: 15 });
    expect(fieldMotion([pair])).toBeUndefined();
  });
});

describe('flashes', () => {
  const gridOf = (lit: (frame: number) => number, frames = 100) =>
    Uint16Array.from({ length: frames * 64 }, (_, at) => (at % 64 < lit(Math.floor(at / 64)) ? 800 : 100));

  it('are found where they begin, but not one that was lit from the start, nor a cut', () => {
    const lit = (frame: number) =>
      frame < 2 || (frame >= 40 && frame < 42) || (frame >= 70 && frame < 80) ? 16 : 0;
    expect(findFlashes(gridOf(lit), 25)).toEqual([{ first: 40, end: 42 }]);
  });

  it('are not what moves through three parts of the picture', () => {
    expect(
      findFlashes(
        gridOf((frame) => (frame === 20 ? 3 : 0)),
        25,
      ),
    ).toEqual([]);
  });
});

describe('a raw frame', () => {
  it('is read plane by plane', () => {
    const codes = Uint16Array.from({ length: 4 * 2 * 2 }, (_, index) => index);
    // From the middle of a larger Buffer, as it is cut from a file of frames.
    const file = Buffer.concat([Buffer.alloc(3), Buffer.from(codes.buffer)]);
    const picture = readPicture(file.subarray(3), 4, 2);
    expect([...picture.y]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...picture.cb]).toEqual([8, 9, 10, 11]);
    expect([...picture.cr]).toEqual([12, 13, 14, 15]);
    expect(() => readPicture(new Uint8Array(10), 4, 2)).toThrow(RangeError);
  });
});
