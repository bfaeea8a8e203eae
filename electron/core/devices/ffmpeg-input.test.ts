import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import { recorderArguments } from '#core/ffmpeg/recorder-arguments.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { masterProfileSchema } from '#shared/domain/profiles.ts';
import type { OpenContext } from './device.ts';
import { inputProfileNames, loadInputProfile, parseInputProfile } from './input-profiles.ts';
import { discoverSources, namesPath, openSource, parseSelection } from './registry.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-expert-'));
const { ffmpegPath, ffprobePath } = await locateFfmpeg();
afterAll(() => rm(folder, { recursive: true, force: true }));

const picture = {
  ...{ width: 192, height: 144, frameRate: { num: 25, den: 1 } },
  ...{ fieldOrder: 'tff', pixelFormat: 'uyvy422', codec: 'rawvideo' },
};
const graph =
  'testsrc2=size=192x144:rate=25:duration=2,format=uyvy422[out0];' +
  'sine=sample_rate=48000:duration=2,aformat=sample_fmts=s16:channel_layouts=stereo[out1]';
const small = {
  id: 'small',
  name: 'A small picture',
  description: 'For this test.',
  live: true,
  inputs: [['-f', 'lavfi', '-i', graph]],
  video: picture,
  audio: { input: 0, channels: 2, sampleRateHz: 48_000 },
  sources: [],
};
const resourcesDir = join(folder, 'resources');
const profiles = join(resourcesDir, 'profiles/input');
await mkdir(join(resourcesDir, 'recipes'), { recursive: true });
await mkdir(profiles, { recursive: true });
await writeFile(join(profiles, 'small.json'), JSON.stringify(small));
await writeFile(join(profiles, 'broken.json'), '{"id": "broken"}');
const foreign = { ...small, id: 'foreign', inputs: [['-f', 'nonesuch', '-i', 'x']] };
await writeFile(join(profiles, 'foreign.json'), JSON.stringify(foreign));
const context: OpenContext = { workDir: folder, cacheDir: folder, ffmpegPath, ffprobePath, resourcesDir };

async function told(changes: object): Promise<string> {
  const path = join(folder, 'told.json');
  await writeFile(path, JSON.stringify({ ...small, ...changes }));
  const error = await openSource(parseSelection(`ffmpeg:${path}`), context).catch(
    (thrown: unknown) => thrown,
  );
  return error instanceof Error ? error.message : 'it was opened';
}

describe('every shipped input profile', async () => {
  const names = await inputProfileNames();
  it('is among them: the worked example', () => expect(names).toContain('lavfi-test'));
  it.each(names)('%s fits, is called as its file, and delivers what it states', async (name) => {
    const profile = await loadInputProfile(name);
    expect(profile.id).toBe(name);
    const source = await openSource(parseSelection(`ffmpeg:${name}`), {
      ...{ workDir: folder, cacheDir: folder, ffmpegPath, ffprobePath },
    });
    expect(source.video).toMatchObject({
      width: profile.video.width,
      pixelFormat: profile.video.pixelFormat,
    });
  });
});

it('gives every frame of the shipped test picture its timecode, as the profile states', async () => {
  const source = await openSource(parseSelection('ffmpeg:lavfi-test'), {
    ...{ workDir: folder, cacheDir: folder, ffmpegPath, ffprobePath },
  });
  if (source.timecode?.kind !== 'metadata') throw new Error('no timecode');
  const print = `metadata=print:key=${source.timecode.key}:file=-`;
  const args = ['-v', 'error', ...source.inputArgs, '-frames:v', '8', '-vf', print, '-f', 'null', 'pipe:2'];
  const end = await runTool(ffmpegPath, args);
  const said = end.reason === 'finished' ? end.stdout.toString('utf8') : '';
  expect([...said.matchAll(/tc_str=(\S+)/g)].map(([, value]) => value)).toEqual(
    Array.from({ length: 8 }, (_, frame) => `10:00:00:0${frame}`),
  );
});

