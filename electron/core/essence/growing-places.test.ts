import { appendFileSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
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
