import { copyFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { element, uintElement } from './ebml-writer.ts';
import { findFramePlaces } from './find-frame-places.ts';
import { readFrameBlock, roomFor } from './frame-block.ts';
import type { FramePlaces } from './frame-places.ts';
import { clusterId, voidId } from './matroska-elements.ts';
import { createOffsetList, type OffsetList } from './offset-list.ts';
import { makeTestMaster, runFfmpeg } from './test-master.ts';

let folder: string;
let master: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'helical-places-'));
  ({ master } = makeTestMaster(folder, { muxer: ['-cluster_time_limit', '200'] }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const listed = ({ ticks, clusterOffsets, placesInCluster }: FramePlaces) =>
  [ticks, clusterOffsets, placesInCluster].map((list) => [...list.values()]);

it('finds the same places by the index and by the blocks', async () => {
  const byCues = await findFramePlaces(master, 25);
  const byBlocks = await findFramePlaces(master, undefined);
  expect(byCues?.frames).toBe(25);
  expect(listed(byCues as FramePlaces)).toEqual(listed(byBlocks as FramePlaces));
  expect(listed(byCues as FramePlaces)[0]).toEqual(Array.from({ length: 25 }, (_, frame) => frame * 40));
});

it('reads at each place what ffmpeg reads as that packet', async () => {
  const packets = join(folder, 'packets');
  runFfmpeg(['-i', master, '-map', '0:v', '-c', 'copy', '-f', 'data', packets]);
  const places = (await findFramePlaces(master, 25)) as FramePlaces;
  await using file = await open(master);
  const blocks = [];
  for (let frame = 0; frame < 25; frame += 1) {
    const block = await readFrameBlock(file, places, frame);
    blocks.push(block ?? Buffer.from('none'));
  }
  await using written = await open(packets);
  expect(Buffer.concat(blocks).equals(await written.readFile())).toBe(true);
});

it('goes by the blocks where the index does not have each frame, or is not there', async () => {
  expect((await findFramePlaces(master, 24))?.frames).toBe(25);
  const cut = join(folder, 'cut.mkv');
  copyFileSync(master, cut);
  const places = (await findFramePlaces(master, 25)) as FramePlaces;
  truncateSync(cut, places.clusterOffsets.at(20));
  expect((await findFramePlaces(cut, 25))?.frames).toBe(20);
});

it('has no places where frames need each other, or in what is no Matroska', async () => {
  const { master: grouped, frames } = makeTestMaster(folder, {
    ...{ name: 'grouped', encoder: ['mpeg2video', '-g', '5'], pixelFormat: 'yuv420p', audio: false },
  });
  expect(await findFramePlaces(grouped, 25)).toBeUndefined();
  expect(await findFramePlaces(frames, 25)).toBeUndefined();
});

it('reads a frame once into the memory that it is given, and twice far from the head of its cluster', async () => {
  const places = (await findFramePlaces(master, 25)) as FramePlaces;
  const { trackNumber } = places;
  const path = join(folder, 'two-clusters');
  const coded = Buffer.from('what was coded');
  const block = element(0xa3, Buffer.concat([Buffer.from([0x80 | trackNumber, 0, 0, 0x80]), coded]));
  const before = [0, 40_000].map((bytes) =>
    Buffer.concat([uintElement(0xe7, 0), element(voidId, Buffer.alloc(bytes))]),
  );
  const clusters = before.map((filling) => element(clusterId, Buffer.concat([filling, block])));
  await writeFile(path, Buffer.concat(clusters));
  const [ticks, clusterOffsets, placesInCluster] = [0, 1, 2].map(createOffsetList) as [
    OffsetList,
    OffsetList,
    OffsetList,
  ];
  for (const at of [0, 1]) {
    ticks.push(0);
    clusterOffsets.push(at * (clusters[0]?.length ?? 0));
    placesInCluster.push(before[at]?.length ?? 0);
  }
  await using file = await open(path);
  const memory = Buffer.alloc(roomFor(1000));
  for (const frame of [0, 1]) {
    const reading = vi.spyOn(file, 'read');
    const read = await readFrameBlock(
      file,
      { ...places, ticks, clusterOffsets, placesInCluster },
      frame,
      memory,
    );
    expect(read?.toString()).toBe('what was coded');
    expect(read?.buffer).toBe(memory.buffer);
    expect(reading).toHaveBeenCalledTimes(frame + 1);
    reading.mockRestore();
  }
});

it('gives no block where another time or track stands at the place', async () => {
  const places = (await findFramePlaces(master, 25)) as FramePlaces;
  await using file = await open(master);
  expect(await readFrameBlock(file, { ...places, trackNumber: 2 }, 3)).toBeUndefined();
  expect(
    await readFrameBlock(file, { ...places, placesInCluster: places.clusterOffsets }, 3),
  ).toBeUndefined();
  const shifted = { ...places, ticks: places.clusterOffsets };
  expect(await readFrameBlock(file, shifted, 3)).toBeUndefined();
});
