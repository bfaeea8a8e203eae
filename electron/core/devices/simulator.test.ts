import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { type CardReport, readCardReport } from './card-report.ts';
import type { OpenContext, OpenSource } from './device.ts';
import { readFrameNumbers } from './simulator/read-frame-numbers.ts';
import type { RecipeInput } from './simulator/recipe.ts';
import { simulator } from './simulator.ts';

const { ffmpegPath, ffprobePath } = await tools();
let folder: string;
let context: OpenContext;
let opened: OpenSource[];
let readers: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-simulator-'));
  context = { workDir: folder, cacheDir: join(folder, 'cache'), ffmpegPath, ffprobePath };
  opened = [];
  readers = [];
});

afterEach(async () => {
  for (const reader of readers) if (reader.exitCode === null) reader.kill('SIGKILL');
  for (const source of opened) await source.close();
  await rm(folder, { recursive: true, force: true });
});

it('is read by ffmpeg as exactly what is on the tape, field by field', async () => {
  const source = await play({ standard: 'NTSC', channels: 4, segments: [{ content: 'scene', seconds: 2 }] });
  const path = await record(source);
  const frames = source.expectedFrames ?? 0;
  expect(frames).toBe(60);
  expect(await readFrameNumbers(path, { ffmpegPath })).toEqual(upTo(frames));

  const { streams, packets } = await probeAll(path);
  expect(streams[0]).toMatchObject({
    width: 192,
    height: 144,
    pix_fmt: 'yuv422p10le',
    r_frame_rate: '30000/1001',
  });
  expect(streams[1]).toMatchObject({ channels: 4, sample_rate: '48000' });
  // NTSC: 60 frames hold 96,096 samples of four channels and four bytes.
  expect(packets[1]?.bytes).toBe(96_096 * 16);
  // The bright pillar is further on in the second field than in the first; at 29.97 the bottom lines come first.
  const { stdout } = await execa(
    ffmpegPath,
    [
      ...['-v', 'error', '-i', path, '-frames:v', '13', '-vf', 'crop=192:2:0:142,extractplanes=y'],
      ...['-f', 'rawvideo', 'pipe:1'],
    ],
    { encoding: 'buffer' },
  );
  const lastFrame = new Uint16Array(stdout.buffer, stdout.byteOffset + 12 * 192 * 2 * 2, 192 * 2);
  const edge = (line: number) => lastFrame.subarray(line * 192, (line + 1) * 192).findIndex((y) => y > 800);
  expect(edge(0)).toBeGreaterThan(edge(1));
  expect(await stateOf(source, 'ended')).toMatchObject({ deliveredFrames: 60, droppedFrames: 0, drops: [] });
});

it('says the field order of PAL and shows numbers that outlive a lossy 8-bit copy at full raster', async () => {
  const segments: RecipeInput['segments'] = [
    { content: 'noise', seconds: 0.4 },
    { content: 'scene', seconds: 0.6 },
  ];
  const source = await play({ raster: undefined, segments });
  const path = await record(source, 'matroska', ['-c:v', 'libx264', '-crf', '26', '-pix_fmt', 'yuv420p']);
  expect(await readFrameNumbers(path, { ffmpegPath })).toEqual(upTo(25));
  const { streams } = await probeAll(path);
  expect(streams[0]).toMatchObject({ width: 720, height: 576, r_frame_rate: '25/1' });
  expect(source.video).toMatchObject({ fieldOrder: 'tff', pixelFormat: 'yuv422p10le', standard: 'PAL' });
});

it('gives the same frames, to the bit, each time it plays', async () => {
  const recipe: Partial<RecipeInput> = {
    segments: [
      { content: 'noise', seconds: 0.4 },
      { content: 'scene', seconds: 0.6 },
    ],
    faults: [
      { kind: 'dropout', atFrame: 12, frames: 3 },
      { kind: 'head-clog', atFrame: 16, frames: 2 },
      { kind: 'tracking', atFrame: 19, frames: 3 },
    ],
  };
  const [one, two] = [await play(recipe), await play(recipe)];
  const hashes = await Promise.all([frameHashes(one), frameHashes(two)]);
  expect(hashes[0].match(/^0,/gm)).toHaveLength(25);
  expect(hashes[0]).toBe(hashes[1]);
});

