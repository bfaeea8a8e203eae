import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { masterProfileSchema } from '#shared/domain/profiles.ts';
import { rational } from '#shared/domain/rational.ts';
import { audioHashFilter, audioHashOutput, frameHashOutput } from './audio-hash.ts';
import { locateFfmpeg } from './locate.ts';
import { probe } from './probe.ts';
import { latestProgress } from './progress.ts';
import {
  audioTracks,
  colourOf,
  isKeptExactly,
  type RecorderJob,
  recorderArguments,
  sampleAspectOf,
} from './recorder-arguments.ts';
import { readRecorderLogLine } from './recorder-log.ts';
import { runTool } from './run.ts';

const profile = masterProfileSchema.parse(
  JSON.parse(
    await readFile(new URL('../../../resources/profiles/master/ffv1-10bit.json', import.meta.url), 'utf8'),
  ),
);
const tools = await locateFfmpeg();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-arguments-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const pal = {
  width: 192,
  height: 144,
  frameRate: rational(25),
  fieldOrder: 'tff',
  pixelFormat: 'yuv422p10le',
  standard: 'PAL',
} as const;
const ntsc = { ...pal, frameRate: rational(30000, 1001), fieldOrder: 'bff', standard: 'NTSC' } as const;

function job(name: string, changes: Partial<RecorderJob>): RecorderJob {
  const path = (ending: string) => join(folder, `${name}${ending}`);
  return {
    inputArgs: synthetic('25', 4),
    video: pal,
    audio: { channels: 4, sampleRateHz: 48_000 },
    essence: 'encode',
    master: profile.master,
    masterPath: path('.mkv'),
    frameHashesPath: path('.framemd5'),
    audioHashesPath: path('.audiomd5'),
    progressPath: path('.progress'),
    frames: 50,
    threads: 1,
    tags: { TITLE: 'A-1: a tape', EMPTY: '' },
    ...changes,
  };
}

/** One input with picture and sound, as a card gives it. */
function synthetic(rate: string, channels: number): string[] {
  const sound = Array.from({ length: channels }, (_, index) => `sin(${200 * (index + 1)}*2*PI*t)/2`).join(
    '|',
  );
  const graph =
    `testsrc2=s=192x144:r=${rate}:d=4,noise=alls=20:allf=t,format=yuv422p10le[out0];` +
    `aevalsrc='${sound}':s=48000:d=4,asetnsamples=1001[out1]`;
  return ['-f', 'lavfi', '-i', graph];
}

async function record(recording: RecorderJob): Promise<void> {
  const end = await runTool(tools.ffmpegPath, recorderArguments(recording));
  expect(end.reason, 'stderrTail' in end ? end.stderrTail : '').toBe('finished');
}

async function rowsOf(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).split('\n').filter((line) => line && !line.startsWith('#'));
}

