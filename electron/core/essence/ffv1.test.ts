import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readFfv1Record, readFfv1Track } from './ffv1.ts';
import { createMatroskaScanner } from './matroska.ts';
import { videoTrackOf } from './matroska-facts.ts';
import { makeTestMaster } from './test-master.ts';

const folder = mkdtempSync(join(tmpdir(), 'helical-ffv1-'));
afterAll(() => rmSync(folder, { recursive: true }));

function videoOf(path: string) {
  const scanner = createMatroskaScanner();
  scanner.write(readFileSync(path));
  const video = videoTrackOf(scanner.end());
  if (!video) throw new Error('no video');
  return video;
}

function encode(name: string, encoder: readonly string[], pixelFormat: string) {
  const { master } = makeTestMaster(folder, {
    name,
    seconds: 0.12,
    audio: false,
    pixelFormat,
    encoder: ['ffv1', ...encoder],
  });
  const video = videoOf(master);
  return { master, video, facts: readFfv1Track(video.codecId, video.codecPrivate) };
}

describe('the FFV1 configuration record', () => {
  test.each([
    [4, 'yuv422p10le', 1, 1],
    [9, 'yuv422p', 0, 1],
    [12, 'yuv422p10le', 1, 10],
    [16, 'yuv422p', 1, 1],
    [24, 'yuv422p10le', 0, 1],
    [30, 'yuv420p10le', 1, 10],
  ])('%i slices, %s, slicecrc %i, g %i', (slices, pixelFormat, sliceCrc, gop) => {
    const options = ['-level', '3', '-slices', slices, '-slicecrc', sliceCrc, '-g', gop].map(String);
    const { facts, video } = encode(`s${slices}`, options, pixelFormat);
    expect(facts).toMatchObject({
      version: 3,
      microVersion: 4,
      belowVersion3: false,
      bitsPerSample: pixelFormat.includes('10') ? 10 : 8,
      sliceCrc: sliceCrc === 1,
      intraOnly: gop === 1,
      recordCrcRight: true,
      colourSpace: 0,
      chroma: {
        planes: true,
        log2Horizontal: 1,
        log2Vertical: pixelFormat.includes('420') ? 1 : 0,
        alpha: false,
      },
    });
    expect(facts?.slices?.count).toBe(slices);
    expect(facts?.problem).toBeUndefined();
    expect(video.blocks.keyframes === video.blocks.count).toBe(gop === 1);
  });

  test('context 1 has initial states, RGB another colour space', () => {
    const large = encode(
      'c1',
      ['-level', '3', '-slices', '4', '-context', '1', '-slicecrc', '1', '-g', '1'],
      'yuv422p10le',
    );
    expect(large.facts).toMatchObject({ version: 3, sliceCrc: true, intraOnly: true, recordCrcRight: true });
    const rgb = encode('rgb', ['-level', '3', '-slices', '4', '-slicecrc', '1', '-g', '1'], 'bgra');
    expect(rgb.facts).toMatchObject({
      colourSpace: 1,
      bitsPerSample: 8,
      sliceCrc: true,
      chroma: { alpha: true },
    });
  });

  test('level 1 has no record: below version 3', () => {
    const { facts } = encode('level1', ['-level', '1'], 'yuv422p');
    expect(facts).toMatchObject({ belowVersion3: true, version: undefined, problem: undefined });
  });

  test('the form V_FFV1 has the record without a bitmap header', () => {
    const { video } = encode(
      'vfw',
      ['-level', '3', '-slices', '4', '-slicecrc', '1', '-g', '1'],
      'yuv422p10le',
    );
    expect(video.codecId).toBe('V_MS/VFW/FOURCC');
    const record = video.codecPrivate?.subarray(40) ?? new Uint8Array(0);
    expect(readFfv1Track('V_FFV1', record)).toEqual(readFfv1Track(video.codecId, video.codecPrivate));
  });

  test('another codec is not FFV1', () => {
    expect(readFfv1Track('V_MS/VFW/FOURCC', Buffer.alloc(40))).toBeUndefined();
    expect(readFfv1Track('V_MPEG4/ISO/AVC', Buffer.alloc(40))).toBeUndefined();
  });

  test('a damaged record never throws, and its CRC tells every single flip', () => {
    const { video } = encode(
      'flip',
      ['-level', '3', '-slices', '4', '-slicecrc', '1', '-g', '1'],
      'yuv422p10le',
    );
    const record = Uint8Array.from(video.codecPrivate?.subarray(40) ?? []);
    expect(record.length).toBeGreaterThan(20);
    for (let bit = 0; bit < record.length * 8; bit += 1) {
      const damaged = Uint8Array.from(record);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(readFfv1Record(damaged).recordCrcRight).toBe(false);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        readFfv1Record(bytes);
      }),
    );
  });
});
