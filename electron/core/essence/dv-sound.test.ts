import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { createSoundModeWatch, dvSampleRateHz } from './dv-sound.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-dv-sound-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const palBytes = 144_000;

/** ffmpeg writes 48 kHz; the other frequencies are set in its packs, as a camera sets them. */
async function tape(): Promise<Buffer> {
  const path = join(folder, 'tape.dv');
  await execa('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=720x576:rate=25:duration=0.16'],
    ...['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo', '-shortest', '-target', 'pal-dv', path],
  ]);
  return readFile(path);
}

function withRate(frame: Buffer, code: number): Buffer {
  const changed = Buffer.from(frame);
  for (let at = 0; at < changed.length; at += 80) {
    const isSource = (changed[at] as number) >> 5 === 3 && changed[at + 3] === 0x50;
    if (isSource) changed[at + 7] = ((changed[at + 7] as number) & 0xc7) | (code << 3);
  }
  return changed;
}

test('the sampling frequency of each frame is read, and where it changes', async () => {
  const bytes = await tape();
  const frame = bytes.subarray(0, palBytes);
  expect(dvSampleRateHz(frame)).toBe(48_000);
  expect([1, 2, 3].map((code) => dvSampleRateHz(withRate(frame, code)))).toEqual([44_100, 32_000, undefined]);
  expect(dvSampleRateHz(Buffer.alloc(palBytes))).toBeUndefined();
  expect(dvSampleRateHz(Buffer.alloc(palBytes, 0xff))).toBeUndefined();

  const watch = createSoundModeWatch();
  const frames = [frame, frame, withRate(frame, 2), Buffer.alloc(palBytes), withRate(frame, 2), frame];
  for (const [at, one] of frames.entries()) watch.add(at, one);
  expect(watch.changes).toEqual([
    { frame: 2, fromHz: 48_000, toHz: 32_000 },
    { frame: 5, fromHz: 32_000, toHz: 48_000 },
  ]);
});