describe('a recording with the real ffmpeg', () => {
  test.each([
    [
      'pal',
      { video: pal, inputArgs: synthetic('25', 4) },
      { order: 'tt', aspect: rational(12, 11), matrix: 'bt470bg' },
    ],
    [
      'ntsc',
      { video: ntsc, inputArgs: synthetic('30000/1001', 3), audio: { channels: 3, sampleRateHz: 48_000 } },
      { order: 'bb', aspect: rational(10, 11), matrix: 'smpte170m' },
    ],
  ] as const)(
    '%s: exact length, tags, hashes that a later decode gives again',
    async (name, changes, expected) => {
      const recording = job(name, changes);
      await record(recording);
      const found = await probe(tools.ffprobePath, recording.masterPath, { countPackets: true });
      const video = found.video[0];
      expect(video).toMatchObject({
        codec: 'ffv1',
        packetCount: 50,
        startSeconds: 0,
        fieldOrder: expected.order,
        sampleAspect: expected.aspect,
        colourMatrix: expected.matrix,
        colourPrimaries: expected.matrix,
        colourTransfer: 'bt709',
        colourRange: 'tv',
        pixelFormat: 'yuv422p10le',
      });
      expect(found.audio.map((track) => track.channels)).toEqual(name === 'pal' ? [2, 2] : [2, 1]);
      for (const track of found.audio) {
        expect(track).toMatchObject({
          codec: 'pcm_s24le',
          sampleRateHz: 48_000,
          bitsPerSample: 24,
          startSeconds: 0,
        });
      }
      expect(found.tags).toMatchObject({ title: 'A-1: a tape' });
      expect(found.tags).not.toHaveProperty('EMPTY');

      const decodedFrames = join(folder, `${name}-decoded.framemd5`);
      const decodedSound = join(folder, `${name}-decoded.audiomd5`);
      const sound = found.audio.flatMap((_, index) => ['-map', `0:a:${index}`]);
      const decode = await runTool(tools.ffmpegPath, [
        ...['-v', 'error', '-i', recording.masterPath],
        ...['-map', '0:v:0', ...frameHashOutput(decodedFrames, 'yuv422p10le')],
        ...[...sound, '-af', audioHashFilter, ...audioHashOutput(decodedSound)],
      ]);
      expect(decode.reason).toBe('finished');
      const captured = await rowsOf(recording.frameHashesPath);
      expect(captured).toHaveLength(50);
      expect(await rowsOf(decodedFrames)).toEqual(captured);
      expect((await rowsOf(decodedSound)).sort()).toEqual((await rowsOf(recording.audioHashesPath)).sort());

      const samples = (await rowsOf(recording.audioHashesPath))
        .map((row) => row.split(',').map(Number))
        .filter(([stream]) => stream === 0)
        .reduce((sum, row) => sum + (row[3] ?? 0), 0);
      const frameS = recording.video.frameRate.den / recording.video.frameRate.num;
      expect(Math.abs(samples / 48_000 - 50 * frameS)).toBeLessThan(0.001);
      expect(latestProgress(await readFile(recording.progressPath, 'utf8'))).toMatchObject({
        frame: 50,
        ended: true,
      });
    },
  );

  test('frames that the card lost stay a gap, and nothing is made up', async () => {
    const graph =
      "testsrc2=s=192x144:r=25:d=4,format=yuv422p10le,select='not(between(n,10,14))'[out0];" +
      'aevalsrc=0.1|0.2:s=48000:d=4[out1]';
    const recording = job('gap', {
      inputArgs: ['-f', 'lavfi', '-i', graph],
      audio: { channels: 2, sampleRateHz: 48_000 },
    });
    await record(recording);
    const times = (await rowsOf(recording.frameHashesPath)).map((row) => Number(row.split(',')[2]));
    expect(times).toHaveLength(45);
    expect(times.slice(8, 12)).toEqual([8, 9, 15, 16]);
  });

  test.each([
    ['later', 0.25],
    ['earlier', -0.25],
  ])('sound of an input of its own that begins %s begins with the picture', async (name, offsetS) => {
    const lavfi = (graph: string, path: string, startS: number) =>
      runTool(tools.ffmpegPath, [
        ...['-v', 'error', '-f', 'lavfi', '-i', graph, '-output_ts_offset', String(startS)],
        ...['-c:v', 'rawvideo', '-c:a', 'pcm_s24le', '-f', 'nut', path],
      ]);
    const picture = join(folder, `picture-${name}.nut`);
    const sound = join(folder, `sound-${name}.nut`);
    await lavfi('testsrc2=s=192x144:r=25:d=3,format=uyvy422', picture, 100);
    // The value tells the time: sample n is n/2^20.
    await lavfi('aevalsrc=n/1048576|-n/1048576:s=48000:d=3', sound, 100 + offsetS);
    const recording = job(`apart-${name}`, {
      inputArgs: ['-i', picture, '-isync', '0', '-i', sound],
      video: { ...pal, pixelFormat: 'uyvy422' },
      audio: { channels: 2, sampleRateHz: 48_000 },
      audioInput: 1,
    });
    await record(recording);
    const back = await runTool(tools.ffmpegPath, [
      ...['-v', 'error', '-i', recording.masterPath, '-map', '0:a', '-f', 's24le', 'pipe:1'],
    ]);
    const samples = back.reason === 'finished' ? back.stdout : Buffer.alloc(0);
    const leftAt = (at: number) => samples.readIntLE(at * 6, 3) / 8;
    expect(samples.length / 6).toBe(2 * 48_000);
    // A later sound is behind silence of that length, an earlier one has lost its lead; not a sample is changed.
    const first = offsetS > 0 ? 12_000 : 0;
    const lead = offsetS > 0 ? 0 : 12_000;
    if (first > 0) expect([leftAt(0), leftAt(first - 1)]).toEqual([0, 0]);
    expect([first, first + 1, 50_000, 95_999].map(leftAt)).toEqual(
      [first, first + 1, 50_000, 95_999].map((at) => at - first + lead),
    );
    const found = await probe(tools.ffprobePath, recording.masterPath);
    expect(found.audio[0]?.startSeconds).toBe(0);
  });

  test('a DV stream is kept byte for byte', async () => {
    const source = join(folder, 'tape.dv');
    const made = await runTool(tools.ffmpegPath, [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=720x576:r=25:d=1,format=yuv420p'],
      ...['-f', 'lavfi', '-i', 'aevalsrc=0.1|0.2:s=48000:d=1', '-target', 'pal-dv', source],
    ]);
    expect(made.reason).toBe('finished');
    const recording = job('dv', {
      inputArgs: ['-i', source],
      video: { ...pal, width: 720, height: 576, fieldOrder: 'bff', pixelFormat: 'yuv420p' },
      audio: { channels: 2, sampleRateHz: 48_000 },
      essence: 'copy',
      codec: 'dvvideo',
      frames: 20,
    });
    await record(recording);
    const back = join(folder, 'back.dv');
    const unpacked = await runTool(tools.ffmpegPath, [
      ...['-v', 'error', '-i', recording.masterPath, '-map', '0:v', '-c', 'copy', '-f', 'rawvideo', back],
    ]);
    expect(unpacked.reason).toBe('finished');
    const [kept, original] = await Promise.all([readFile(back), readFile(source)]);
    expect(kept.equals(original.subarray(0, 20 * 144_000))).toBe(true);
    expect(await rowsOf(recording.frameHashesPath)).toHaveLength(20);
    const found = await probe(tools.ffprobePath, recording.masterPath, { countPackets: true });
    expect(found.audio[0]?.packetCount).toBe(20);
    expect(await rowsOf(recording.audioHashesPath)).toHaveLength(20);
  });
});

