import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareCopy } from '#core/compare/copy/compare-copy.ts';
import { filesRequest } from '#core/compare/copy/files-request.ts';
import { type Ffmpeg, locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'helical-copy-layout-'));
const files = { mono: join(folder, 'mono.mkv'), stereo: join(folder, 'stereo.mkv') };
let ffmpeg: Ffmpeg;

async function make(path: string, args: readonly string[]): Promise<string> {
  const end = await runFfmpeg(ffmpeg.ffmpegPath, ['-v', 'error', ...args, path]);
  if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
  return path;
}

/** Four channels of hiss, each of which swells and fades in its own way, in four tracks of one; the first two in one of two. */
beforeAll(async () => {
  ffmpeg = await locateFfmpeg();
  const hiss = [0, 1, 2, 3].flatMap((at) => [
    ...['-f', 'lavfi', '-i'],
    `anoisesrc=r=48000:a=0.5:c=pink:seed=${at + 1}:d=4,tremolo=f=${0.7 + 0.4 * at}:d=0.6`,
  ]);
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=160x96:r=25:d=4', '-pix_fmt', 'yuv420p', '-c:v', 'ffv1'];
  const tracks = ['0:v', '1:a', '2:a', '3:a', '4:a'].flatMap((one) => ['-map', one]);
  await make(files.mono, [
    ...picture.slice(0, 4),
    ...hiss,
    ...tracks,
    ...picture.slice(4),
    '-c:a',
    'pcm_s24le',
  ]);
  const both = ['-filter_complex', '[0:a:0][0:a:1]amerge[both]', '-map', '0:v', '-map', '[both]'];
  await make(files.stereo, ['-i', files.mono, ...both, '-c:v', 'copy', '-c:a', 'pcm_s24le']);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Mono tracks two by two, as the recipe lays them. */
const paired = (left = 'anull', right = 'anull') =>
  `[0:a:0][0:a:1]amerge,${left}[one];[0:a:2][0:a:3]amerge,${right}[two]`;

interface Layout {
  from: keyof typeof files;
  graph: string;
  outputs: string[];
  wrong: string[];
  said: string;
}
const two = { from: 'mono' as const, outputs: ['one', 'two'] };
const cut = '[0:a]asplit[x][y];[x]pan=mono|c0=c0[l];[y]pan=mono|c0=c1[r]';
const swapped = paired('anull', 'pan=stereo|c0=c1|c1=c0');

it.each<[string, Layout]>([
  ['nothing in mono tracks that became stereo', { ...two, graph: paired(), wrong: [], said: '4 channels' }],
  [
    'nothing in a stereo track that was cut in two',
    { from: 'stereo', graph: cut, outputs: ['l', 'r'], wrong: [], said: '2 channels' },
  ],
  ['two channels that changed places', { ...two, graph: swapped, wrong: ['sound'], said: 'channel 3' }],
  [
    'two channels that are missing, and nothing wrong with the others',
    {
      from: 'mono',
      graph: '[0:a:0][0:a:1]amerge[one]',
      outputs: ['one'],
      wrong: ['sound'],
      said: '2 channels',
    },
  ],
  [
    'one of four channels 30 ms late',
    { ...two, graph: paired('anull', 'adelay=0|30'), wrong: ['sync'], said: '4 channels' },
  ],
])('finds %s', async (name, { from, graph, outputs, wrong, said }) => {
  const pathA = files[from];
  const maps = outputs.flatMap((output) => ['-map', `[${output}]`]);
  const args = ['-i', pathA, '-filter_complex', graph, '-map', '0:v', ...maps];
  const coding = ['-c:v', 'libx264', '-qp', '6', '-c:a', 'aac', '-b:a', '192k'];
  const pathB = await make(join(folder, `${name}.mp4`), [...args, ...coding]);
  const { lines } = await compareCopy(await filesRequest({ ffmpeg, pathA, pathB }));
  expect(lines.filter(({ state }) => state === 'failed').map(({ id }) => id)).toEqual(wrong);
  const sound = lines.find(({ id }) => id === 'sound');
  expect(sound?.measured).toContain(said);
  expect(sound?.values['alikeShare']).toBeGreaterThan(said === 'channel 3' ? 0.4 : 0.95);
});
