import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { QcProfile } from '#shared/domain/profiles.ts';
import { type MapField, mapColumns } from '#shared/domain/tape-map.ts';
import { checks } from './checks/registry.ts';
import { measureFile, measureSeries } from './measure-file.ts';

/** Test pictures have faults of many kinds: only these checks are asked. */
const asked = ['signal-loss', 'black', 'silence', 'audio-clipping'];
const others = checks.filter(({ id }) => !asked.includes(id));
const profile: QcProfile = {
  ...{ id: 'test', name: '', description: '' },
  checks: Object.fromEntries(others.map(({ id }) => [id, { enabled: false, limits: {} }])),
};
let folder: string;
let ffmpeg: Awaited<ReturnType<typeof locateFfmpeg>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-qc-test-'));
  ffmpeg = await locateFfmpeg();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Scenes one after the other at 25 fps, FFV1 with two mono tracks. */
async function make(name: string, pixelFormat: string, scenes: string[], sounds: string[], seconds: number) {
  const path = join(folder, name);
  const inputs = [...scenes, ...sounds].flatMap((graph) => ['-f', 'lavfi', '-i', graph]);
  const graph = `${scenes.map((_, at) => `[${at}:v]format=${pixelFormat}[s${at}]`).join(';')};${scenes.map((_, at) => `[s${at}]`).join('')}concat=n=${scenes.length}:v=1:a=0[v]`;
  const maps = sounds.flatMap((_, at) => ['-map', `${scenes.length + at}:a`]);
  const end = await runFfmpeg(ffmpeg.ffmpegPath, [
    '-v',
    'error',
    ...inputs,
    '-filter_complex',
    graph,
    '-map',
    '[v]',
    ...maps,
    '-t',
    String(seconds),
    '-c:v',
    'ffv1',
    '-level',
    '3',
    '-g',
    '1',
    '-c:a',
    'pcm_s24le',
    path,
  ]);
  expect(end).toMatchObject({ reason: 'finished' });
  return path;
}

describe.each(['yuv422p10le', 'yuv422p'])('a real file in %s', (pixelFormat) => {
  it('tells a lost signal, black with noise, a silent channel and a clipped one, each at its frames', async () => {
    const size = 's=192x144:r=25';
    const path = await make(
      `faults-${pixelFormat}.mkv`,
      pixelFormat,
      [
        `testsrc2=${size}:d=2,noise=alls=8:allf=t`,
        `color=c=blue:${size}:d=2`,
        // ffmpeg's black is Y 16; noise puts it around, as an analogue path does.
        `color=c=black:${size}:d=3,noise=alls=6:allf=t`,
        `testsrc2=${size}:d=1,noise=alls=8:allf=t`,
      ],
      [
        "aevalsrc='0.2*sin(2*PI*440*t)*(1-gte(t,3)*lt(t,6))':s=48000:d=8",
        "aevalsrc='clip(2*gte(t,1)*lt(t,2)*sin(2*PI*300*t)+0.2*sin(2*PI*500*t),-1,1)':s=48000:d=8",
      ],
      8,
    );
    const result = await measureFile(path, profile, ffmpeg);
    expect(result).toMatchObject({ frames: 200, fps: '25/1', file: path });
    const found = result.events.map(({ check, startFrame, endFrame, channels }) => [
      check,
      startFrame,
      endFrame,
      channels,
    ]);
    expect(found).toEqual([
      ['audio-clipping', 25, 49, [2]],
      ['signal-loss', 50, 99, undefined],
      ['silence', 75, 149, [1]],
      ['black', 100, 174, undefined],
    ]);
  });
});

it('judges only the channels that are asked for', async () => {
  const quiet = 'aevalsrc=0:s=48000:d=3';
  const path = await make(
    'channels.mkv',
    'yuv422p10le',
    ['testsrc2=s=192x144:r=25:d=3'],
    [quiet, quiet, quiet],
    3,
  );
  const channelsOf = async (channels?: number[]) =>
    (await measureFile(path, profile, ffmpeg, channels ? { channels } : {})).events.map(
      (event) => event.channels,
    );
  expect(await channelsOf()).toEqual([[1, 2, 3]]);
  expect(await channelsOf([3])).toEqual([[3]]);
  for (const absent of [[4], [3, 9]]) {
    await expect(channelsOf(absent)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      problem: `There is no audio channel ${absent.at(-1)}: there are 3.`,
    });
  }
});

