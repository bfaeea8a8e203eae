import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openSource } from '#core/devices/registry.ts';
import { parseDvReport } from '#core/essence/dv-report.ts';
import { fakeDvrescue } from '#core/ffmpeg/fake-dvrescue.fixture.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { verifyMaster } from '#core/master-verifier.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { ffmpeg, openStation, type Station, untilFrames } from './station.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-streams-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const input = (source: string) => ['-f', 'lavfi', '-i', source];

/** A stream as a camera of that format would have written it, made with the real encoder. */
async function makeTape(name: string, args: readonly string[]): Promise<string> {
  const path = join(folder, name);
  const made = await runTool(ffmpeg.ffmpegPath, ['-v', 'error', '-y', ...args, path]);
  expect(made).toMatchObject({ reason: 'finished' });
  return path;
}

async function recordFile(
  station: Station,
  identifier: string,
  path: string,
  durationS?: number,
): Promise<Pass> {
  const { passId } = await startFile(station, identifier, path, durationS);
  return station.capture.whenSettled(passId);
}

async function startFile(station: Station, identifier: string, path: string, durationS?: number) {
  const { tapeId, operatorId } = station.tape(identifier);
  const { passId } = await station.capture.arm({
    tapeId,
    selection: { sourceId: 'file', argument: path },
    sourceId: `file:${path}`,
    profileId: undefined,
    chainName: '',
    operatorId,
    durationS,
  });
  await station.capture.record(passId, operatorId);
  return { passId, operatorId };
}

/** MD5 of one stream's packets, as they lie in a file. */
async function packetsOf(path: string, stream: string): Promise<string> {
  const argv = [
    '-v',
    'error',
    '-i',
    path,
    '-map',
    `0:${stream}`,
    '-c',
    'copy',
    '-f',
    'streamhash',
    '-hash',
    'md5',
  ];
  const end = await runTool(ffmpeg.ffmpegPath, [...argv, 'pipe:1']);
  if (end.reason !== 'finished') throw new Error(`no packets of ${path}`);
  return end.stdout.toString('utf8').trim().split('=')[1] ?? '';
}

const dvPicture = ['-c:v', 'dvvideo', '-pix_fmt', 'yuv420p', '-s', '720x576', '-r', '25'];
const twoTracks = [
  ...input('testsrc2=s=720x576:r=25:d=1'),
  ...input('aevalsrc=0.1*sin(900*t)|0.2*sin(700*t):s=48000:d=1'),
  ...input('aevalsrc=0.1*sin(500*t)|0.2*sin(300*t):s=48000:d=1'),
  ...['-map', '0:v', '-map', '1:a', '-map', '2:a', ...dvPicture, '-c:a', 'pcm_s16le'],
];

const hdv = [
  ...input('testsrc2=s=480x270:r=25:d=2'),
  ...input('aevalsrc=0.1*sin(900*t)|0.2*sin(700*t):s=48000:d=2'),
  ...['-map', '0:v', '-map', '1:a', '-c:v', 'mpeg2video', '-pix_fmt', 'yuv420p', '-flags', '+ildct+ilme'],
  ...['-top', '1', '-g', '12', '-bf', '2', '-b:v', '4M', '-c:a', 'mp2', '-b:a', '384k', '-f', 'mpegts'],
];

test.each(['mov', 'avi'])('DV in %s with two stereo tracks keeps both, and is sealed', async (ending) => {
  const path = await makeTape(`two-tracks.${ending}`, twoTracks);
  const station = await openStation(join(folder, `two-${ending}`));
  const pass = await recordFile(station, 'DV-2', path);
  expect(pass.sealChecks.filter((check) => !check.ok)).toEqual([]);
  expect(pass).toMatchObject({ state: 'sealed', frames: 25, audio: { channels: 4, streamChannels: [2, 2] } });
  const master = station.masterOf(pass.id);
  expect(await packetsOf(master, 'v:0')).toBe(await packetsOf(path, 'v:0'));
  const { audio } = await probe(ffmpeg.ffprobePath, master);
  expect(audio.map(({ channels }) => channels)).toEqual([2, 2]);
  expect((await verifyMaster(ffmpeg)(master, {})).problems).toEqual([]);
  await station.close();
});

test('DV gets the report of dvrescue where it is installed, made from the sealed master', async () => {
  const path = await makeTape('reported.dv', [...twoTracks.slice(0, 8), '-target', 'pal-dv']);
  vi.stubEnv('HELICAL_DVRESCUE', await fakeDvrescue(join(folder, 'dvrescue.mjs')));
  const station = await openStation(join(folder, 'reported'));
  const pass = await recordFile(station, 'DV-3', path);
  vi.unstubAllEnvs();
  expect(pass).toMatchObject({ state: 'sealed', frames: 25, alarms: [] });
  const xml = await readFile(join(dirname(station.masterOf(pass.id)), 'DV-3_p1.dvrescue.xml'), 'utf8');
  expect(parseDvReport(xml, 'it')).toMatchObject({ frames: 25, faulty: [{ frame: 1 }] });
  await station.close();
});

