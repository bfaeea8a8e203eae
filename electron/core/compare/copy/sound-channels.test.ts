import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededNumbers } from '#core/compare/alignment/played-tape.fixture.ts';
import { windowRateHz } from '#core/compare/sound-window.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { likenessOfChannels } from './sound-channels.ts';

const folder = mkdtempSync(join(tmpdir(), 'helical-channels-'));
const lengthS = 4;
let ffmpegPath: string;
beforeAll(async () => {
  ({ ffmpegPath } = await locateFfmpeg());
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Noise that swells and fades, another way for each seed. */
function programme(seed: number): Float32Array {
  const random = seededNumbers(seed);
  let loud = 0.1;
  return Float32Array.from({ length: lengthS * windowRateHz }, (_, at) => {
    if (at % 4000 === 0) loud = 0.02 + 0.4 * random();
    return loud * (random() - 0.5);
  });
}

function write(name: string, left: Float32Array, right: Float32Array): string {
  const head = Buffer.alloc(44);
  const data = Buffer.alloc(4 * left.length);
  for (const [at, sample] of left.entries()) {
    data.writeInt16LE(Math.round(sample * 32_767), 4 * at);
    data.writeInt16LE(Math.round((right[at] ?? 0) * 32_767), 4 * at + 2);
  }
  head.write('RIFF');
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(windowRateHz, 24);
  head.writeUInt32LE(4 * windowRateHz, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([head, data]));
  return path;
}

const [left, right] = [programme(1), programme(2)];
const master = write('master.wav', left, right);
const silence = new Float32Array(left.length);

async function against(name: string, copyLeft: Float32Array, copyRight: Float32Array) {
  const pathB = write(`${name}.wav`, copyLeft, copyRight);
  const request = { ffmpegPath, pathA: master, pathB, lengthS, pictureOffsetS: 0 };
  return likenessOfChannels({ ...request, channelsOfTracks: [2] });
}

it('tells channels that are as they were from one that is silent, soft, swapped, or turned over', async () => {
  const soft = left.map((sample) => sample / 2);
  const turned = right.map((sample) => -sample);
  const [same, silent, swapped, over] = await Promise.all([
    against('same', left, right),
    against('silent', soft, silence),
    against('swapped', right, left),
    against('turned', left, turned),
  ]);
  for (const { levelDb, isLikeAnother } of same ?? []) {
    expect(levelDb).toBeCloseTo(0, 1);
    expect(isLikeAnother).toBeUndefined();
  }
  expect(silent?.[0]?.levelDb).toBeCloseTo(-6, 1);
  expect(silent?.[1]?.levelDb).toBeLessThan(-30);
  expect(swapped?.map(({ isLikeAnother }) => isLikeAnother)).toEqual([1, 0]);
  expect([same, silent, over].map((one) => one?.map(({ polarity }) => polarity))).toEqual([
    [1, 1],
    [1, null],
    [1, -1],
  ]);
  expect(over?.[1]?.levelDb).toBeCloseTo(0, 1);
});
