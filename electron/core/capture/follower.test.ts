import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compareFrameHashes } from '#core/essence/frame-hash-comparison.ts';
import { readFrameHashFile } from '#core/essence/frame-hashes.ts';
import { compareSound } from '#core/essence/sound-comparison.ts';
import { followerFiles, followerOutputs } from '#core/ffmpeg/follower-arguments.ts';
import { type Ffmpeg, locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import { recordCopiedDv, recordSmallMaster, type SmallMaster } from './follower.fixture.ts';
import { startFollower } from './follower.ts';
import { decodeHashes } from './follower-decode-hashes.ts';
import type { FollowEnd, Follower, FollowProgress, FollowRequest } from './follower-port.ts';
import { createFrameProof } from './follower-proof.ts';

let ffmpeg: Ffmpeg;
let folder: string;
let pal: SmallMaster;
let ntsc: SmallMaster;
const running: Follower[] = [];

beforeAll(async () => {
  ffmpeg = await locateFfmpeg();
  folder = mkdtempSync(join(tmpdir(), 'helical-follower-'));
  for (const name of ['pal', 'ntsc', 'work']) mkdirSync(join(folder, name));
  pal = await recordSmallMaster(ffmpeg.ffmpegPath, join(folder, 'pal'), { standard: 'PAL', seconds: 3 });
  ntsc = await recordSmallMaster(ffmpeg.ffmpegPath, join(folder, 'ntsc'), {
    standard: 'NTSC',
    seconds: 2,
    layout: 'channels',
    channels: 3,
  });
});

afterEach(async () => {
  for (const follower of running.splice(0)) await follower.stop();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A recorder that writes when it is told to. */
function growing(master: SmallMaster) {
  const path = join(mkdtempSync(join(folder, 'growing-')), 'tape.mkv');
  const bytes = readFileSync(master.masterPath);
  const complete = Promise.withResolvers<void>();
  let written = 0;
  return {
    path,
    complete: complete.promise,
    /** Up to this share of the whole. */
    growTo(share: number): void {
      const end = Math.round(bytes.length * share);
      for (; written < end; written = Math.min(end, written + 10_007)) {
        appendFileSync(path, bytes.subarray(written, Math.min(end, written + 10_007)));
      }
    },
    close: () => complete.resolve(),
  };
}

function follow(master: SmallMaster, changes: Partial<FollowRequest> = {}) {
  const seen: FollowProgress[] = [];
  const workDir = mkdtempSync(join(folder, 'work', 'pass-'));
  const follower = startFollower({
    masterPath: master.masterPath,
    masterComplete: Promise.resolve(),
    workDir,
    video: master.video,
    audio: master.audio,
    profile: master.profile,
    essence: 'encode',
    ffmpegPath: ffmpeg.ffmpegPath,
    tap: undefined,
    outputs: new Set(followerOutputs),
    onProgress: (progress) => void seen.push(progress),
    ...changes,
  });
  running.push(follower);
  return { ...follower, workDir, seen, frames: () => seen.at(-1)?.frames ?? 0 };
}

async function finished(ended: Promise<FollowEnd>) {
  const end = await ended;
  if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
  const { accessPath, thumbnailsDir } = end;
  if (accessPath === undefined || thumbnailsDir === undefined) throw new Error('something gave way');
  return { ...end, accessPath, thumbnailsDir };
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 30_000; !(await holds()); await wait(20)) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie answers too; its parent has still to take note of it.
    return process.platform === 'linux' && /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

const hashesOf = (path: string) => readFrameHashFile(path).rows();

describe('a master that grows', () => {
  it.each(['PAL', 'NTSC'] as const)(
    '%s is decoded to its last frame, equal to what was captured',
    async (name) => {
      const master = name === 'PAL' ? pal : ntsc;
      const recorder = growing(master);
      const follower = follow(master, { masterPath: recorder.path, masterComplete: recorder.complete });
      const proof = createFrameProof(
        master.frameHashesPath,
        join(follower.workDir, followerFiles.frameHashes),
      );
      recorder.growTo(0.01);
      recorder.growTo(0.7);
      await until('a third is proved', async () => (await proof.update()).provedFrames > master.frames / 3);
      expect((await proof.update()).provedFrames).toBeLessThan(master.frames);
      recorder.growTo(1);
      recorder.close();
      const end = await finished(follower.ended);
      expect(end.frames).toBe(master.frames);
      expect(end.decoderComplaints).toEqual([]);
      expect(await proof.update()).toEqual({ provedFrames: master.frames, firstDifferentFrame: undefined });
      await proof.close();
      const compared = await compareFrameHashes(
        hashesOf(master.frameHashesPath),
        hashesOf(end.frameHashesPath),
      );
      expect(compared).toMatchObject({ equal: true, frames: master.frames });
      const sound = await compareSound(master.audioHashesPath, end.audioHashesPath ?? '');
      expect(sound.equal, sound.measured).toBe(true);

      const direct = await decodeHashes(master.masterPath, {
        ...ffmpeg,
        workDir: join(follower.workDir, 'direct'),
      });
      expect(readFileSync(direct.frames, 'utf8')).toBe(readFileSync(end.frameHashesPath, 'utf8'));
      expect(readFileSync(direct.audio ?? '', 'utf8')).toBe(readFileSync(end.audioHashesPath ?? '', 'utf8'));
    },
  );

  it('fails when there is no master by the time it should be complete', async () => {
    const follower = follow(pal, { masterPath: join(folder, 'nothing.mkv') });
    expect(await follower.ended).toMatchObject({ reason: 'failed', isDiskFull: false });
  });

  it('is held up by a decoder that is stopped, and goes on', async () => {
    const recorder = growing(pal);
    const follower = follow(pal, { masterPath: recorder.path, masterComplete: recorder.complete });
    process.kill(follower.pid, 'SIGSTOP');
    recorder.growTo(1);
    recorder.close();
    const first = await Promise.race([follower.ended, wait(500, 'still there')]);
    expect(first).toBe('still there');
    process.kill(follower.pid, 'SIGCONT');
    expect((await finished(follower.ended)).frames).toBe(pal.frames);
  });

  it('fails when the decoder is killed, and starts afresh in an empty folder', async () => {
    const recorder = growing(pal);
    const first = follow(pal, { masterPath: recorder.path, masterComplete: recorder.complete });
    recorder.growTo(0.7);
    await until('some is decoded', () => first.frames() > 0);
    process.kill(first.pid, 'SIGKILL');
    expect(await first.ended).toEqual({
      reason: 'failed',
      problem: 'The decoder was ended by SIGKILL.',
      isDiskFull: false,
    });
    writeFileSync(join(first.workDir, 'left-over'), '');
    recorder.growTo(1);
    recorder.close();
    const second = follow(pal, { masterPath: recorder.path, workDir: first.workDir });
    expect((await finished(second.ended)).frames).toBe(pal.frames);
    expect(existsSync(join(first.workDir, 'left-over'))).toBe(false);
  });

  it('takes nothing from a decoder that was asked to end early', async () => {
    const recorder = growing(pal);
    const follower = follow(pal, { masterPath: recorder.path, masterComplete: recorder.complete });
    recorder.growTo(0.7);
    await until('some is decoded', () => follower.frames() > 0);
    process.kill(follower.pid, 'SIGINT');
    expect((await follower.ended).reason).toBe('failed');
  });

  it('is gone when stop() comes back, even when it was stopped by a signal', async () => {
    const recorder = growing(pal);
    const follower = follow(pal, { masterPath: recorder.path, masterComplete: recorder.complete });
    recorder.growTo(0.5);
    process.kill(follower.pid, 'SIGSTOP');
    await follower.stop();
    expect(await follower.ended).toEqual({ reason: 'stopped' });
    expect(isGone(follower.pid)).toBe(true);
  });

  it('does not outlive its engine', async () => {
    const recorder = growing(pal);
    recorder.growTo(0.7);
    const request = { ...pal, masterPath: recorder.path, workDir: join(folder, 'orphan'), essence: 'encode' };
    const engine = spawn(
      process.execPath,
      [
        ...['--input-type=module-typescript', '-e'],
        `const { startFollower } = await import(${JSON.stringify(new URL('./follower.ts', import.meta.url).href)});
         const follower = startFollower({ ...${JSON.stringify(request)}, outputs: new Set(['frame-hashes', 'access']), ffmpegPath: ${JSON.stringify(ffmpeg.ffmpegPath)},
           masterComplete: new Promise(() => {}), onProgress: ({ frames }) => frames > 0 && console.log(follower.pid) });`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [said] = (await once(engine.stdout, 'data')) as [Buffer];
    const pid = Number(said.toString().split('\n')[0]);
    expect(isGone(pid)).toBe(false);
    engine.kill('SIGKILL');
    await until('the decoder has ended', () => isGone(pid));
  });

  it('says what could not be started', async () => {
    const follower = follow(pal, { ffmpegPath: join(folder, 'no-ffmpeg') });
    expect(await follower.ended).toMatchObject({ reason: 'failed', isDiskFull: false });
    expect(follower.pid).toBeNaN();
  });
});

describe('what is derived', () => {
  it('PAL: fields become frames, pixels square, sound stays with the picture, the index is in front', async () => {
    const end = await finished(follow(pal).ended);
    const { video, audio } = await probe(ffmpeg.ffprobePath, end.accessPath);
    expect(video[0]).toMatchObject({
      codec: 'h264',
      width: 210,
      height: 144,
      pixelFormat: 'yuv420p',
      frameRate: { num: 50, den: 1 },
      frameCount: pal.frames * 2,
      colourPrimaries: 'bt470bg',
      colourTransfer: 'bt709',
      colourMatrix: 'bt470bg',
      colourRange: 'tv',
    });
    expect(video[0]?.sampleAspect ?? { num: 1, den: 1 }).toEqual({ num: 1, den: 1 });
    expect(audio.map(({ codec, channels }) => [codec, channels])).toEqual([
      ['aac', 2],
      ['aac', 2],
    ]);
    const bytes = readFileSync(end.accessPath);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    const [flash, click] = [await firstFlashS(end.accessPath), await firstClickS(end.accessPath)];
    expect(flash).toBeCloseTo(1, 2);
    expect(Math.abs(flash - click)).toBeLessThanOrEqual(0.04);
  });

  it('NTSC: 486 lines become 480, three mono tracks a pair and a single one', async () => {
    mkdirSync(join(folder, 'ntsc-full'));
    const full = await recordSmallMaster(ffmpeg.ffmpegPath, join(folder, 'ntsc-full'), {
      standard: 'NTSC',
      seconds: 0.4,
      size: { width: 720, height: 486 },
      layout: 'channels',
      channels: 3,
    });
    const end = await finished(follow(full).ended);
    const { video, audio } = await probe(ffmpeg.ffprobePath, end.accessPath);
    expect(video[0]).toMatchObject({
      width: 654,
      height: 480,
      frameRate: { num: 60000, den: 1001 },
      frameCount: full.frames * 2,
      colourPrimaries: 'smpte170m',
    });
    expect(audio.map(({ channels }) => channels)).toEqual([2, 1]);
  });

  it('DV that was copied is decoded in its own pixel format, and shown in the shape it has itself', async () => {
    const dv = await recordCopiedDv(ffmpeg.ffmpegPath, mkdtempSync(join(folder, 'dv-')), pal.profile);
    const end = await finished(follow(dv, { essence: 'copy' }).ended);
    expect(end.frames).toBe(dv.frames);
    expect(
      await compareFrameHashes(hashesOf(dv.frameHashesPath), hashesOf(end.frameHashesPath)),
    ).toMatchObject({ equal: true });
    expect((await compareSound(dv.audioHashesPath, end.audioHashesPath ?? '')).equal).toBe(true);
    const { video } = await probe(ffmpeg.ffprobePath, end.accessPath);
    expect(video[0]).toMatchObject({
      width: 768,
      height: 576,
      pixelFormat: 'yuv420p',
      frameCount: dv.frames * 2,
    });
  });

  it('gives every frame and all channels to the instrument, and pictures for the screen', async () => {
    const measured = join(folder, 'measured.txt');
    const heard = join(folder, 'heard.txt');
    const follower = follow(pal, {
      tap: {
        videoFilter: `signalstats,metadata=print:file=${measured}`,
        audioFilter: `astats=metadata=1:reset=1,ametadata=print:file=${heard}`,
        latest: () => ({ frames: 0, audioPeaksDbfs: [], signal: 'unknown', events: [] }),
        contents: () => [],
        leaveGaps() {},
        finish: () => Promise.reject(new Error('not asked')),
        abandon: () => Promise.resolve(),
      },
    });
    const end = await finished(follower.ended);
    expect(readFileSync(measured, 'utf8').match(/^frame:/gm)).toHaveLength(pal.frames);
    expect(readFileSync(heard, 'utf8')).toMatch(/lavfi\.astats\.4\.Peak_level/);
    const live = await probe(ffmpeg.ffprobePath, join(follower.workDir, followerFiles.livePicture));
    expect(live.video[0]).toMatchObject({ codec: 'mjpeg', width: 210, height: 144 });
    expect(follower.seen.at(-1)?.pictureVersion).toBeGreaterThan(0);
    expect(existsSync(join(end.thumbnailsDir, '000000.jpg'))).toBe(true);
    expect(existsSync(join(end.thumbnailsDir, '000001.jpg'))).toBe(false);
  });

  it('a gap in time is filled in the access copy, and nowhere else', async () => {
    const masterPath = join(folder, 'gap.mkv');
    const shift = 'setts=ts=TS+400*gte(N\\,25)';
    const cut = await runFfmpeg(ffmpeg.ffmpegPath, [
      ...['-i', pal.masterPath, '-map', '0', '-c', 'copy', '-bsf:v', shift, '-f', 'matroska', masterPath],
    ]);
    expect(cut.reason).toBe('finished');
    const end = await finished(follow(pal, { masterPath }).ended);
    const compared = await compareFrameHashes(hashesOf(pal.frameHashesPath), hashesOf(end.frameHashesPath));
    expect(compared.equal).toBe(true);
    const { video } = await probe(ffmpeg.ffprobePath, end.accessPath);
    expect(video[0]?.frameCount).toBe(pal.frames * 2 + 20);
  });
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0;

describe.skipIf(!canMount)('derived files on a full disk (needs root on Linux: mounts a small one)', () => {
  it('is told apart from other failures', async () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
    try {
      const follower = follow(pal, { workDir: join(disk, 'pass') });
      expect(await follower.ended).toMatchObject({ reason: 'failed', isDiskFull: true });
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });
});

/** When the picture first turns white after half a second, in seconds. */
async function firstFlashS(path: string): Promise<number> {
  return firstAbove(path, ['-vf', 'signalstats,metadata=print:file=-'], 'signalstats.YAVG', 200);
}

/** When the sound first is loud after half a second, in blocks of 5 ms. */
async function firstClickS(path: string): Promise<number> {
  const filters = 'asetnsamples=n=240:p=0,astats=metadata=1:reset=1,ametadata=print:file=-';
  return firstAbove(path, ['-map', '0:a:1', '-af', filters], 'astats.1.Peak_level', -20);
}

async function firstAbove(path: string, filters: string[], key: string, limit: number): Promise<number> {
  const end = await runFfmpeg(ffmpeg.ffmpegPath, ['-v', 'error', '-i', path, ...filters, '-f', 'null', '-']);
  if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
  let timeS = 0;
  for (const line of end.stdout.toString('utf8').split('\n')) {
    const time = /pts_time:(\S+)/.exec(line)?.[1];
    if (time) timeS = Number(time);
    const value = line.startsWith(`lavfi.${key}=`) ? Number(line.split('=')[1]) : Number.NaN;
    if (timeS > 0.5 && value > limit) return timeS;
  }
  throw new Error(`${key} was never above ${limit}.`);
}

describe('derived work that gives way', () => {
  it('is shut off in mid decode, and back where a gap does no harm, while every frame is hashed', async () => {
    const recorder = growing(pal);
    const measured = join(folder, 'gaps.txt');
    let gaps = 0;
    const follower = follow(pal, {
      masterPath: recorder.path,
      masterComplete: recorder.complete,
      tap: {
        videoFilter: `signalstats,metadata=print:file=${measured}:direct=1`,
        audioFilter: undefined,
        latest: () => ({ frames: 0, audioPeaksDbfs: [], signal: 'unknown', events: [] }),
        contents: () => [],
        leaveGaps: () => void gaps++,
        finish: () => Promise.reject(new Error('not asked')),
        abandon: () => Promise.resolve(),
      },
    });
    const measuredFrames = () =>
      existsSync(measured) ? (readFileSync(measured, 'utf8').match(/^frame:/gm)?.length ?? 0) : 0;
    let share = 0.2;
    let grownAtMs = 0;
    recorder.growTo(share);
    /** A little more of the tape, as soon as most of what there is was decoded. */
    const playOn = (): void => {
      const isDecoded = follower.frames() >= share * pal.frames - 6;
      if (!isDecoded && performance.now() - grownAtMs < 400) return;
      grownAtMs = performance.now();
      share += 0.02;
      recorder.growTo(share);
    };
    await until('frames are measured', () => measuredFrames() > 5);
    follower.giveWay(new Set(['access', 'thumbnails', 'samples']));
    // A command takes effect between two frames; it is looked for ten times a second.
    let still = { measured: -1, decoded: 0 };
    await until('frames are decoded, and not measured any more', () => {
      playOn();
      const measured = measuredFrames();
      if (measured !== still.measured) still = { measured, decoded: follower.frames() };
      // Measuring runs a few frames behind decoding on a busy machine: this many are no lag.
      return follower.frames() > still.decoded + 18;
    });
    expect(share).toBeLessThan(1);
    follower.giveWay(new Set(['access', 'thumbnails']));
    await until('they are measured again', () => {
      playOn();
      return measuredFrames() > still.measured;
    });
    recorder.growTo(1);
    recorder.close();
    const end = await follower.ended;
    if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
    expect(end).toMatchObject({
      frames: pal.frames,
      gaveWay: ['access', 'thumbnails', 'samples'],
      accessPath: undefined,
      thumbnailsDir: undefined,
      decoderComplaints: [],
    });
    expect(gaps).toBe(1);
    expect(measuredFrames()).toBeLessThan(pal.frames);
    const compared = await compareFrameHashes(hashesOf(pal.frameHashesPath), hashesOf(end.frameHashesPath));
    expect(compared).toMatchObject({ equal: true, frames: pal.frames });
  });

  it('is not begun by a follower that starts without it', async () => {
    const outputs = new Set(
      followerOutputs.filter((output) => output !== 'access' && output !== 'thumbnails'),
    );
    const follower = follow(pal, { outputs });
    const end = await follower.ended;
    expect(end).toMatchObject({ reason: 'finished', accessPath: undefined, thumbnailsDir: undefined });
    expect(existsSync(join(follower.workDir, followerFiles.access))).toBe(false);
  });
});

it('goes on without an instrument that went away, and the master is no worse for it', async () => {
  const nobody = `[f=nut:onfail=ignore]unix\\:${join(folder, 'nobody-listens')}|[f=null]-`;
  const end = await finished(
    follow(pal, {
      tap: {
        ...{ videoFilter: 'null', videoOutput: ['-c:v', 'rawvideo', '-f', 'tee', nobody] },
        audioFilter: undefined,
        latest: () => ({ frames: 0, audioPeaksDbfs: [], signal: 'unknown', events: [] }),
        contents: () => [],
        leaveGaps: () => undefined,
        finish: () => Promise.reject(new Error('not asked')),
        abandon: () => Promise.resolve(),
      },
    }).ended,
  );
  expect(end).toMatchObject({ frames: pal.frames, decoderComplaints: [] });
});
