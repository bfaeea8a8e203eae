import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { dvFrameBytes, dvTimecode } from './dv-timecode.ts';

const rates = { PAL: rational(25), NTSC: rational(30000, 1001) };

/** A frame of nothing but headers and subcode, with this timecode in every pack (IEC 61834-2 and -4). */
function frameWith(timecode: string, system: 'PAL' | 'NTSC'): Buffer {
  const frame = Buffer.alloc((system === 'PAL' ? 12 : 10) * 12_000, 0xff);
  const [hours = 0, minutes = 0, seconds = 0, frames = 0] = timecode
    .split(/[:;]/)
    .map((part) => Number.parseInt(part, 16));
  const drops = timecode.includes(';') ? 0x40 : 0;
  for (let sequence = 0; sequence < frame.length; sequence += 12_000) {
    frame.set([0x1f, (sequence / 12_000) << 4, 0, system === 'PAL' ? 0xbf : 0x3f], sequence);
    for (const block of [1, 2]) {
      const at = sequence + block * 80;
      frame.set([0x3f, (sequence / 12_000) << 4, block - 1], at);
      for (let sync = 0; sync < 6; sync++) {
        // Bits that the standard leaves to others are set: they must not be read.
        frame.set(
          [0x13, frames | drops | 0x80, seconds | 0x80, minutes | 0x80, hours | 0xc0],
          at + 6 + sync * 8,
        );
      }
    }
  }
  return frame;
}

describe('the timecode in the subcode of DV', () => {
  it('is read at every frame of a day, with 625 lines and 525, dropping numbers or not', () => {
    const system = fc.constantFrom('PAL' as const, 'NTSC' as const);
    fc.assert(
      fc.property(system, fc.nat(2_000_000), fc.boolean(), (name, count, drops) => {
        const timecode = formatTimecode(count, rates[name], drops && name === 'NTSC');
        expect(dvTimecode(frameWith(timecode, name))).toBe(timecode);
      }),
      { numRuns: 40 },
    );
  });

  it('is what most packs say, and nothing where they are damaged or no two agree', () => {
    const frame = frameWith('10:20:30:04', 'PAL');
    frameWith('11:00:00:00', 'PAL').copy(frame, 0, 0, 4 * 12_000);
    expect(dvTimecode(frame)).toBe('10:20:30:04');
    expect(dvTimecode(frameWith('1f:20:30:04', 'PAL'))).toBeUndefined();
    expect(dvTimecode(frameWith('10:20:30:25', 'PAL'))).toBeUndefined();
    expect(dvTimecode(Buffer.alloc(144_000))).toBeUndefined();
    expect(dvTimecode(Buffer.alloc(144_000, 0xff))).toBeUndefined();
    const single = Buffer.alloc(144_000, 0xff);
    frameWith('10:20:30:04', 'PAL').copy(single, 80, 80, 80 + 14);
    expect(dvTimecode(single)).toBeUndefined();
  });

  it('is never found where there is none, and anything may stand in a frame', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 24_500 }), (bytes) => {
        expect(dvTimecode(bytes)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it('belongs to frames of a size that the standard fixes', () => {
    const video = { width: 720, frameRate: rational(25), fieldOrder: 'bff', standard: 'PAL' } as const;
    expect(dvFrameBytes({ ...video, height: 576, pixelFormat: 'yuv420p' })).toBe(144_000);
    expect(dvFrameBytes({ ...video, height: 480, pixelFormat: 'yuv411p' })).toBe(120_000);
    expect(dvFrameBytes({ ...video, height: 576, pixelFormat: 'yuv422p' })).toBe(288_000);
    expect(dvFrameBytes({ ...video, height: 1080, pixelFormat: 'yuv420p' })).toBeUndefined();
  });
});
