import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import type { FrameContent } from '#shared/domain/frame-content.ts';
import { rational } from '#shared/domain/rational.ts';
import { createFrameContentTest } from './frame-content.ts';
import { openTap } from './measure-tap.ts';

const size = 's=192x144:r=25:d=0.8';
const framesEach = 20;
/** One after the other, each with what it has to be told as and whether there is sound under it. */
const scenes: [picture: string, content: FrameContent, hasSound: boolean][] = [
  [`testsrc2=${size},noise=alls=12:allf=t`, 'picture', true],
  [`color=gray:${size},noise=c0s=90:c0f=t`, 'noise', true],
  // Snow as a narrow channel brings it: the grain is wider than a pixel.
  [`color=gray:${size},noise=c0s=100:c0f=t,avgblur=sizeX=2:sizeY=0:planes=1`, 'silent-noise', false],
  [`mandelbrot=s=192x144:r=25:end_pts=20,trim=duration=0.8`, 'picture', false],
  // A field of one colour with a voice over it is a work (Derek Jarman's Blue) as well as a deck's.
  [`color=blue:${size}`, 'flat', true],
  [`color=blue:${size}`, 'silent-flat', false],
  [`smptebars=${size},scroll=h=0.1`, 'picture', true],
  [`color=black:${size},noise=alls=6:allf=t`, 'black', true],
  [`color=black:${size},noise=alls=6:allf=t`, 'silent-black', false],
  [`color=black:${size}`, 'blank', false],
  [`testsrc=${size},negate=enable='mod(n,2)'`, 'picture', true],
  [`life=s=192x144:r=25:ratio=0.5:seed=3,trim=duration=0.8`, 'picture', true],
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-content-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(['yuv422p10le', 'yuv422p'])('frames in %s', (pixelFormat) => {
  it('are told by what they show, but for the cuts between', async () => {
    const { ffmpegPath } = await locateFfmpeg();
    const video = {
      width: 192,
      height: 144,
      frameRate: rational(25),
      fieldOrder: 'progressive' as const,
      pixelFormat,
      standard: 'PAL' as const,
    };
    const tap = await openTap({
      samplesPath: join(folder, `${pixelFormat}.arrows`),
      video,
      audio: { channels: 1, sampleRateHz: 48_000 },
      profile: { id: 'test', name: '', description: '', checks: {} },
    });
    const gate = scenes.map(([, , hasSound], at) =>
      hasSound ? `between(t,${at * 0.8},${(at + 1) * 0.8})` : '0',
    );
    const pictures = scenes.map((_, at) => `[${at}:v]format=${pixelFormat},setsar=1[s${at}]`);
    const joined = scenes.map((_, at) => `[s${at}]`).join('');
    const end = await runFfmpeg(ffmpegPath, [
      ...['-v', 'error', ...scenes.flatMap(([picture]) => ['-f', 'lavfi', '-i', picture])],
      ...[
        '-f',
        'lavfi',
        '-i',
        `aevalsrc='0.2*sin(2*PI*440*t)*(${gate.join('+')})':s=48000:d=${scenes.length * 0.8}`,
      ],
      '-filter_complex',
      `${pictures.join(';')};${joined}concat=n=${scenes.length}:v=1:a=0,${tap.videoFilter}[v];[${scenes.length}:a]${tap.audioFilter}[a]`,
      ...['-map', '[v]', ...tap.videoOutput, '-map', '[a]', ...tap.audioOutput],
    ]);
    expect(end).toMatchObject({ reason: 'finished' });
    await tap.finish();
    const contents = tap.contents(0);
    expect(contents).toHaveLength(scenes.length * framesEach);
    // The first frame differs from the scene before; sound of a block that overlaps a cut is of both.
    const within = scenes.map((_, at) => [
      ...new Set(contents.slice(at * framesEach + 2, (at + 1) * framesEach - 2)),
    ]);
    expect(within).toEqual(scenes.map(([, content]) => [content]));
    expect(tap.contents(scenes.length * framesEach - 5)).toEqual(contents.slice(-5));
    expect(tap.contents(1_000)).toEqual([]);
  });
});

it('does not guess at what was not measured', () => {
  const contentOf = createFrameContentTest({
    frames: 1,
    frameRate: { num: 25, den: 1 },
    bitDepth: 10,
    channels: 1,
    standard: 'PAL',
    column: () => new Float32Array([Number.NaN]),
  });
  expect(contentOf(0)).toBe('unknown');
});
