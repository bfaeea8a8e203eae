import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readElementHead } from '#core/essence/ebml-values.ts';
import { findFramePlaces } from '#core/essence/find-frame-places.ts';
import { createFrameService, type FrameService } from './frame-service.ts';
import { countedFfmpeg, decodedInOrder, makeNumbered, numberIn } from './numbered-media.fixture.ts';
import type { PictureFile } from './picture.ts';

const size = { width: 192, height: 96, frames: 20 };
const ffv1 = ['-c:v', 'ffv1', '-level', '3', '-g', '1', '-slicecrc', '1', '-slices', '4'];

let folder: string;
let whole: string;
let service: FrameService;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'helical-damaged-'));
  service = createFrameService({ ffmpeg: countedFfmpeg(folder) });
  const output = [...ffv1, '-pix_fmt', 'yuv422p10le', '-c:a', 'pcm_s24le', '-cluster_time_limit', '200'];
  whole = await makeNumbered(folder, 'whole.mkv', size, output);
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

/** A copy of the master in which bytes of these frames are others, from a place in their block on (0: its head). */
async function damaged(
  name: string,
  frames: readonly number[],
  from: number,
  bytes: Buffer,
): Promise<PictureFile> {
  const path = join(folder, `${name}.mkv`);
  const places = await findFramePlaces(whole, size.frames);
  const content = readFileSync(whole);
  for (const frame of frames) {
    const cluster = places?.clusterOffsets.at(frame) ?? 0;
    const head = readElementHead(content.subarray(cluster));
    if (typeof head === 'string') throw new Error('no cluster');
    const block = cluster + head.headBytes + (places?.placesInCluster.at(frame) ?? 0);
    expect(content[block]).toBe(0xa3);
    bytes.copy(content, block + from);
  }
  writeFileSync(path, content);
  return { key: name, path, frames: size.frames };
}

describe('a frame with a damaged slice', () => {
  it('comes as every player shows it, whichever way it is reached, and says that it is damaged', async () => {
    const file = await damaged('slice', [9], 60, Buffer.from('damage!'));
    const reached: Buffer[] = [];
    for (const way of [[9], [8, 9], [15, 10, 9]]) {
      const fresh = createFrameService({ ffmpeg: countedFfmpeg(folder) });
      for (const frame of way) {
        const picture = await fresh.picture(file, frame);
        expect([frame, picture.header.damaged]).toEqual([frame, frame === 9]);
        if (frame === 9) reached.push(Buffer.from(picture.planes));
        else expect(numberIn(picture)).toBe(frame);
      }
      await fresh.close();
    }
    const inOrder = await decodedInOrder(file.path, await service.picture(file, 9));
    expect(reached.map((planes) => inOrder[9]?.equals(planes))).toEqual([true, true, true]);
    expect(inOrder[9]?.equals(inOrder[8] ?? Buffer.alloc(0))).toBe(false);
  });
});

describe('a frame of which nothing is left', () => {
  it('is refused in words, and those around it come', async () => {
    const file = await damaged('frame', [0, 9, 10, 19], 12, Buffer.alloc(200));
    for (const frame of [0, 19, 10, 9]) {
      await expect(service.picture(file, frame), String(frame)).rejects.toMatchObject({
        code: 'FILE_UNREADABLE',
        problem: `Nothing of frame ${frame} can be decoded: the file is damaged there.`,
      });
    }
    const around = [1, 8, 11, 18];
    const pictures = await Promise.all(around.map((frame) => service.picture(file, frame)));
    expect(pictures.map((picture) => numberIn(picture))).toEqual(around);
    expect(pictures.map(({ header }) => header.damaged)).toEqual([false, false, false, false]);
  });

  it('is refused where another block lies at its place', async () => {
    const file = await damaged('place', [9], 0, Buffer.from([0xec]));
    await expect(service.picture(file, 9)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    expect(numberIn(await service.picture(file, 10))).toBe(10);
  });
});

describe('a master that is cut', () => {
  it('has the frames that are whole, and no more', async () => {
    const path = join(folder, 'cut.mkv');
    copyFileSync(whole, path);
    const places = await findFramePlaces(whole, size.frames);
    truncateSync(path, (places?.clusterOffsets.at(12) ?? 0) + (places?.placesInCluster.at(12) ?? 0) + 40);
    const file = { key: 'cut', path, frames: size.frames };
    const last = await service.picture(file, 11);
    expect([last.header.frames, numberIn(last)]).toEqual([12, 11]);
    await expect(service.picture(file, 12)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      problem: 'There is no frame 12: this file has 12.',
    });
  });

  it('of which nothing is left is refused', async () => {
    const path = join(folder, 'nothing.mkv');
    writeFileSync(path, readFileSync(whole).subarray(0, 100));
    await expect(service.picture({ key: 'nothing', path, frames: 20 }, 0)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
  });
});
