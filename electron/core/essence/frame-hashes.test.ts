import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { compareFrameHashes, findTimestampGaps } from './frame-hash-comparison.ts';
import { type FrameHashRow, readFrameHashFile, readFrameHashLines } from './frame-hashes.ts';
import { makeTestMaster, runFfmpeg } from './test-master.ts';

const folder = mkdtempSync(join(tmpdir(), 'helical-hashes-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { master, frames } = makeTestMaster(folder);

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function rowsOf(path: string): Promise<FrameHashRow[]> {
  return collect(readFrameHashFile(path).rows());
}

describe('reading a hash list', () => {
  test('head and rows of a framehash file', async () => {
    const reader = readFrameHashFile(frames);
    const rows = await collect(reader.rows());
    expect(reader.header).toMatchObject({
      version: 2,
      algorithm: 'MD5',
      software: expect.stringContaining('Lavf'),
    });
    expect(reader.header.streams[0]).toMatchObject({
      timeBase: { num: 1, den: 25 },
      mediaType: 'video',
      codecId: 'rawvideo',
      dimensions: '192x144',
    });
    expect(rows).toHaveLength(25);
    expect(rows[3]).toMatchObject({ stream: 0, dts: 3, pts: 3, duration: 1, sizeBytes: 192 * 144 * 4 });
    expect(reader.cutLine).toBe(false);
  });

  test('framemd5 of several streams, and sha256', async () => {
    const path = join(folder, 'all.framemd5');
    runFfmpeg(['-i', master, '-map', '0', '-f', 'framemd5', path]);
    const reader = readFrameHashFile(path);
    const rows = await collect(reader.rows());
    expect(reader.header.streams.map((stream) => stream.mediaType)).toEqual(['video', 'audio', 'audio']);
    expect(reader.header.streams[2]?.sampleRateHz).toBe(48000);
    expect(rows.filter((row) => row.stream === 0)).toHaveLength(25);
    const sha = join(folder, 'sha.framehash');
    runFfmpeg(['-i', master, '-map', '0:v', '-f', 'framehash', sha]);
    expect((await rowsOf(sha))[0]?.hash).toHaveLength(64);
  });

  test('a list cut at any byte gives the rows before the cut, and never throws', async () => {
    const text = readFileSync(frames, 'utf8');
    const whole = await rowsOf(frames);
    for (let length = text.length - 140; length <= text.length; length += 1) {
      const path = join(folder, 'cut.framehash');
      writeFileSync(path, text.slice(0, length));
      const reader = readFrameHashFile(path);
      const rows = await collect(reader.rows());
      expect(whole.slice(0, rows.length)).toEqual(rows);
      const lastLine = text.slice(0, length).split('\n').at(-1) ?? '';
      expect(reader.cutLine).toBe(
        lastLine !== '' &&
          rows.length <
            text
              .slice(0, length)
              .split('\n')
              .filter((l) => /^\d/.test(l)).length,
      );
    }
  });

  test('a broken line in the middle is an error, as is a file that is none and one that is not there', async () => {
    const lines = ['#version: 2', '0, 0, 0, 1, 10, aabb', 'garbage', '0, 1, 1, 1, 10, aabb'];
    await expect(collect(readFrameHashLines(lines).rows())).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
    await expect(rowsOf(join(folder, 'absent'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await expect(rowsOf(master)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

describe('comparing hash lists', () => {
  test('equal lists are equal, and a decoded FFV1 master gives the captured hashes', async () => {
    const decoded = join(folder, 'decoded.framehash');
    runFfmpeg(['-i', master, '-map', '0:v', '-f', 'framehash', '-hash', 'md5', decoded]);
    const result = await compareFrameHashes(
      readFrameHashFile(frames).rows(),
      readFrameHashFile(decoded).rows(),
    );
    expect(result).toEqual({
      equal: true,
      frames: 25,
      decodedFrames: 25,
      missingFrames: 0,
      extraFrames: 0,
      differentFrameCount: 0,
      differentFrames: [],
    });
  });

  test('different, missing and extra frames are told', async () => {
    const rows = await rowsOf(frames);
    const changed = rows.map((row, index) => (index === 7 || index === 9 ? { ...row, hash: '00' } : row));
    expect(await compareFrameHashes(rows, changed)).toMatchObject({
      equal: false,
      firstDifferentFrame: 7,
      differentFrames: [7, 9],
      differentFrameCount: 2,
    });
    expect(await compareFrameHashes(rows, rows.slice(0, 20))).toMatchObject({
      equal: false,
      missingFrames: 5,
      firstDifferentFrame: 20,
    });
    expect(await compareFrameHashes(rows.slice(0, 20), rows)).toMatchObject({ equal: false, extraFrames: 5 });
    expect((await compareFrameHashes([], [])).equal).toBe(false);
    const many = Array.from({ length: 500 }, () => ({
      stream: 0,
      dts: 0,
      pts: 0,
      duration: 1,
      sizeBytes: 1,
      hash: 'aa',
    }));
    const other = many.map((row) => ({ ...row, hash: 'bb' }));
    const capped = await compareFrameHashes(many, other);
    expect([capped.differentFrameCount, capped.differentFrames.length]).toEqual([500, 100]);
  });

  test('gaps in time are found, with how many frames fit in them', async () => {
    const rows = await rowsOf(frames);
    expect(await findTimestampGaps(rows)).toEqual([]);
    expect(
      await findTimestampGaps(rows.filter((_, index) => index !== 5 && index !== 10 && index !== 11)),
    ).toEqual([
      { afterFrame: 4, missingFrames: 1 },
      { afterFrame: 8, missingFrames: 2 },
    ]);
    const twice = [...rows.slice(0, 3), ...rows.slice(2)];
    expect(await findTimestampGaps(twice)).toEqual([{ afterFrame: 2, missingFrames: -1 }]);
  });
});
