import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { dataFolder } from '#core/config.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { readFrameNumbers } from '../fixtures/read-frame-numbers.ts';
import { ask } from './ask.ts';
import { until } from './until.ts';

/** The one pass of a tape. */
export async function passOf(dataDir: string, tape: string) {
  const passes = await ask(dataDir, (client) => client.passes.list({ tape }));
  expect(passes).toHaveLength(1);
  return passes[0] as (typeof passes)[number];
}

/** Waits until the one pass of a tape is sealed, and returns it. */
export async function sealedPassOf(dataDir: string, tape: string) {
  return until(
    `the pass of ${tape} is sealed`,
    () => passOf(dataDir, tape),
    ({ state }) => state === 'sealed',
  );
}

/** The frame numbers that a tape's one master really holds. */
export async function numbersInMaster(dataDir: string, tape: string): Promise<(number | undefined)[]> {
  const folder = join(dataFolder(dataDir).mastersDir, tape);
  const masters = (await readdir(folder)).filter((name) => name.endsWith('.mkv'));
  expect(masters).toHaveLength(1);
  return readFrameNumbers(join(folder, masters[0] as string), await locateFfmpeg());
}
