import { expect, test } from 'vitest';
import type { IndexedTrack } from '#core/essence/block-index.ts';
import { createOffsetList } from '#core/essence/offset-list.ts';
import { firstToCheck } from './recovery-proof.ts';

/** Two minutes of PAL with so many bytes to a frame, and so many frames to a cluster. */
function twoMinutes(frameBytes: number, { framesPerCluster = 1, isTimed = true } = {}) {
  const [clusters, before] = [createOffsetList(), createOffsetList()];
  const frames = 120 * 25;
  for (let frame = 0; frame < frames; frame += framesPerCluster) {
    clusters.push(1000 + frame * frameBytes);
    before.push(frame);
  }
  const defaultDurationNs = isTimed ? 40_000_000 : undefined;
  const video = { type: 'video', blocks: frames, before, defaultDurationNs } as IndexedTrack;
  return { clusters, tracks: [video], endOffset: 1000 + frames * frameBytes };
}

/** Seconds at the end that are checked. */
const checked = (index: ReturnType<typeof twoMinutes>, framesPerCluster = 1) =>
  (3000 - framesPerCluster * firstToCheck(index)) / 25;

test('checks a minute of what is small, and never less than the system may keep in memory', () => {
  expect(checked(twoMinutes(200_000))).toBe(60);
  // Noise in standard definition, 12 MB/s: 512 MiB of it.
  expect(checked(twoMinutes(480_000))).toBeCloseTo(44.7, 0);
  // Without compression, 27 MB/s: 512 MiB would be 20 s.
  expect(checked(twoMinutes(27_000_000 / 25))).toBe(35);
  expect(checked(twoMinutes(61_000_000 / 25))).toBe(35);
});

test('ends at two GiB, and takes whole clusters', () => {
  const high = twoMinutes(130_000_000 / 25);
  expect(high.endOffset - high.clusters.at(firstToCheck(high))).toBeLessThanOrEqual(2 ** 31);
  expect(checked(high)).toBeCloseTo(16.5, 0);
  expect(checked(twoMinutes(1_080_000, { framesPerCluster: 12 }), 12)).toBeCloseTo(35.5, 0);
  expect(checked(twoMinutes(1_080_000, { framesPerCluster: 12 }), 12)).toBeGreaterThanOrEqual(35);
  expect(checked(twoMinutes(1_080_000, { isTimed: false }))).toBeGreaterThanOrEqual(35);
});

test('checks all of what is shorter, and of what has one cluster', () => {
  const short = twoMinutes(1000, { framesPerCluster: 3000 });
  expect(firstToCheck(short)).toBe(0);
  expect(firstToCheck({ ...short, tracks: [] })).toBe(0);
});
