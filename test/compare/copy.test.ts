import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordSmallMaster, type SmallMaster } from '#core/capture/follower.fixture.ts';
import { accessRequest } from '#core/compare/copy/access-request.ts';
import { compareCopy } from '#core/compare/copy/compare-copy.ts';
import {
  type AccessSource,
  accessAudioFilter,
  accessOutputArguments,
  accessVideoFilters,
} from '#core/ffmpeg/access-copy-arguments.ts';
import { type Ffmpeg, locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import type { CopyComparison } from '#shared/domain/copy-certificate.ts';

const folder = mkdtempSync(join(tmpdir(), 'helical-copy-'));
let ffmpeg: Ffmpeg;
let master: SmallMaster;
let source: AccessSource;

beforeAll(async () => {
  ffmpeg = await locateFfmpeg();
  master = await recordSmallMaster(ffmpeg.ffmpegPath, folder, { standard: 'PAL', seconds: 4, channels: 2 });
  source = { video: master.video, profile: master.profile, essence: 'encode' };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy by the recipe but for what is done wrong: filters in place of, or behind, the recipe's own. */
async function copyOf(
  name: string,
  wrong: {
    video?: (filters: string[]) => string[];
    sound?: string;
    output?: string[];
    source?: AccessSource;
  } = {},
): Promise<CopyComparison> {
  const accessPath = join(folder, `${name}.mp4`);
  const filters = accessVideoFilters(wrong.source ?? source);
  const end = await runFfmpeg(ffmpeg.ffmpegPath, [
    ...['-v', 'error', '-i', master.masterPath],
    ...['-map', '0:v:0', '-map', '0:a:0', '-vf', (wrong.video?.(filters) ?? filters).join(',')],
    ...['-af', [accessAudioFilter, ...(wrong.sound ? [wrong.sound] : [])].join(',')],
    ...accessOutputArguments(source, 1),
    ...(wrong.output ?? []),
    accessPath,
  ]);
  if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
  const { ffmpegPath, ffprobePath } = ffmpeg;
  return compareCopy(
    await accessRequest({
      ...{ ffmpegPath, ffprobePath, masterPath: master.masterPath, accessPath, source },
      frames: master.frames,
      audioChannels: 2,
    }),
  );
}

const failed = ({ lines }: CopyComparison) =>
  lines.filter(({ state }) => state === 'failed').map(({ id }) => id);

it('finds nothing wrong with a copy that the recipe made', async () => {
  const copy = await copyOf('good');
  expect(copy.lines.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(copy).toMatchObject({ ok: true, offsetFrames: 0, framesExpected: 200, framesCompared: 200 });
  expect(Math.abs(copy.syncMs ?? 99)).toBeLessThan(2);
  expect(copy.worst[0]).toMatchObject({ measure: 'psnr' });
});

it('finds a copy that is one frame late, and its full-range levels in the frames that belong together', async () => {
  const full = 'scale=in_range=tv:out_range=pc,setparams=range=tv';
  const copy = await copyOf('late', {
    video: (filters) => [...filters, 'tpad=start=1:start_mode=clone', full],
  });
  expect(copy.offsetFrames).toBe(1);
  expect(copy.lines.find(({ id }) => id === 'levels')?.values['gain']).toBeCloseTo(255 / 219, 1);
  // Its sound stays where it was: a picture's time early, against the picture.
  expect(copy.syncMs).toBeCloseTo(-20, 0);
  expect(failed(copy)).toEqual(expect.arrayContaining(['start', 'levels', 'sync']));
  expect(failed(copy)).not.toContain('continuity');
});

it('finds sound that is 80 ms late, and a picture that was cut and blown up again', async () => {
  const copy = await copyOf('cut', {
    video: (filters) => [...filters, 'crop=iw:ih-16,scale=208:144,setsar=1'],
    sound: 'adelay=80:all=1',
  });
  expect(copy.lines.find(({ id }) => id === 'geometry')?.values['scaleDown']).toBeCloseTo(144 / 128, 1);
  expect(copy.syncMs).toBeCloseTo(80, 0);
  expect(failed(copy)).toEqual(expect.arrayContaining(['geometry', 'sync']));
  expect(failed(copy)).not.toContain('start');
});

it('finds fields in the wrong order', async () => {
  const swapped: AccessSource = { ...source, video: { ...source.video, fieldOrder: 'bff' } };
  const found = failed(await copyOf('swapped', { source: swapped }));
  expect(found).toContain('fields');
  expect(found).not.toContain('continuity');
});

it('finds a copy that ends too early, one of another size, and one that lost frames', async () => {
  const copy = await copyOf('short', {
    video: (filters) => [...filters, "select='not(between(n,80,86))',setpts=N/50/TB,crop=200:136"],
    output: ['-t', '3'],
  });
  expect(failed(copy)).toEqual(expect.arrayContaining(['length', 'continuity', 'raster', 'geometry']));
  expect(copy.lines.find(({ id }) => id === 'length')?.values['framesOfCopy']).toBe(150);
  expect(copy.alignment.stretches.map(({ offsetFrames }) => offsetFrames)).toEqual([0, -7]);
});
