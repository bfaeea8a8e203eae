import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordSmallMaster, type SmallMaster } from '#core/capture/follower.fixture.ts';
import { createCompare } from '#core/compare/compare.ts';
import { accessRequest } from '#core/compare/copy/access-request.ts';
import { compareCopy } from '#core/compare/copy/compare-copy.ts';
import { filesRequest } from '#core/compare/copy/files-request.ts';
import { digestFile } from '#core/essence/digests.ts';
import { findFramePlaces } from '#core/essence/find-frame-places.ts';
import { readFrameBlock } from '#core/essence/frame-block.ts';
import {
  type AccessSource,
  accessAudioFilter,
  accessOutputArguments,
  accessVideoFilters,
} from '#core/ffmpeg/access-copy-arguments.ts';
import { type Ffmpeg, locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import type { CopyCertificate, CopyComparison } from '#shared/domain/copy-certificate.ts';
import { type EventPayload, type NewEvent, parsePayload } from '#shared/domain/events.ts';
import { fileIdSchema } from '#shared/domain/ids.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import { messages } from '#shared/i18n/messages.ts';

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

interface Wrong {
  video?: (filters: string[]) => string[];
  sound?: string;
  output?: string[];
  source?: AccessSource;
}

/** A copy by the recipe but for what is done wrong: filters in place of, or behind, the recipe's own. */
async function makeCopy(name: string, wrong: Wrong = {}): Promise<string> {
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
  return accessPath;
}

async function copyOf(name: string, wrong: Wrong = {}): Promise<CopyComparison> {
  return compareTo(master.masterPath, await makeCopy(name, wrong));
}

async function compareTo(masterPath: string, accessPath: string): Promise<CopyComparison> {
  const { ffmpegPath, ffprobePath } = ffmpeg;
  const files = { ffmpegPath, ffprobePath, masterPath, accessPath, source };
  return compareCopy(await accessRequest({ ...files, frames: master.frames, audioChannels: 2 }));
}

const failed = ({ lines }: CopyComparison) =>
  lines.filter(({ state }) => state === 'failed').map(({ id }) => id);

it('finds nothing wrong with a copy that the recipe made, says so in the log, and writes it with the worst frames', async () => {
  const accessPath = await makeCopy('certified');
  const recorded: NewEvent[] = [];
  let remade: Partial<CopyCertificate> = {};
  const idOf = (last: number) => `019a0000-0000-7000-8000-00000000000${last}`;
  const file = (role: string, last: number) =>
    ({ id: idOf(last), passId: idOf(1), role, name: role, sha256: `${last}`.repeat(64) }) as PassFile;
  const { sha256 } = await digestFile(accessPath, { algorithms: ['sha256'] });
  const sealed = await digestFile(master.masterPath, { algorithms: ['sha256'] });
  const files = {
    master: { ...file('master', 2), sha256: sealed.sha256 },
    access: { ...file('access', 3), sha256 },
  };
  const compare = createCompare({
    ffmpegPath: ffmpeg.ffmpegPath,
    ffprobePath: ffmpeg.ffprobePath,
    pass: () =>
      ({
        ...{ id: idOf(1), tapeId: idOf(4), tapeIdentifier: 'VT-1', passNumber: 1 },
        ...{ frames: master.frames, video: master.video },
      }) as Pass,
    profile: () => master.profile,
    file: (_passId, role) => files[role as keyof typeof files],
    pathOf: ({ role }) => (role === 'master' ? master.masterPath : accessPath),
    events: () => undefined,
    certificates: () =>
      recorded.flatMap(({ type, payload }) =>
        type === 'access.certified' ? [(payload as EventPayload<'access.certified'>).certificate] : [],
      ),
    certificate: (certificateId) =>
      certificateId === certificate.id ? { ...certificate, ...remade } : undefined,
    origin: () => ({ certifiedBy: 'Ada Maes', eventId: idOf(7), seq: 12 }),
    work: () => ({ title: 'Reverse Television', artist: 'B. Viola' }),
    software: [{ name: 'Helical', version: '0.1.0' }],
    record: (event) => void recorded.push(event),
    showing: (_file, run) => run(() => undefined),
    newId: () => idOf(5),
    now: () => new Date('2026-11-23T07:00:00Z'),
  });
  const certificate = await compare.certify(idOf(1), idOf(6));
  expect(certificate.lines.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(certificate).toMatchObject({ offsetFrames: 0, framesExpected: 200, framesCompared: 200 });
  expect(Math.abs(certificate.syncMs ?? 99)).toBeLessThan(2);
  expect(certificate.lines.slice(0, 2).map(({ id }) => id)).toEqual(['master', 'decode']);
  expect(certificate).toMatchObject({ ok: true, masterSha256: sealed.sha256, accessSha256: sha256 });
  expect(recorded).toMatchObject([{ type: 'access.certified', actorId: idOf(6) }]);
  expect(parsePayload('access.certified', recorded[0]?.payload)).toEqual(recorded[0]?.payload);
  const to = join(folder, 'certificate');
  const { paths } = await compare.exportCertificate(idOf(1), to, 'nl');
  expect(readFileSync(join(to, 'certificate.html'), 'utf8')).toContain(messages.nl.compare.page.good);
  expect(JSON.parse(readFileSync(join(to, 'certificate.json'), 'utf8'))).toMatchObject({
    ...{ id: idOf(5), ok: true, certifiedBy: 'Ada Maes', title: 'Reverse Television' },
    software: [{ name: 'Helical', version: '0.1.0' }],
  });
  const { frame } = certificate.worst[0] ?? {};
  expect(paths).toContain(join(to, `frame-${frame}-copy.png`));
  // The stills are of the same picture.
  const told = await runFfmpeg(ffmpeg.ffmpegPath, [
    ...[
      '-v',
      'info',
      '-i',
      join(to, `frame-${frame}-expected.png`),
      '-i',
      join(to, `frame-${frame}-copy.png`),
    ],
    ...['-lavfi', 'psnr', '-f', 'null', '-'],
  ]);
  if (told.reason !== 'finished') throw new Error(JSON.stringify(told));
  expect(Number(/average:([\d.]+)/.exec(told.stderrTail)?.[1])).toBeGreaterThan(25);
  await expect(compare.exportCertificate(idOf(1), to, 'en')).rejects.toThrow('is not empty');

  const page = await compare.certificateDocument(certificate.id, 'fr');
  expect(page.fileName).toBe('VT-1_p1_certificate.html');
  expect(page.html).toContain(messages.fr.compare.page.good);
  expect(page.html).toContain(messages.fr.compare.said.whyDrift);
  expect(page.html).not.toContain('Own:');
  const facts = ['Reverse Television', 'B. Viola', 'Ada Maes', 'Helical 0.1.0', `événement 12, ${idOf(7)}`];
  expect(facts.filter((fact) => !page.html.includes(fact))).toEqual([]);
  const inPage = [...page.html.matchAll(/<img src="data:image\/png;base64,([^"]+)"/g)].map(
    ([, data]) => data,
  );
  const beside = paths
    .filter((path) => path.endsWith('.png'))
    .map((path) => readFileSync(path).toString('base64'));
  expect(inPage).toEqual(beside);
  expect(page.html).not.toContain(folder);
  await expect(compare.certificateDocument(idOf(9), 'en')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  // A certificate is of the bytes that were registered: of others there is none.
  files.access = file('access', 3);
  await expect(compare.certify(idOf(1), idOf(6))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  expect(recorded).toHaveLength(1);
  files.access = file('access', 8);
  await expect(compare.exportCertificate(idOf(1), join(folder, 'other'), 'en')).rejects.toMatchObject({
    code: 'WRONG_STATE',
  });
  files.access = file('access', 3);
  remade = { accessFileId: fileIdSchema.parse(idOf(8)) };
  await expect(compare.certificateDocument(certificate.id, 'en')).rejects.toMatchObject({
    code: 'WRONG_STATE',
  });
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

it('finds one channel that was turned over and one that is 2 dB too loud, and their sync all the same', async () => {
  const copy = await copyOf('turned', { sound: 'volume=2dB,pan=stereo|c0=0.8*c0|c1=-1*c1' });
  expect(failed(copy)).toEqual(['sound', 'polarity']);
  const lineOf = (id: string) => copy.lines.find((line) => line.id === id);
  expect(lineOf('polarity')?.measured).toContain('channel 2 is turned over');
  expect(lineOf('sound')?.measured).toMatch(/; channel 2 is 2\.\d dB too loud$/);
  expect(Math.abs(copy.syncMs ?? 99)).toBeLessThan(2);
});

/** Two channels of hiss that swell and fade, each its own way. */
const noise = (seed: number) =>
  [
    ...[0, 1].map((at) => {
      return `anoisesrc=r=48000:a=0.5:c=pink:seed=${seed + at}:d=4,tremolo=f=${1 + at}:d=0.6[n${at}]`;
    }),
    '[n0][n1]join=inputs=2:channel_layout=stereo[out]',
  ].join(';');

/** The same picture with hiss that swells and fades, another on each channel, in place of its own sound. */
let noisyFiles: ReturnType<typeof makeNoisy> | undefined;
const noisy = () => {
  noisyFiles ??= makeNoisy();
  return noisyFiles;
};
const makeNoisy = async () => {
  const masterPath = join(folder, 'noisy.mkv');
  const args = ['-i', master.masterPath, '-filter_complex', noise(1), '-map', '0:v', '-map', '[out]'];
  await ffmpegTo(masterPath, [...args, '-c:v', 'copy', '-c:a', 'pcm_s24le']);
  const good = join(folder, 'noisy-good.mp4');
  await ffmpegTo(good, ['-i', await makeCopy('picture'), '-i', masterPath, ...withSound]);
  return { masterPath, good };
};
const withSound = ['-map', '0:v', '-map', '1:a', '-c:v', 'copy', '-c:a', 'aac', '-b:a', '192k'];

async function ffmpegTo(path: string, args: readonly string[]): Promise<void> {
  const end = await runFfmpeg(ffmpeg.ffmpegPath, ['-v', 'error', '-y', ...args, path]);
  if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
}

/** Each is wrong in one thing that is heard in one place only, or hardly. */
it.each<[string, string[], string[]]>([
  ['nothing in a copy as the recipe makes it', ['-af', 'anull'], []],
  ['its sound the wrong way round in time', ['-af', 'areverse'], ['sound']],
  ['its sound slower by a thousandth', ['-af', 'asetrate=47952,aresample=48000'], ['sound']],
  ['silence that still has all its channels', ['-af', 'volume=0'], ['sound']],
  ['a hole of 300 ms', ['-af', "volume=enable='between(t,2.1,2.4)':volume=0"], ['sound']],
  ['one channel 20 ms late', ['-af', 'adelay=0|20'], ['sync']],
])('finds %s', async (name, args, wrong) => {
  const { masterPath, good } = await noisy();
  const accessPath = join(folder, `${name}.mp4`);
  await ffmpegTo(accessPath, ['-i', good, '-i', masterPath, ...withSound, ...args]);
  expect(failed(await compareTo(masterPath, accessPath))).toEqual(wrong);
});

it('finds another sound as loud, and a picture that the container alone shows 200 ms late', async () => {
  const { masterPath, good } = await noisy();
  const [other, late] = [join(folder, 'other.mp4'), join(folder, 'container-late.mp4')];
  const sound = ['-filter_complex', noise(7), '-map', '0:v', '-map', '[out]'];
  await ffmpegTo(other, ['-i', good, ...sound, '-c:v', 'copy', '-c:a', 'aac']);
  expect(failed(await compareTo(masterPath, other))).toEqual(['sound']);
  await ffmpegTo(late, [
    '-itsoffset',
    '0.2',
    '-i',
    good,
    '-i',
    good,
    '-map',
    '0:v',
    '-map',
    '1:a',
    '-c',
    'copy',
  ]);
  const copy = await compareTo(masterPath, late);
  expect(failed(copy)).toEqual(['sync']);
  expect(copy.syncMs).toBeCloseTo(-200, 0);
});

/** What is hard to copy, or hardly there: nothing that the recipe makes of it may be called wrong. */
it.each([
  [
    'noise',
    "nullsrc=s=192x144:r=25,format=yuv422p10le,geq=lum='random(1)*876+64':cb='random(2)*400+312':cr='random(3)*400+312'",
    'anoisesrc=r=48000:a=0.3',
  ],
  ['black and silence', 'color=black:s=192x144:r=25', 'anullsrc=r=48000:cl=mono'],
])('finds nothing wrong with a copy of %s', async (name, picture, sound) => {
  const masterPath = join(folder, `${name}.mkv`);
  const input = [
    '-f',
    'lavfi',
    '-i',
    `${picture},format=yuv422p10le[out0];${sound},pan=stereo|c0=c0|c1=c0[out1]`,
  ];
  await ffmpegTo(masterPath, [...input, '-t', '4', '-c:v', 'ffv1', '-c:a', 'pcm_s24le']);
  const accessPath = join(folder, `${name}.mp4`);
  await ffmpegTo(accessPath, [
    ...['-i', masterPath, '-vf', accessVideoFilters(source).join(','), '-af', accessAudioFilter],
    ...accessOutputArguments(source, 1),
  ]);
  expect(failed(await compareTo(masterPath, accessPath))).toEqual([]);
});

/** Behind the recipe's filters, or before them: each is wrong in one thing that eyes hardly see. */
it.each<[string, NonNullable<Wrong['video']>, string[]]>([
  ['colour one line of it too low', (filters) => [...filters, 'chromashift=cbv=1:crv=1'], ['chroma-place']],
  [
    'a blacked top line',
    (filters) => ['fillborders=top=1:mode=fixed:color=black', ...filters],
    ['geometry', 'picture'],
  ],
  [
    'one line cut and the rest blown up',
    (filters) => [...filters, 'crop=iw:ih-1:0:1:exact=1', 'scale=iw:144', 'setsar=1'],
    ['geometry'],
  ],
  [
    'white that was clipped',
    (filters) => [...filters, 'limiter=max=222:planes=1'],
    ['levels', 'worst-frame'],
  ],
  [
    'fields in the wrong order in the last third',
    (filters) => [
      ...filters,
      'split[a][b];[a]trim=end_frame=134,setpts=N/50/TB[c]',
      '[b]trim=start_frame=134,setpts=N/50/TB,shuffleframes=1 0[d];[c][d]concat',
    ],
    ['fields', 'worst-frame'],
  ],
  [
    'one picture doubled and one dropped twenty later',
    (filters) => [
      ...filters,
      'split=3[x][y][z];[x]trim=end_frame=113,setpts=N/50/TB[a]',
      '[y]trim=start_frame=112:end_frame=132,setpts=N/50/TB[b]',
      '[z]trim=start_frame=133,setpts=N/50/TB[c];[a][b][c]concat=n=3',
    ],
    ['continuity', 'worst-frame'],
  ],
])('finds %s', async (name, video, wrong) => {
  const withGraph = (filters: string[]) => {
    const text = video(filters).join(',').replaceAll(',[', ';[');
    return [text];
  };
  expect(failed(await copyOf(name.replaceAll(' ', '-'), { video: withGraph }))).toEqual(wrong);
});

it('finds fields in the wrong order, and no jumps in that', async () => {
  const swapped: AccessSource = { ...source, video: { ...source.video, fieldOrder: 'bff' } };
  const found = failed(await copyOf('swapped', { source: swapped }));
  expect(found).toContain('fields');
  expect(found).not.toContain('continuity');
  expect(found).not.toContain('sound');
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

it('finds a file that ends before the other one, though nobody says by which recipe it was made', async () => {
  const pathB = await makeCopy('ends-early', { output: ['-t', '3'] });
  const copy = await compareCopy(await filesRequest({ ffmpeg, pathA: master.masterPath, pathB }));
  expect(failed(copy)).toEqual(['length']);
  expect(copy.lines.find(({ id }) => id === 'length')?.values).toMatchObject({ missingAtEnd: 50 });
  expect(copy.ok).toBe(false);
});

/** As it lies in the file. */
async function codedFrame(path: string, frame: number): Promise<Buffer> {
  const places = await findFramePlaces(path, master.frames);
  await using file = await open(path);
  const block = places && (await readFrameBlock(file, places, frame));
  if (!block) throw new Error(`${path} has no frame ${frame}`);
  return block;
}

it('finds a file that begins late, a master whose bytes are damaged, and an offset that leaves nothing', async () => {
  const pathB = join(folder, 'late.mkv');
  const cut = ['-ss', '0.6', '-i', master.masterPath, '-map', '0', '-c', 'copy', pathB];
  const end = await runFfmpeg(ffmpeg.ffmpegPath, ['-v', 'error', ...cut]);
  if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
  const pathA = join(folder, 'damaged.mkv');
  const bytes = readFileSync(master.masterPath);
  const frame = await codedFrame(master.masterPath, 50);
  const middle = bytes.indexOf(frame) + (frame.length >> 1);
  writeFileSync(pathA, bytes.fill(0x55, middle, middle + 64));
  const copy = await compareCopy(await filesRequest({ ffmpeg, pathA, pathB }));
  expect(failed(copy)).toEqual(expect.arrayContaining(['decode', 'start']));
  expect(copy.lines.find(({ id }) => id === 'start')?.values).toEqual({ offsetFrames: -15 });
  expect(copy.lines.find(({ id }) => id === 'decode')?.measured).toMatch(/complaints?, the first “.+”/);
  for (const offsetFrames of [100_000, -100]) {
    const request = filesRequest({ ffmpeg, pathA, pathB, offsetFrames });
    await expect(request).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  }
});