test('HDV keeps its coded picture and its coded sound, and is sealed', async () => {
  const path = await makeTape('tape.m2t', hdv);
  const station = await openStation(join(folder, 'hdv'));
  const pass = await recordFile(station, 'HDV-1', path);
  expect(pass.sealChecks.filter((check) => !check.ok)).toEqual([]);
  expect(pass).toMatchObject({ state: 'sealed', frames: 50 });
  const master = station.masterOf(pass.id);
  const { video, audio } = await probe(ffmpeg.ffprobePath, master);
  expect([video[0]?.codec, audio[0]?.codec]).toEqual(['mpeg2video', 'mp2']);
  for (const stream of ['v:0', 'a:0']) {
    expect(await packetsOf(master, stream)).toBe(await packetsOf(path, stream));
  }
  expect((await verifyMaster(ffmpeg)(master, {})).problems).toEqual([]);
  await station.close();
});

test.concurrent.each([
  { name: 'DV', file: 'stopped.mov', args: twoTracks, from: 'd=1', heldBack: 0 },
  { name: 'HDV', file: 'stopped.m2t', args: hdv, from: 'd=2', heldBack: 1 },
])('$name that is stopped while it plays is sealed, and so is the FFV1 beside it', async (tape) => {
  const args = tape.args.map((word) => word.replace(tape.from, 'd=5'));
  const path = await makeTape(tape.file, args);
  const station = await openStation(join(folder, `stopped-${tape.name}`), {
    master: { ffv1BesideNative: true },
    // A deck plays in its own time.
    openSource: async (...asked) => {
      const source = await openSource(...asked);
      return { ...source, inputArgs: ['-re', ...source.inputArgs] };
    },
  });
  const { passId, operatorId } = await startFile(station, 'P-1', path);
  await untilFrames(station, passId, 10);
  await station.capture.stop(passId, operatorId);
  const pass = await station.capture.whenSettled(passId);
  expect(pass.sealChecks.filter((check) => !check.ok)).toEqual([]);
  expect(pass).toMatchObject({ state: 'sealed', endReason: 'operator', alarms: [] });
  const master = station.masterOf(passId);
  const { video } = await probe(ffmpeg.ffprobePath, master, { countPackets: true });
  expect((video[0]?.packetCount ?? 0) - pass.frames).toBeLessThanOrEqual(tape.heldBack);
  expect(pass.frames).toBeLessThan(125);
  const companion = master.replace('.mkv', '.ffv1.mkv');
  for (const one of [master, companion]) expect((await verifyMaster(ffmpeg)(one, {})).problems).toEqual([]);
  await station.close();
});

test('HDV that begins in mid tape is kept with the pictures that cannot be decoded, and is sealed', async () => {
  const whole = await readFile(await makeTape('whole.m2t', hdv));
  const path = join(folder, 'from-the-middle.m2t');
  const packetBytes = 188;
  await writeFile(path, whole.subarray(packetBytes * Math.floor(whole.length / packetBytes / 3)));
  const station = await openStation(join(folder, 'hdv-cut'));
  const pass = await recordFile(station, 'HDV-2', path);
  expect(pass.sealChecks.filter((check) => !check.ok)).toEqual([]);
  expect(pass.state).toBe('sealed');
  const { video } = await probe(ffmpeg.ffprobePath, station.masterOf(pass.id), { countPackets: true });
  const kept = video[0]?.packetCount ?? 0;
  expect(kept - pass.frames).toBe(2);
  const counted = pass.sealChecks.find(({ id }) => id === 'frame-count');
  expect(counted?.measured).toBe(`${kept} frames in the file, 2 of them before the first keyframe`);
  await station.close();
});

test.each([
  { name: 'DV', file: 'beside.mov', args: twoTracks, frames: 25 },
  { name: 'HDV', file: 'beside.m2t', args: hdv, frames: 50 },
])(
  'a profile that asks for it gets an FFV1 beside $name, frame for frame the same',
  async ({ name, file, args, frames }) => {
    const path = await makeTape(file, args);
    const station = await openStation(join(folder, `beside-${name}`), { master: { ffv1BesideNative: true } });
    const pass = await recordFile(station, 'B-1', path);
    expect(pass.alarms).toEqual([]);
    expect(pass).toMatchObject({ state: 'sealed', frames });
    const made = station.stores.files.ofPass(pass.id).filter(({ role }) => role === 'native-companion');
    expect(made.map((one) => one.name)).toEqual(['B-1_p1.ffv1.mkv']);
    const master = station.masterOf(pass.id);
    const companion = join(dirname(master), 'B-1_p1.ffv1.mkv');
    const { video, audio } = await probe(ffmpeg.ffprobePath, companion);
    expect(video[0]?.codec).toBe('ffv1');
    expect(audio.map(({ codec }) => codec)).toEqual(pass.audio?.streamChannels?.map(() => 'pcm_s24le'));
    const lists = await Promise.all([master, companion].map(decodedHashes));
    expect(lists[0]).toHaveLength(frames);
    expect(lists[1]).toEqual(lists[0]);
    expect((await verifyMaster(ffmpeg)(companion, {})).problems).toEqual([]);
    expect(await readdir(join(station.folders.derivedDir, pass.id))).not.toContain('work');
    await station.close();
  },
);

/** MD5 of every decoded frame, by ffmpeg alone. */
async function decodedHashes(path: string): Promise<string[]> {
  const argv = [
    '-v',
    'error',
    '-i',
    path,
    '-map',
    '0:v',
    '-fps_mode',
    'passthrough',
    '-f',
    'framemd5',
    'pipe:1',
  ];
  const end = await runTool(ffmpeg.ffmpegPath, argv);
  if (end.reason !== 'finished') throw new Error(`no frames of ${path}`);
  const rows = end.stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => /^0,/.test(line));
  return rows.map((row) => row.split(',').at(-1)?.trim() ?? '');
}
