import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FrameHashRow } from '#core/essence/frame-hashes.ts';
import { rational } from '#shared/domain/rational.ts';
import { cutAt } from './recovery-cut.ts';

const audio = { channels: 2, sampleRateHz: 48_000 };
const rates = [rational(25), rational(30000, 1001)];

/** A list of so many rows, as `summariseHashList` gives it. */
function list(rows: number, duration: number, streams = 1) {
  const tail: FrameHashRow[] = Array.from({ length: rows }, (_, index) => ({
    stream: 0,
    dts: index * duration,
    pts: index * duration,
    duration,
    sizeBytes: 1,
    hash: '00',
  })).slice(-1000);
  return {
    rows: new Array<number>(streams).fill(rows),
    tails: new Array<FrameHashRow[]>(streams).fill(tail),
  };
}

test('what is kept was written, was hashed, and picture and sound end within a frame of each other', () => {
  const count = fc.integer({ min: 1, max: 400 });
  const behind = fc.integer({ min: -12, max: 12 });
  fc.assert(
    fc.property(fc.constantFrom(...rates), count, behind, behind, behind, (frameRate, written, a, b, c) => {
      const frameS = frameRate.den / frameRate.num;
      const blocksFor = (frames: number) => Math.max(0, Math.ceil((frames * frameS) / 0.04));
      const hashed = Math.max(0, written + a);
      const packets = { video: written, audio: Math.max(0, blocksFor(written) + b) };
      const sound = list(Math.max(0, blocksFor(written) + c), 1920, 2);
      const video = {
        width: 720,
        height: 576,
        frameRate,
        fieldOrder: 'tff',
        pixelFormat: 'yuv422p10le',
        standard: 'PAL',
      } as const;
      const cut = cutAt({ video, audio }, packets, list(hashed, 1), sound);
      expect(cut.frames).toBeLessThanOrEqual(Math.min(written, hashed));
      expect(cut.blocks).toBeLessThanOrEqual(Math.min(packets.audio, sound.rows[0] ?? 0));
      if (cut.frames > 0)
        expect(Math.abs(cut.blocks * 0.04 - cut.frames * frameS)).toBeLessThanOrEqual(frameS);
      // Nothing is given away: a frame more would lack its picture, its hash or its sound.
      const couldBe = Math.min(
        written,
        hashed,
        Math.floor(Math.min(packets.audio, sound.rows[0] ?? 0) * (0.04 / frameS)),
      );
      expect(cut.frames).toBeGreaterThanOrEqual(couldBe);
    }),
  );
});