it('keeps NTSC sound and picture together', async () => {
  const path = await make(
    'ntsc.mkv',
    'yuv422p10le',
    ['testsrc2=s=192x144:r=30000/1001:d=6,noise=alls=8:allf=t'],
    ["aevalsrc='0.2*sin(2*PI*440*t)*(1-gte(t,2)*lt(t,5))':s=48000:d=6"],
    6,
  );
  const [silent] = (await measureFile(path, profile, ffmpeg)).events;
  expect(silent).toMatchObject({ check: 'silence', channels: [1] });
  expect(Math.abs((silent?.startFrame ?? 0) - 60)).toBeLessThanOrEqual(1);
  expect(Math.abs((silent?.endFrame ?? 0) - 149)).toBeLessThanOrEqual(1);
});

it('hears what comes behind lost frames at its pictures, and finds no fault in the sound', async () => {
  const path = join(folder, 'lost.mkv');
  const picture = "testsrc2=s=160x120:r=25:d=4,noise=alls=6:allf=t,select='not(between(n,30,41))'";
  const burst = "aevalsrc='0.03*(random(0)-0.5)+0.3*sin(2*PI*700*t)*between(t,2.6,2.8)':s=48000:d=4";
  const made = await runFfmpeg(ffmpeg.ffmpegPath, [
    ...['-v', 'error', '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', burst, '-fps_mode', 'passthrough'],
    ...['-c:v', 'ffv1', '-c:a', 'pcm_s24le', path],
  ]);
  expect(made).toMatchObject({ reason: 'finished' });
  const all = { ...profile, checks: {} };
  await measureSeries(path, all, ffmpeg, {}, async ({ result, series }) => {
    const loud = [...series.column('rmsDbfs.1')].flatMap((level, frame) => (level > -30 ? [frame] : []));
    // Picture 65 of the source, of which twelve are not in the file.
    expect(loud).toEqual([53, 54, 55, 56, 57]);
    const media = new Map<string, string>(checks.map(({ id, medium }) => [id, medium]));
    expect(result.events.filter(({ check }) => media.get(check) === 'audio')).toEqual([]);
    expect(result.events.filter(({ check }) => check === 'dropped-frame')).toMatchObject([
      { startFrame: 30, evidence: { lostFrames: 12 } },
    ]);
  });
});

it('maps what one head does in its own field, from the file to the store', async () => {
  const sound = 'testsrc2=s=192x144:r=25:d=1,noise=alls=4:allf=t';
  const noisy = `${sound},geq=lum='if(mod(Y,2),30+190*random(0),lum(X,Y))':cb='cb(X,Y)':cr='cr(X,Y)'`;
  const path = await make('one-head.mkv', 'yuv422p10le', [sound, noisy], [], 2);
  await measureSeries(path, profile, ffmpeg, {}, async ({ series }) => {
    const damagedLines = (field: MapField, from: number, to: number) =>
      mapColumns('damaged', field)
        .flatMap((id) => [...series.column(id).subarray(from, to)])
        .reduce((sum, lines) => sum + lines, 0);
    // Of 72 lines a field, in each of the 25 frames; those at the edges are not judged.
    expect(damagedLines('lower', 26, 50)).toBeGreaterThan(24 * 40);
    expect(damagedLines('upper', 26, 50)).toBeLessThan(24 * 4);
    const apart = (frame: number) =>
      mapColumns('luma', 'upper').map((id, band) =>
        Math.abs(
          (series.column(id)[frame] as number) -
            (series.column(mapColumns('luma', 'lower')[band] as string)[frame] as number),
        ),
      );
    // Lines that lie side by side are alike in brightness, until one head makes a picture of its own.
    expect(Math.max(...apart(12))).toBeLessThan(60);
    expect(Math.max(...apart(37))).toBeGreaterThan(100);
  });
});

it('measures a file without sound', async () => {
  const path = await make(
    'mute.mkv',
    'yuv422p10le',
    ['testsrc2=s=192x144:r=25:d=1,noise=alls=8:allf=t'],
    [],
    1,
  );
  expect(await measureFile(path, profile, ffmpeg)).toMatchObject({ frames: 25, events: [] });
});

