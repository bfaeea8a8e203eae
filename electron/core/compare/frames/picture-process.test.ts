import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { startPictureProcess } from './picture-process.ts';
import { createPlaneMemory } from './plane-memory.ts';

const { ffmpegPath } = await locateFfmpeg();
const folder = mkdtempSync(join(tmpdir(), 'helical-picture-process-'));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it.each([
  ['a socket', undefined],
  ['a pipe, where a socket has no place', join(folder, 'none')],
  ['a pipe, where a socket would have too long a name', join(folder, 'x'.repeat(90))],
])('gives out each picture whole by %s', async (_, temporary) => {
  if (temporary !== undefined) {
    if (!temporary.endsWith('none')) mkdirSync(temporary, { recursive: true });
    vi.stubEnv('TMPDIR', temporary);
  }
  const memory = createPlaneMemory(1e6);
  const greys: number[][] = [];
  const { ended } = await startPictureProcess({
    ...{ ffmpegPath, isFed: false, pixelFormat: 'gray', pictureBytes: 64 * 48, memory },
    input: ['-f', 'lavfi', '-i', 'color=s=64x48:r=25:d=0.2,format=gray,geq=lum=100+N'],
    onPicture(planes, timeS) {
      greys.push([Math.round(timeS * 25), ...new Set(planes)]);
      memory.release(planes);
    },
    onComplaint: (line) => expect.fail(line),
  });
  expect(await ended).toEqual({ isClean: true, isKilled: false, said: undefined });
  expect(greys).toEqual([0, 1, 2, 3, 4].map((frame) => [frame, 100 + frame]));
});