describe('a stop in mid tape', () => {
  /** Plays a tape in its own time into a recorder on a machine of eight cores, and stops it by the one signal that ffmpeg obeys. */
  async function stopped(name: string, tape: string[], changes: Partial<RecorderJob>): Promise<RecorderJob> {
    const path = join(folder, `${name}.played.mkv`);
    const made = await runTool(tools.ffmpegPath, ['-v', 'error', '-y', ...tape, path]);
    expect(made.reason).toBe('finished');
    const recording = job(name, {
      inputArgs: ['-threads', '9', '-re', '-i', path],
      frames: undefined,
      ...changes,
    });
    const recorder = spawn(tools.ffmpegPath, recorderArguments(recording), { stdio: 'ignore' });
    const ended = once(recorder, 'exit');
    await vi.waitUntil(async () => (await framesSaid(recording)) >= 15, { timeout: 30_000 });
    recorder.kill('SIGINT');
    await ended;
    return recording;
  }

  async function framesSaid({ progressPath }: RecorderJob): Promise<number> {
    return latestProgress(await readFile(progressPath, 'utf8').catch(() => ''))?.frame ?? 0;
  }

  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=192x144:r=25:d=2'];
  const sound = ['-f', 'lavfi', '-i', 'sine=r=48000:d=2'];

  test('has every picture of which there is sound: none is left in the decoder', async () => {
    const tape = [...picture, ...sound, '-pix_fmt', 'yuv422p10le', '-c:v', 'v210', '-c:a', 'pcm_s24le'];
    const recording = await stopped('stopped', tape, { audio: { channels: 1, sampleRateHz: 48_000 } });
    const [frames, blocks] = await Promise.all(
      [recording.frameHashesPath, recording.audioHashesPath].map(async (path) => (await rowsOf(path)).length),
    );
    // A block of sound is as long as a frame; the stop may come between the two.
    expect(Math.abs((frames ?? 0) - (blocks ?? 0))).toBeLessThanOrEqual(1);
  });

  test("has a hash for every frame of a tape's own stream", async () => {
    const tape = [...picture, '-pix_fmt', 'yuv420p', '-s', '720x576', '-c:v', 'dvvideo'];
    const video = { ...pal, width: 720, height: 576, pixelFormat: 'yuv420p' };
    const recording = await stopped('stopped-dv', tape, {
      video,
      audio: undefined,
      essence: 'copy',
      codec: 'dvvideo',
    });
    const kept = await probe(tools.ffprobePath, recording.masterPath, { countPackets: true });
    expect(kept.video[0]?.packetCount).toBe((await rowsOf(recording.frameHashesPath)).length);
  });
});

