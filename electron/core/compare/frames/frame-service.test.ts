import {
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFrameService, type FrameService } from './frame-service.ts';
import { countedFfmpeg, decodedInOrder, isAlive, makeNumbered, numberIn } from './numbered-media.fixture.ts';
import type { PictureFile } from './picture.ts';

const size = { width: 192, height: 96, frames: 30 };
const ffv1 = ['-c:v', 'ffv1', '-level', '3', '-g', '1', '-slicecrc', '1', '-slices', '4'];
const sound = ['-c:a', 'pcm_s24le', '-cluster_time_limit', '200'];

let folder: string;
let ffmpeg: ReturnType<typeof countedFfmpeg>;
let service: FrameService;
let master: PictureFile;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'helical-frames-'));
  const path = await makeNumbered(folder, 'master.mkv', size, [...ffv1, '-pix_fmt', 'yuv422p10le', ...sound]);
  master = { key: 'master', path, frames: size.frames };
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  ffmpeg = countedFfmpeg(folder);
  service = createFrameService({ ffmpeg });
});
afterEach(() => service.close());

/** Asks for frames one after another and reads the number in each. */
async function numbersOf(file: PictureFile, frames: readonly number[]): Promise<(number | undefined)[]> {
  const numbers: (number | undefined)[] = [];
  for (const frame of frames) numbers.push(numberIn(await service.picture(file, frame)));
  return numbers;
}