it('records from a profile, in two tracks and with every frame hashed', async () => {
  const source = await openSource(parseSelection('ffmpeg:small'), context);
  const shipped = new URL('../../../resources/profiles/master/ffv1-10bit.json', import.meta.url);
  const profile = masterProfileSchema.parse(JSON.parse(await readFile(shipped, 'utf8')));
  const at = (name: string) => join(folder, name);
  const args = recorderArguments({
    ...{
      inputArgs: source.inputArgs,
      video: source.video,
      audio: source.audio,
      audioInput: source.audioInput,
    },
    ...{
      essence: source.essence,
      codec: source.codec,
      master: profile.master,
      frames: 40,
      threads: 1,
      tags: {},
    },
    ...{ masterPath: at('a.mkv'), frameHashesPath: at('a.framemd5'), audioHashesPath: at('a.audiomd5') },
    progressPath: at('a.progress'),
  });
  const end = await runTool(ffmpegPath, args);
  expect(end.reason, 'stderrTail' in end ? end.stderrTail : '').toBe('finished');
  const rows = (await readFile(at('a.framemd5'), 'utf8')).split('\n').filter((row) => /^0,/.test(row));
  expect(rows).toHaveLength(40);
  const media = await probe(ffprobePath, at('a.mkv'));
  expect([media.video[0]?.codec, media.audio[0]?.channels]).toEqual(['ffv1', 2]);
});

it('takes sound from a second input', async () => {
  const inputs = [
    ['-f', 'lavfi', '-i', 'testsrc2=size=192x144:rate=25:duration=2,format=uyvy422'],
    ['-isync', '0', '-f', 'lavfi', '-i', 'sine=sample_rate=48000:duration=2,aformat=channel_layouts=stereo'],
  ];
  const path = join(folder, 'two.json');
  await writeFile(path, JSON.stringify({ ...small, inputs, audio: { ...small.audio, input: 1 } }));
  const source = await openSource(parseSelection(`ffmpeg:${path}`), context);
  expect(source.audioInput).toBe(1);
  expect(source.inputArgs.filter((word) => word === '-i')).toHaveLength(2);
});

it('lists what is installed, with what is wrong in it', async () => {
  const sources = (await discoverSources(context)).filter(({ kind }) => kind === 'ffmpeg');
  expect(sources.map(({ id, unavailable }) => [id, unavailable?.slice(0, 500)])).toEqual([
    ['ffmpeg:broken', expect.stringMatching(/^The input profile .*broken\.json does not fit its form/)],
    ['ffmpeg:foreign', 'This ffmpeg has no input nonesuch.'],
    ['ffmpeg:small', undefined],
  ]);
});

it.each([
  ['size', { video: { ...picture, width: 720, height: 576 } }, /delivers size 192x144 instead of 720x576/],
  ['pixel format', { video: { ...picture, pixelFormat: 'yuv422p10le' } }, /pixel format uyvy422 instead/],
  ['rate', { video: { ...picture, frameRate: { num: 30_000, den: 1001 } } }, /frame rate 25\/1 instead/],
  ['channels', { audio: { ...small.audio, channels: 8 } }, /channels of sound 2 instead of 8/],
  [
    'an option no ffmpeg has',
    { inputs: [['-f', 'lavfi', '-nosuch', '1', '-i', graph]] },
    /no option -nosuch/,
  ],
  ['what cannot be read', { inputs: [['-f', 'matroska', '-i', '/nowhere']] }, /is not there/],
])('refuses a profile that states another %s than what arrives', async (_, changes, sentence) => {
  expect(await told(changes)).toMatch(sentence);
});

it.each([
  ['an output before the input', ['out.mkv', '-f', 'lavfi', '-i', graph]],
  ['an output as the value of a lone flag', ['-re', 'out.mkv', '-f', 'lavfi', '-i', graph]],
  ['an output behind the input', ['-f', 'lavfi', '-i', graph, 'out.mkv', '-y']],
  ['a second input', ['-f', 'lavfi', '-i', graph, '-i', 'x']],
  ['no format', ['-t', '1', '-i', graph]],
  ['leave to overwrite', ['-y', '-f', 'lavfi', '-i', graph]],
])('has no room for %s', async (_, args) => {
  const before = await readdir(folder);
  expect(await told({ inputs: [args] })).toMatch(/does not fit its form: inputs\.0|no option -(?:re|y)\b/);
  expect((await readdir(folder)).filter((name) => !before.includes(name) && name !== 'told.json')).toEqual(
    [],
  );
});

it('names the file and every wrong place', () => {
  const text = JSON.stringify({ ...small, live: 'yes', extra: 1, audio: { ...small.audio, input: 1 } });
  expect(() => parseInputProfile(text, '/a/b.json')).toThrow(/\/a\/b\.json does not fit its form: .*live/);
  expect(() => parseInputProfile('{', '/a/b.json')).toThrow(/\/a\/b\.json is not JSON/);
});

it('lets screens choose by name only', () => {
  expect(namesPath(parseSelection('ffmpeg:lavfi-test'))).toBe(false);
  expect(namesPath(parseSelection('ffmpeg:/tmp/x.json'))).toBe(true);
  expect(namesPath(parseSelection('ffmpeg:..\\x'))).toBe(true);
});
