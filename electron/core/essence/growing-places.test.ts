import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { element, uintElement } from './ebml-writer.ts';
import { findFramePlaces } from './find-frame-places.ts';
import type { FramePlaces } from './frame-places.ts';
import { type GrowingPlaces, openGrowingPlaces } from './growing-places.ts';
import { makeTestMaster } from './test-master.ts';

let folder: string;
let whole: string;
let bytes: Buffer;
let known: FramePlaces;
let growing: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'helical-growing-'));
  ({ master: whole } = makeTestMaster(folder, { muxer: ['-cluster_time_limit', '200'] }));
  bytes = readFileSync(whole);
  known = (await findFramePlaces(whole, 25)) as FramePlaces;
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(({ task }) => {
  growing = join(folder, `${task.id}.mkv`);
});

const listed = ({ ticks, clusterOffsets, placesInCluster }: FramePlaces) =>
  [ticks, clusterOffsets, placesInCluster].map((list) => [...list.values()]);
/** Where the cluster begins that this frame is in. */
const clusterOf = (frame: number) => known.clusterOffsets.at(frame);
const opened = async () => (await openGrowingPlaces(growing)) as GrowingPlaces;

it('finds the same places as in the whole file, however it grows', async () => {
  appendFileSync(growing, bytes.subarray(0, clusterOf(0)));
  const places = await opened();
  const seen: number[] = [];
  // In pieces that end within heads, within blocks and between clusters.
  for (let from = clusterOf(0); from < bytes.length; from += 7919) {
    appendFileSync(growing, bytes.subarray(from, from + 7919));
    await places.readOn();
    seen.push(places.frames);
  }
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(new Set(seen).size).toBeGreaterThan(3);
  expect(places.frames).toBe(25);
  expect(listed(places)).toEqual(listed(known));
});

it('counts a cluster when its last byte is there', async () => {
  const second = clusterOf(24);
  appendFileSync(growing, bytes.subarray(0, second - 1));
  const places = await opened();
  await places.readOn();
  const before = places.frames;
  expect(known.clusterOffsets.at(before)).toBeLessThan(second);
  appendFileSync(growing, bytes.subarray(second - 1, second));
  await places.readOn();
  expect(known.clusterOffsets.at(places.frames)).toBe(second);
  expect(places.frames).toBeGreaterThan(before);
});

it('does not read again what it has read', async () => {
  const last = clusterOf(24);
  appendFileSync(growing, bytes.subarray(0, last));
  const places = await opened();
  await places.readOn();
  const file = openSync(growing, 'r+');
  writeSync(file, Buffer.alloc(last), 0, last, 0);
  closeSync(file);
  appendFileSync(growing, bytes.subarray(last));
  await Promise.all([places.readOn(), places.readOn()]);
  expect(listed(places)).toEqual(listed(known));
});

it('is nothing where not even the head is there', async () => {
  appendFileSync(growing, bytes.subarray(0, 20));
  expect(await openGrowingPlaces(growing)).toBeUndefined();
});

it('refuses frames that need each other', async () => {
  const { master } = makeTestMaster(folder, {
    ...{ name: 'grouped', encoder: ['mpeg2video', '-g', '5'], pixelFormat: 'yuv420p', audio: false },
  });
  const places = (await openGrowingPlaces(master)) as GrowingPlaces;
  await expect(places.readOn()).rejects.toThrow(RangeError);
  expect(places.frames).toBe(0);
});

it('finds an hour of frames while the loop goes on', async () => {
  const seconds = 3600;
  const block = (track: number, ticks: number) =>
    element(0xa3, Buffer.from([0x80 | track, ticks >> 8, ticks & 0xff, 0x80, 1, 2, 3, 4]));
  const blocks = Buffer.concat(Array.from({ length: 25 }, (_, frame) => block(1, frame * 40)));
  const clusters = Array.from({ length: seconds }, (_, second) =>
    element(0x1f43b675, Buffer.concat([uintElement(0xe7, second * 1000), blocks])),
  );
  writeFileSync(growing, Buffer.concat([bytes.subarray(0, clusterOf(0)), ...clusters]));
  const places = (await openGrowingPlaces(growing, 1000)) as GrowingPlaces;
  expect(places.trackNumber).toBe(1);
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  await places.readOn();
  isOver = true;
  expect(places.frames).toBe(seconds * 25);
  expect(places.ticks.at(90_000 - 1)).toBe(seconds * 1000 - 40);
  expect(places.placesInCluster.at(90_000 - 1)).toBe(places.placesInCluster.at(90_000 - 26));
  // A thread alone takes that many to start; read here, on the spot, it took some seventy.
  expect(turns).toBeGreaterThan(1000);
});

it('goes on where a thread has ended, and says what hindered it', async () => {
  const third = clusterOf(15);
  appendFileSync(growing, bytes.subarray(0, third));
  const places = (await openGrowingPlaces(growing, 1000)) as GrowingPlaces;
  await places.readOn();
  expect(places.frames).toBeGreaterThan(5);
  appendFileSync(growing, bytes.subarray(third));
  await places.readOn();
  expect(listed(places)).toEqual(listed(known));
  const { master } = makeTestMaster(folder, {
    ...{ name: 'grouped-far', encoder: ['mpeg2video', '-g', '5'], pixelFormat: 'yuv420p', audio: false },
  });
  const grouped = (await openGrowingPlaces(master, 1000)) as GrowingPlaces;
  await expect(grouped.readOn()).rejects.toThrow(RangeError);
});