describe('frames of a master', () => {
  it.each([
    ['forward', Array.from({ length: 30 }, (_, at) => at)],
    ['backward', Array.from({ length: 30 }, (_, at) => 29 - at)],
    ['in jumps', [17, 3, 29, 0, 28, 1, 15, 14, 16, 16, 29, 0]],
    ['in shuttle', [0, 8, 16, 24, 16, 8, 0]],
  ])('are those that were asked for, %s, from one decoder', async (_way, frames) => {
    expect(await numbersOf(master, frames)).toEqual(frames);
    expect(ffmpeg.pids()).toHaveLength(1);
  });

  it('that cannot be had are said to be so without naming where they lie', async () => {
    const away = { key: 'away', path: join(folder, 'away.mkv'), frames: 3 };
    const refused = await service.picture(away, 0).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'FILE_UNREADABLE' });
    expect(JSON.stringify({ ...(refused as object), cause: undefined })).not.toContain(folder);
    expect(String(refused)).not.toContain(folder);
  });

  it('are what decoding from the beginning gives, with all ten bits', async () => {
    const picture = await service.picture(master, 7);
    const { width, height, bitDepth, chromaWidth, damaged } = picture.header;
    expect({ width, height, bitDepth, chromaWidth, damaged }).toEqual({
      ...{ width: 192, height: 96, bitDepth: 10, chromaWidth: 96, damaged: false },
    });
    const all = await decodedInOrder(master.path, picture);
    for (const frame of [29, 7, 0]) {
      expect(all[frame]?.equals((await service.picture(master, frame)).planes)).toBe(true);
    }
  });

  it('behind the last are refused', async () => {
    await expect(service.picture(master, 30)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('come to everybody who asks at once', async () => {
    const asked = [5, 29, 5, 0, 12, 13, 12, 28, 5];
    const numbers = await Promise.all(
      asked.map(async (frame) => numberIn(await service.picture(master, frame))),
    );
    expect(numbers).toEqual(asked);
  });

  it('come where not even two of them can be kept, and nothing is decoded for ever', async () => {
    await using small = disposable(createFrameService({ ffmpeg, cacheBytes: 1, idleMs: 1 }));
    for (const frame of [4, 5, 6, 29])
      expect(numberIn(await small.service.picture(master, frame))).toBe(frame);
    await expect.poll(() => ffmpeg.pids().some(isAlive)).toBe(false);
  });

  it('are left out where nobody waits for them any more', async () => {
    const leaving = new AbortController();
    const left = [3, 4, 5, 6].map((frame) => service.picture(master, frame, leaving.signal));
    const stays = service.picture(master, 20);
    leaving.abort(new Error('stepped on'));
    for (const one of left) await expect(one).rejects.toThrow('stepped on');
    expect(numberIn(await stays)).toBe(20);
    expect(numberIn(await service.picture(master, 4))).toBe(4);
  });
});

describe('a decoder', () => {
  it('that dies is started again', async () => {
    expect(await numbersOf(master, [4])).toEqual([4]);
    process.kill(ffmpeg.pids()[0] ?? 0, 'SIGKILL');
    expect(await numbersOf(master, [25, 2, 29])).toEqual([25, 2, 29]);
    expect(ffmpeg.pids()).toHaveLength(2);
  });

  /** As long as this file is there, a decoder takes some of what it is fed, and is killed. */
  function killedWhile(name: string): string {
    const path = join(folder, name);
    writeFileSync(path, '');
    const dying = `[ -e '${path}' ] && head -c 500 > '${path}.fed' && ${name === 'once' ? `rm '${path}' &&` : ''} kill -9 $$`;
    const script = readFileSync(ffmpeg.ffmpegPath, 'utf8');
    writeFileSync(
      ffmpeg.ffmpegPath,
      script.replace('exec', () => `${dying}\nexec`),
    );
    return path;
  }

  it('that is killed in the midst of a frame is started again for it', async () => {
    const once = killedWhile('once');
    expect(await numbersOf(master, [25, 4])).toEqual([25, 4]);
    expect(ffmpeg.pids()).toHaveLength(2);
    expect(statSync(`${once}.fed`).size).toBe(500);
  });

  it('that is killed whenever it is started is said, and frames come again when it is not', async () => {
    const always = killedWhile('always');
    await expect(service.picture(master, 4)).rejects.toMatchObject({
      code: 'FFMPEG_FAILED',
      problem: expect.stringMatching(/^The decoder ended at frame 4, twice/),
    });
    rmSync(always);
    expect(await numbersOf(master, [4, 25])).toEqual([4, 25]);
  });

  it('that cannot be started is said', async () => {
    await using broken = disposable(
      createFrameService({ ffmpeg: { ...ffmpeg, ffmpegPath: join(folder, 'none') } }),
    );
    await expect(broken.service.picture(master, 0)).rejects.toMatchObject({ code: 'FFMPEG_FAILED' });
  });

  it('ends when nobody asks, and starts when somebody does', async () => {
    await using idle = disposable(createFrameService({ ffmpeg, idleMs: 1 }));
    expect(numberIn(await idle.service.picture(master, 4))).toBe(4);
    const [pid = 0] = ffmpeg.pids();
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect(numberIn(await idle.service.picture(master, 22))).toBe(22);
    expect(ffmpeg.pids()).toHaveLength(2);
  });

  it('gives its place to another where there are too many', async () => {
    await using few = disposable(createFrameService({ ffmpeg, decoders: 1 }));
    const other = { ...master, key: 'other' };
    const asked = [master, other, master, other].map((file, at) => few.service.picture(file, at * 7));
    expect((await Promise.all(asked)).map((picture) => numberIn(picture))).toEqual([0, 7, 14, 21]);
    await expect.poll(() => ffmpeg.pids().filter(isAlive).length).toBe(1);
  });

  it('is gone when the engine has ended, whatever is underway', async () => {
    await service.picture(master, 4);
    const underway = service.picture(master, 25);
    underway.catch(() => {});
    await service.close();
    expect(ffmpeg.pids().filter(isAlive)).toEqual([]);
    await expect(service.picture(master, 5)).rejects.toMatchObject({ code: 'WRONG_STATE' });
  });
});

describe('a file that is being looked at', () => {
  it('and is cut short is said to be so, and has its frames again when it is whole again', async () => {
    const path = join(folder, 'cut-short.mkv');
    const bytes = readFileSync(master.path);
    writeFileSync(path, bytes);
    const file = { ...master, key: 'cut-short', path };
    expect(await numbersOf(file, [3])).toEqual([3]);
    truncateSync(path, bytes.length >> 1);
    for (const frame of [28, 28, 29]) {
      await expect(service.picture(file, frame)).rejects.toMatchObject({
        code: 'FILE_UNREADABLE',
        problem: expect.stringContaining(`ends before frame ${frame}`),
      });
    }
    expect(await numbersOf(file, [2])).toEqual([2]);
    writeFileSync(path, bytes);
    expect(await numbersOf(file, [28, 29])).toEqual([28, 29]);
  });

  it.each([
    ['master', 'away.mkv', [...ffv1, '-pix_fmt', 'yuv422p10le']],
    ['copy', 'away.mp4', ['-c:v', 'libx264', '-qp', '10', '-g', '10', '-pix_fmt', 'yuv420p']],
  ])(
    'and disappears is said to have, and has its frames again when it is back: a %s',
    async (_, name, output) => {
      const path = await makeNumbered(folder, name, size, [...output, '-an']);
      const file = { key: name, path, frames: size.frames };
      await using idle = disposable(createFrameService({ ffmpeg, idleMs: 1 }));
      expect(numberIn(await idle.service.picture(file, 3))).toBe(3);
      renameSync(path, `${path}.away`);
      await expect.poll(() => ffmpeg.pids().some(isAlive)).toBe(false);
      const refused = await idle.service.picture(file, 27).catch((error: unknown) => error);
      expect(refused).toMatchObject({
        problem: expect.stringMatching(/not where it was|ended before frame 27/),
      });
      expect(String(refused)).not.toContain(folder);
      renameSync(`${path}.away`, path);
      expect(numberIn(await idle.service.picture(file, 27))).toBe(27);
    },
  );
});

function disposable(made: FrameService) {
  return { service: made, [Symbol.asyncDispose]: () => made.close() };
}