it.each([
  ['an empty file', ''],
  ['a text', 'hello'],
])('says what is wrong with %s', async (name, content) => {
  const path = join(folder, `${name}.mkv`);
  await writeFile(path, content);
  await expect(measureFile(path, profile, ffmpeg)).rejects.toThrow(HelicalError);
});

/** Runs ffmpeg once for a file that the tests below take to pieces. */
async function encode(name: string, args: string[]): Promise<string> {
  const path = join(folder, name);
  expect(await runFfmpeg(ffmpeg.ffmpegPath, ['-v', 'error', ...args, path])).toMatchObject({
    reason: 'finished',
  });
  return path;
}
const lavfi = (graph: string) => ['-f', 'lavfi', '-i', graph];

it('knows which field of DV comes first, though no container says it', async () => {
  const orderOf = async (name: string, codec: string[]) => {
    const path = await encode(name, [...lavfi('testsrc2=s=720x576:r=25:d=0.12'), ...codec]);
    return await measureSeries(path, profile, ffmpeg, {}, async ({ series }) => series.fieldOrder);
  };
  expect(await orderOf('dv.avi', ['-c:v', 'dvvideo', '-pix_fmt', 'yuv420p'])).toBe('bff');
  expect(await orderOf('untagged.avi', ['-c:v', 'ffv1'])).toBeUndefined();
});

it('measures sound alone, in tracks of unlike rates', async () => {
  const path = await encode('sound.mkv', [
    ...[...lavfi('sine=d=4:r=48000'), ...lavfi('aevalsrc=0:s=44100:d=4')],
    ...['-map', '0', '-map', '1', '-c:a', 'pcm_s16le'],
  ]);
  const result = await measureFile(path, profile, ffmpeg);
  expect(result).toMatchObject({ frames: 100, fps: '25/1' });
  expect(result.events).toMatchObject([{ check: 'silence', channels: [2], startFrame: 0 }]);
  // Nothing was said of a picture that is not there.
  expect(result.summary.checks).not.toContain('black');
});

it('measures what there is of a truncated file', async () => {
  const whole = await encode('whole.mkv', [...lavfi('testsrc2=s=160x120:r=25:d=2'), '-c:v', 'ffv1']);
  const path = join(folder, 'cut.mkv');
  await writeFile(path, (await readFile(whole)).subarray(0, 60_000));
  const { frames } = await measureFile(path, profile, ffmpeg);
  expect(frames).toBeGreaterThan(5);
  expect(frames).toBeLessThan(50);
});

it.each([
  ['odd sizes', ['-vf', 'crop=151:113', '-pix_fmt', 'yuv444p', '-c:v', 'ffv1'], 'odd.mkv'],
  ['pictures of RGB', ['-pix_fmt', 'gbrp10le', '-c:v', 'ffv1'], 'rgb.mkv'],
  ['no timestamps', ['-c:v', 'mpeg2video', '-bf', '2'], 'none.m2v'],
  ['times at no rate', ['-vf', "setpts='PTS+mod(N,3)*0.3/TB/25'", '-c:v', 'ffv1'], 'rate.mkv'],
])('measures each frame of a file with %s', async (_, args, name) => {
  const path = await encode(name, [...lavfi('testsrc2=s=160x120:r=25:d=1'), ...args]);
  expect(await measureFile(path, profile, ffmpeg)).toMatchObject({ frames: 25 });
});

it('measures on when the size of the picture changes', async () => {
  const parts = await Promise.all(
    ['160x120', '192x144'].map((size) =>
      encode(`${size}.m2v`, [...lavfi(`testsrc2=s=${size}:r=25:d=1`), '-c:v', 'mpeg2video', '-bf', '0']),
    ),
  );
  const path = join(folder, 'sizes.m2v');
  await writeFile(path, Buffer.concat(await Promise.all(parts.map((part) => readFile(part)))));
  // The decoder itself loses one where the size changes.
  expect((await measureFile(path, profile, ffmpeg)).frames).toBeGreaterThanOrEqual(49);
});

it.skipIf(process.platform === 'win32')('waits for no pipe', async () => {
  const path = join(folder, 'pipe.mkv');
  execFileSync('mkfifo', [path]);
  await expect(measureFile(path, profile, ffmpeg)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
});