it('makes the sound of the recipe: level, silence, phase and clipping', async () => {
  const source = await play({
    segments: [{ content: 'bars', seconds: 4 }],
    faults: [
      { kind: 'silence', atSeconds: 1, frames: 25 },
      { kind: 'phase-inversion', atSeconds: 2, frames: 25 },
      { kind: 'clipping', atSeconds: 3, frames: 25, strength: 1 },
    ],
  });
  const { stdout } = await execa(
    ffmpegPath,
    ['-v', 'error', '-nostdin', ...source.inputArgs, '-map', '0:a', '-f', 's32le', 'pipe:1'],
    { encoding: 'buffer' },
  );
  const samples = new Int32Array(stdout.buffer, stdout.byteOffset, stdout.byteLength / 4);
  expect(samples.length).toBe(4 * 48_000 * 2);
  const second = (index: number) => samples.subarray(index * 96_000, (index + 1) * 96_000);
  const peak = (part: Int32Array) => part.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(20 * Math.log10(peak(second(0)) / 2 ** 31)).toBeCloseTo(-18, 2);
  expect(peak(second(1))).toBe(0);
  const [left, right] = [second(2)[20] as number, second(2)[21] as number];
  expect(left).not.toBe(0);
  expect(right).toBe(-left);
  const full = second(3).filter((value) => Math.abs(value) >= 2_147_483_647).length;
  expect(full).toBeGreaterThan(10_000);
});

it('runs by the clock', async () => {
  const source = await play({ pace: 'realtime', segments: [{ content: 'bars', seconds: 2 }] });
  const startMs = performance.now();
  const path = await record(source);
  const seconds = (performance.now() - startMs) / 1000;
  // The last frame is there after two seconds and not before, however fast the reader is. A busy machine may be late.
  expect(seconds).toBeGreaterThan(1.95);
  expect(seconds).toBeLessThan(30);
  expect(await readFrameNumbers(path, { ffmpegPath })).toEqual(upTo(50));
});

it.skipIf(process.platform === 'win32')(
  'drops what a stalled reader leaves no room for, and reports exactly that',
  async () => {
    const source = await play({
      pace: 'realtime',
      speed: 2,
      queueFrames: 5,
      segments: [{ content: 'scene', seconds: 6 }],
    });
    const path = join(folder, 'stalled.mkv');
    const reader = startReader(source, path);
    await cardReport(source, (report) => report.deliveredFrames >= 20);
    reader.kill('SIGSTOP');
    const stalled = await cardReport(source, (report) => report.droppedFrames >= 20);
    expect(stalled.queuedFrames).toBe(5);
    reader.kill('SIGCONT');
    await ended(reader);
    const report = await stateOf(source, 'ended');
    const lost = report.drops.flatMap(({ firstFrame, frames }) =>
      upTo(frames).map((index) => firstFrame + index),
    );
    expect(lost).toHaveLength(report.droppedFrames);
    expect(report.capturedFrames).toBe(150);
    expect(report.deliveredFrames).toBe(150 - lost.length);

    const expected = upTo(150).filter((frame) => !lost.includes(frame));
    expect(await readFrameNumbers(path, { ffmpegPath })).toEqual(expected);
    // The gap is in the times too, of picture and sound alike: a frame lasts 40 ms.
    const { packets } = await probeAll(path);
    expect(packets[0]?.times).toEqual(expected.map((frame) => frame * 40));
    expect(packets[1]?.times).toEqual(expected.map((frame) => frame * 40));
  },
);

