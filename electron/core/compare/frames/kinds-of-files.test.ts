import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessOutputArguments, accessVideoFilters } from '#core/ffmpeg/access-copy-arguments.ts';
import { accessFrameOf, masterFrameOf } from '#shared/domain/access-frames.ts';
import type { VideoFormat } from '#shared/domain/formats.ts';
import { masterProfileSchema } from '#shared/domain/profiles.ts';
import { createFrameService, type FrameService } from './frame-service.ts';
import { countedFfmpeg, decodedInOrder, makeNumbered, numberIn } from './numbered-media.fixture.ts';

let folder: string;
let ffmpeg: ReturnType<typeof countedFfmpeg>;
let service: FrameService;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'helical-kinds-'));
  ffmpeg = countedFfmpeg(folder);
  service = createFrameService({ ffmpeg });
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

const small = { width: 192, height: 96, frames: 8 };
const standard = { width: 720, height: 576, frames: 8 };
const dv = ['-vf', 'scale=interl=1', '-c:v', 'dvvideo', '-pix_fmt', 'yuv420p'];
const silent = ['-map', '0:v'];

describe('frames of every kind of file', () => {
  it.each([
    ['packed.mkv', small, ['-c:v', 'rawvideo', '-pix_fmt', 'uyvy422'], 8],
    ['card.mkv', small, ['-c:v', 'v210'], 10],
    ['card.mov', small, ['-c:v', 'v210'], 10],
    ['tape.mkv', standard, dv, 8],
    ['tape.dv', standard, [...dv, ...silent], 8],
    ['groups.mkv', small, ['-c:v', 'ffv1', '-g', '5', '-pix_fmt', 'yuv422p10le'], 10],
    ['hdv.mkv', small, ['-c:v', 'mpeg2video', '-g', '6', '-bf', '2', '-q:v', '2', '-pix_fmt', 'yuv420p'], 8],
  ])('%s are those of decoding in order', async (name, size, output, bitDepth) => {
    const path = await makeNumbered(folder, name, size, output);
    const file = { key: name, path, frames: size.frames };
    const pictures = [];
    for (const frame of [0, 1, 7, 6, 3]) pictures.push(await service.picture(file, frame));
    expect(pictures[0]?.header).toMatchObject({
      frames: size.frames,
      width: size.width,
      height: size.height,
      bitDepth,
    });
    const inOrder = await decodedInOrder(path, pictures[0] as (typeof pictures)[0]);
    for (const picture of pictures) {
      const { frame } = picture.header;
      expect([frame, numberIn(picture)]).toEqual([frame, frame]);
      expect(inOrder[frame]?.equals(picture.planes), `${name} ${frame}`).toBe(true);
      expect(picture.header.damaged).toBe(false);
    }
  });
});

describe('an access copy', () => {
  it('has two frames for each of its master, by the recipe itself', async () => {
    const profile = masterProfileSchema.parse(
      JSON.parse(
        readFileSync(
          new URL('../../../../resources/profiles/master/ffv1-10bit.json', import.meta.url),
          'utf8',
        ),
      ),
    );
    const video: VideoFormat = {
      ...{ width: 192, height: 96, frameRate: { num: 25, den: 1 }, fieldOrder: 'tff' },
      ...{ pixelFormat: 'yuv422p10le', standard: 'PAL' },
    };
    const source = { video, profile, essence: 'encode' } as const;
    const filters = ['format=yuv422p10le', 'setfield=tff', ...accessVideoFilters(source)];
    const path = await makeNumbered(folder, 'access.mp4', { ...small, frames: 70 }, [
      ...['-vf', filters.join(','), ...accessOutputArguments(source, 1)],
    ]);
    const file = { key: 'access', path, frames: undefined };
    const asked = [0, 1, 139, 138, 49, 50, 51, 20];
    for (const frame of asked) {
      const picture = await service.picture(file, frame);
      expect([frame, numberIn(picture, 192)]).toEqual([frame, masterFrameOf(video, frame).frame]);
      expect(picture.header).toMatchObject({ frame, frames: 140, width: 210, height: 96, bitDepth: 8 });
    }
    expect(numberIn(await service.picture(file, accessFrameOf(video, 33, 1)), 192)).toBe(33);
    await expect(service.picture(file, 140)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