test('every channel is in one track, in order, whatever the layout', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 16 }),
      fc.constantFrom('pairs' as const, 'channels' as const),
      (channels, layout) => {
        const tracks = audioTracks(channels, layout);
        expect(tracks.flat()).toEqual(Array.from({ length: channels }, (_, index) => index));
        expect(Math.max(...tracks.map((track) => track.length))).toBeLessThanOrEqual(
          layout === 'pairs' ? 2 : 1,
        );
      },
    ),
  );
});

test('never overwrites, never waits for a keyboard, never writes to a pipe', () => {
  const argv = recorderArguments(job('plain', {}));
  expect(argv).toContain('-n');
  expect(argv).not.toContain('-y');
  expect(argv).toContain('-nostdin');
  expect(argv.filter((argument) => /^(pipe|tcp|-$)/.test(argument))).toEqual([]);
});

test('HD has square pixels and other systems are told by their rate', () => {
  expect(sampleAspectOf(profile.master, { ...pal, width: 1920, height: 1080, standard: 'other' })).toEqual(
    rational(1),
  );
  expect(sampleAspectOf(profile.master, { ...ntsc, standard: 'other' })).toEqual(rational(10, 11));
});

test('a file that states its pixel shape and colour is believed', () => {
  const colour = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' } as const;
  const stated = { ...pal, sampleAspect: rational(1), colour };
  expect(sampleAspectOf(profile.master, stated)).toEqual(rational(1));
  expect(colourOf(profile.master, stated)).toEqual(colour);
});

test.each([
  ['yuv422p10le', true],
  ['yuv422p', true],
  ['uyvy422', true],
  ['yuv420p', false],
  ['yuv411p', false],
  ['yuv444p10le', false],
  ['yuv422p12le', false],
  ['yuvj422p', false],
  ['rgb24', false],
])('%s goes into a 10-bit master exactly: %s', (pixelFormat, exactly) => {
  expect(isKeptExactly(profile.master, { ...pal, pixelFormat })).toBe(exactly);
  const eight = { ...profile.master, pixelFormat: 'yuv422p' as const };
  expect(isKeptExactly(eight, { ...pal, pixelFormat: 'yuv422p10le' })).toBe(false);
});

test('eight bits in ten are four times themselves, as ffmpeg does it', async () => {
  const decode = async (pixelFormat: string) => {
    const noise = 'testsrc2=s=64x48:r=25,noise=alls=60:allf=t,format=yuv422p,setparams=range=tv';
    const args = [
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      noise,
      '-frames:v',
      '2',
      '-vf',
      `format=${pixelFormat}`,
    ];
    const end = await runTool(tools.ffmpegPath, [...args, '-f', 'rawvideo', 'pipe:1']);
    return end.reason === 'finished' ? end.stdout : Buffer.alloc(0);
  };
  const eight = await decode('yuv422p');
  const ten = await decode('yuv422p10le');
  expect(eight.length).toBe(2 * 64 * 48 * 2);
  expect(Array.from(eight, (_, at) => ten.readUInt16LE(at * 2))).toEqual(
    Array.from(eight, (code) => code * 4),
  );
});

test('a picture with other chroma ends the recorder, and is not converted into the master', async () => {
  const kinds = ['yuvj422p', 'yuvj420p'];
  const parts = await Promise.all(
    kinds.map(async (pixelFormat) => {
      const part = join(folder, `${pixelFormat}.mjpeg`);
      const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=192x144:r=25', '-frames:v', '10'];
      const made = await runTool(tools.ffmpegPath, [
        ...['-v', 'error', ...picture, '-pix_fmt', pixelFormat, '-c:v', 'mjpeg', '-f', 'mjpeg', part],
      ]);
      expect(made.reason).toBe('finished');
      return readFile(part);
    }),
  );
  const path = join(folder, 'two-kinds.mjpeg');
  await writeFile(path, Buffer.concat(parts));
  const two = job('two-kinds', {
    inputArgs: ['-f', 'mjpeg', '-framerate', '25', '-i', path],
    video: { ...pal, pixelFormat: 'yuvj422p' },
    audio: undefined,
    frames: undefined,
  });
  const end = await runTool(tools.ffmpegPath, recorderArguments(two));
  const said = 'stderrTail' in end ? end.stderrTail.split(/[\r\n]/) : [];
  expect(said.map(readRecorderLogLine)).toContainEqual({ kind: 'raster-changed' });
  expect(end.reason).not.toBe('finished');
  expect((await rowsOf(two.frameHashesPath)).length).toBeLessThanOrEqual(10);
});