it.skipIf(process.platform === 'win32')('says what it had delivered when its reader is killed', async () => {
  const source = await play({ pace: 'realtime', segments: [{ content: 'scene', seconds: 30 }] });
  const path = join(folder, 'killed.mkv');
  const reader = startReader(source, path);
  const before = await cardReport(source, (report) => report.deliveredFrames >= 25);
  reader.kill('SIGKILL');
  const report = await stateOf(source, 'reader-gone');
  expect(report.capturedFrames).toBeGreaterThanOrEqual(before.capturedFrames);
  expect(report.capturedFrames).toBeLessThan(300);
  expect(report.capturedFrames).toBe(report.deliveredFrames + report.droppedFrames + report.queuedFrames);
  await processGone(before.pid ?? 0);
  // The kernel holds no more than a few frames that the reader never saw.
  const kept = await readFrameNumbers(path, { ffmpegPath });
  expect(kept).toEqual(upTo(kept.length));
  expect(report.deliveredFrames - kept.length).toBeLessThan(25);
});

it('says that the signal is lost while it is, and goes on', async () => {
  const source = await play({
    pace: 'realtime',
    segments: [{ content: 'scene', seconds: 3 }],
    faults: [{ kind: 'signal-loss', atSeconds: 1, frames: 25, field: 'black' }],
  });
  const recording = record(source);
  const lost = await cardReport(source, (report) => report.signal === 'lost');
  expect(lost.state).toBe('playing');
  const back = await cardReport(source, (report) => report.capturedFrames > 51);
  expect(back.signal).toBe('present');
  const numbers = await readFrameNumbers(await recording, { ffmpegPath });
  expect(numbers).toEqual(upTo(75));
});

it('lets one reader in and no other', async () => {
  const source = await play({ pace: 'realtime', segments: [{ content: 'bars', seconds: 20 }] });
  startReader(source, join(folder, 'first.mkv'));
  await stateOf(source, 'playing');
  const second = await execa(ffmpegPath, ['-v', 'error', ...source.inputArgs, '-f', 'null', '-'], {
    reject: false,
  });
  expect(second.exitCode).not.toBe(0);
  const report = await cardReport(source, ({ deliveredFrames }) => deliveredFrames > 5);
  expect(report.state).toBe('playing');
});

it('plays on when the engine that opened it is killed', async () => {
  const recipePath = await writeRecipe({ pace: 'realtime', segments: [{ content: 'bars', seconds: 1 }] });
  const adapter = new URL('./simulator.ts', import.meta.url).href;
  const selection = { sourceId: 'simulator', argument: recipePath };
  const program =
    `import { simulator } from ${JSON.stringify(adapter)};` +
    `const source = await simulator.open(${JSON.stringify(selection)}, ${JSON.stringify(context)});` +
    'process.stdout.write(JSON.stringify(source)); setInterval(() => {}, 1000);';
  const engine = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  readers.push(engine);
  const said = await new Promise<string>((resolve) =>
    engine.stdout?.once('data', (data) => resolve(`${data}`)),
  );
  const source = JSON.parse(said) as OpenSource;
  const { promise: engineGone, resolve } = Promise.withResolvers<NodeJS.Signals | null>();
  engine.once('exit', (_, signal) => resolve(signal));
  engine.kill('SIGKILL');
  expect(await engineGone).toBe('SIGKILL');
  expect(await readFrameNumbers(await record(source), { ffmpegPath })).toEqual(upTo(25));
  expect((await stateOf(source, 'ended')).droppedFrames).toBe(0);
});

it('stops at the length that was asked for, and leaves when it is closed unread', async () => {
  const recipePath = await writeRecipe({ segments: [{ content: 'bars', seconds: 60 }] });
  const source = await simulator.open(
    { sourceId: 'simulator', argument: recipePath, durationS: 0.5 },
    context,
  );
  expect(source.expectedFrames).toBe(13);
  const { pid } = await stateOf(source, 'waiting');
  await source.close();
  await source.close();
  await processGone(pid ?? 0);
});

it('says why when its player cannot start', async () => {
  const broken: OpenContext = { ...context, playerCommand: [process.execPath, '-e', 'process.exit(3)'] };
  await expect(simulator.open({ sourceId: 'simulator' }, broken)).rejects.toMatchObject({
    code: 'DEVICE_FAILED',
    message: expect.stringContaining('ended with code 3'),
  });
});

