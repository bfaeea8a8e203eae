import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readVitcBits, type Vitc, type VitcSystem, vitcBits } from './vitc.ts';
import { drawVitcLine, narrowestVitcLine, readVitcLine } from './vitc-line.ts';

const two = (value: number) => String(value).padStart(2, '0');
const system = fc.constantFrom<VitcSystem>('PAL', 'NTSC');
/** Any value that a line can carry; drop-frame with 525 lines only. */
const anyLine = system.chain((name) =>
  fc.record({
    system: fc.constant(name),
    vitc: fc
      .record({
        time: fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59), fc.nat(name === 'PAL' ? 24 : 29)),
        mark: name === 'PAL' ? fc.constant(':') : fc.constantFrom(':', ';'),
        field: fc.constantFrom<1 | 2>(1, 2),
        userBits: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 8, maxLength: 8 }),
      })
      .map(({ time: [hours, minutes, seconds, frames], mark, field, userBits }): Vitc => {
        const timecode = `${two(hours)}:${two(minutes)}:${two(seconds)}${mark}${two(frames)}`;
        return { timecode, field, userBits };
      }),
  }),
);

/** Reproducible noise of a Gaussian kind with this deviation. */
function noiseOf(seed: number): () => number {
  let state = (seed >>> 0) + 1;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform() + 1e-12)) * Math.cos(2 * Math.PI * uniform());
}

function clamp(value: number): number {
  return Math.max(0, Math.min(1023, Math.round(value)));
}

/** A line as a worn tape gives it back: shifted, wavering, of another level, soft and noisy. */
function worn(
  line: Uint16Array,
  spoil: { seed: number; noise: number; gain: number; lift: number; shift: number; waver: number },
): Uint16Array {
  const noise = noiseOf(spoil.seed);
  const { width } = { width: line.length };
  return Uint16Array.from({ length: width }, (_, x) => {
    const from = x - spoil.shift - spoil.waver * Math.sin((2 * Math.PI * x) / width + spoil.seed);
    const left = Math.floor(from);
    const at = (index: number) => line[Math.max(0, Math.min(width - 1, index))] as number;
    const soft = (index: number) => (at(index - 1) + 2 * at(index) + at(index + 1)) / 4;
    const level = soft(left) * (1 - (from - left)) + soft(left + 1) * (from - left);
    return clamp(spoil.lift + level * spoil.gain + noise() * spoil.noise);
  });
}

function read(line: Uint8Array | Uint16Array, name: VitcSystem): Vitc | undefined {
  const bits = readVitcLine(line, 0, line.length, name);
  return bits && readVitcBits(bits, name);
}

describe('VITC', () => {
  it('gives back every value, at any width that has room for it, in eight bits and in ten', () => {
    fc.assert(
      fc.property(anyLine, fc.integer({ min: narrowestVitcLine, max: 720 }), (line, width) => {
        const drawn = drawVitcLine(vitcBits(line.vitc, line.system), width, line.system);
        expect(read(drawn, line.system)).toEqual(line.vitc);
        expect(
          read(
            Uint8Array.from(drawn, (level) => level >> 2),
            line.system,
          ),
        ).toEqual(line.vitc);
      }),
      { numRuns: 300 },
    );
  });

  it('has the bits of the standard: a value worked out by hand', () => {
    const bits = [...vitcBits({ timecode: '12:34:56:18', field: 2, userBits: '00000000' }, 'PAL')].join('');
    const groups = [
      '10' + '0001' + '0000',
      '10' + '1000' + '0000',
      '10' + '0110' + '0000',
      '10' + '1010' + '0000',
    ];
    groups.push(
      '10' + '0010' + '0000',
      '10' + '1100' + '0000',
      '10' + '0100' + '0000',
      '10' + '1001' + '0000',
    );
    expect(bits.slice(0, 80)).toBe(groups.join(''));
    // All 90 bits fold to nothing modulo x^8 + 1.
    for (let column = 0; column < 8; column++) {
      const ones = [...bits].filter((bit, index) => index % 8 === column && bit === '1').length;
      expect(ones % 2).toBe(0);
    }
  });

  it('is read from a worn tape, and where it cannot be read it is not read wrong', () => {
    const spoil = fc.record({
      seed: fc.nat(1_000_000),
      noise: fc.double({ min: 0, max: 50, noNaN: true }),
      gain: fc.double({ min: 0.45, max: 1.2, noNaN: true }),
      lift: fc.integer({ min: -40, max: 60 }),
      shift: fc.double({ min: -12, max: 30, noNaN: true }),
      waver: fc.double({ min: 0, max: 4, noNaN: true }),
    });
    let right = 0;
    let all = 0;
    fc.assert(
      fc.property(anyLine, spoil, (line, how) => {
        const found = read(
          worn(drawVitcLine(vitcBits(line.vitc, line.system), 720, line.system), how),
          line.system,
        );
        all += 1;
        if (found !== undefined) {
          expect(found).toEqual(line.vitc);
          right += 1;
        }
      }),
      { numRuns: 1500, seed: 90 },
    );
    expect(right / all).toBeGreaterThan(0.9);
  });

  it('is found neither in noise nor in pictures', () => {
    const lines = 5_000;
    const noise = noiseOf(12);
    let found = 0;
    const line = new Uint8Array(720);
    for (let count = 0; count < lines; count++) {
      const kind = count % 4;
      const period = 3 + (count % 40);
      for (let x = 0; x < line.length; x++) {
        const level = [
          noise() * 60 + 120,
          128 + 90 * Math.sin((x * 2 * Math.PI) / period) + noise() * 8,
          (Math.floor((x + count) / period) % 2) * 180 + 20 + noise() * 4,
          Math.floor((x * 8) / 720) * 30 + noise() * 10,
        ][kind] as number;
        line[x] = Math.max(0, Math.min(255, level));
      }
      if (read(line, count % 2 === 0 ? 'PAL' : 'NTSC')) found += 1;
    }
    expect(found).toBe(0);
  });

  it('with any one bit wrong is not read', () => {
    fc.assert(
      fc.property(anyLine, fc.nat(89), (line, wrong) => {
        const bits = vitcBits(line.vitc, line.system);
        bits[wrong] = 1 - (bits[wrong] as number);
        expect(readVitcBits(bits, line.system)).toBeUndefined();
      }),
    );
  });
});