async function tools() {
  const found = await locateFfmpeg();
  return { ffmpegPath: found.ffmpegPath, ffprobePath: found.ffprobePath };
}

async function writeRecipe(recipe: Partial<RecipeInput>): Promise<string> {
  const whole = {
    name: 'test-tape',
    description: 'For a test.',
    seed: 7,
    standard: 'PAL',
    raster: { width: 192, height: 144 },
    pace: 'unpaced',
    ...recipe,
  };
  const path = join(folder, 'recipe.json');
  await writeFile(path, JSON.stringify(whole));
  return path;
}

async function play(recipe: Partial<RecipeInput>): Promise<OpenSource> {
  const argument = await writeRecipe(recipe);
  const source = await simulator.open({ sourceId: 'simulator', argument }, context);
  opened.push(source);
  return source;
}

const lossless = ['-c:v', 'ffv1', '-level', '3'];

function readerArgs(source: OpenSource, path: string, encoder = lossless): string[] {
  return [
    ...['-v', 'error', '-nostdin', ...source.inputArgs, '-map', '0', '-fps_mode', 'passthrough'],
    ...[
      ...encoder,
      '-c:a',
      'pcm_s32le',
      '-f',
      'matroska',
      '-cluster_time_limit',
      '200',
      '-flush_packets',
      '1',
    ],
    path,
  ];
}

async function record(source: OpenSource, name = 'master', encoder = lossless): Promise<string> {
  const path = join(folder, `${name}.mkv`);
  await execa(ffmpegPath, readerArgs(source, path, encoder));
  return path;
}

function startReader(source: OpenSource, path: string): ChildProcess {
  const reader = spawn(ffmpegPath, readerArgs(source, path), { stdio: 'ignore' });
  readers.push(reader);
  return reader;
}

async function frameHashes(source: OpenSource): Promise<string> {
  const args = ['-v', 'error', '-nostdin', ...source.inputArgs, '-map', '0:v', '-f', 'framemd5', 'pipe:1'];
  return (await execa(ffmpegPath, args)).stdout;
}

async function ended(reader: ChildProcess): Promise<void> {
  if (reader.exitCode === null) await new Promise((resolve) => reader.once('exit', resolve));
  expect(reader.exitCode).toBe(0);
}

async function cardReport(source: OpenSource, wanted: (report: CardReport) => boolean): Promise<CardReport> {
  const deadline = Date.now() + 45_000;
  for (;;) {
    const report = await readCardReport(source.cardReportPath ?? '');
    if (report && wanted(report)) return report;
    if (Date.now() > deadline) throw new Error(`the card never came so far: ${JSON.stringify(report)}`);
    await wait(10);
  }
}

function stateOf(source: OpenSource, state: CardReport['state']): Promise<CardReport> {
  return cardReport(source, (report) => report.state === state);
}

async function processGone(pid: number): Promise<void> {
  const deadline = Date.now() + 45_000;
  for (;;) {
    // A zombie still has a pid: on Linux its command line is empty.
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (!commandLine) return;
    if (Date.now() > deadline) throw new Error(`process ${pid} is still there`);
    await wait(20);
  }
}

interface Packets {
  bytes: number;
  /** Milliseconds. */
  times: number[];
}

async function probeAll(path: string) {
  const { stdout } = await execa(ffprobePath, [
    ...['-v', 'error', '-of', 'json', '-show_streams', '-show_packets', path],
  ]);
  const found = JSON.parse(stdout) as {
    streams: Record<string, unknown>[];
    packets: { stream_index: number; pts_time: string; size: string }[];
  };
  const packets: Packets[] = found.streams.map(() => ({ bytes: 0, times: [] }));
  for (const packet of found.packets) {
    packets[packet.stream_index]?.times.push(Math.round(Number(packet.pts_time) * 1000));
    (packets[packet.stream_index] as Packets).bytes += Number(packet.size);
  }
  return { streams: found.streams, packets };
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
