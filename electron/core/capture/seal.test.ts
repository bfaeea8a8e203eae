import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSealFile } from '#core/essence/seal-file.ts';
import { compareSound } from '#core/essence/sound-comparison.ts';
import { verifyMasterFile } from '#core/essence/verify-master.ts';
import { type Ffmpeg, locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { recordSmallMaster, type SmallMaster } from './follower.fixture.ts';
import { startFollower } from './follower.ts';
import { decodeHashes } from './follower-decode-hashes.ts';
import { createFrameProof } from './follower-proof.ts';
import { beginSeal, type SealRequest, sealPass } from './seal.ts';
import { masterExpectation } from './seal-expectation.ts';

let ffmpeg: Ffmpeg;
let folder: string;
let good: SmallMaster;

beforeAll(async () => {
  ffmpeg = await locateFfmpeg();
  folder = mkdtempSync(join(tmpdir(), 'helical-seal-'));
  mkdirSync(join(folder, 'good'));
  good = await recordSmallMaster(ffmpeg.ffmpegPath, join(folder, 'good'), { standard: 'PAL', seconds: 2 });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the good pass in a folder of its own, to be damaged. */
function copyOfGood(): SmallMaster {
  const own = mkdtempSync(join(folder, 'copy-'));
  const taken = (path: string, name: string): string => {
    copyFileSync(path, join(own, name));
    return join(own, name);
  };
  return {
    ...good,
    masterPath: taken(good.masterPath, 'tape.mkv'),
    frameHashesPath: taken(good.frameHashesPath, 'tape.framemd5'),
    audioHashesPath: taken(good.audioHashesPath, 'tape.audiomd5'),
  };
}

function requestFor(master: SmallMaster): SealRequest {
  const { video, audio, profile } = master;
  return {
    passId: '019a0000-0000-7000-8000-000000000001',
    tapeIdentifier: 'TEST-1',
    masterPath: master.masterPath,
    frameHashesPath: master.frameHashesPath,
    audioHashesPath: master.audioHashesPath,
    expectation: masterExpectation({ video, audio, profile, essence: 'encode' }),
    software: [{ name: 'helical', version: '0' }],
    framesDropped: 0,
  };
}

async function decode(master: SmallMaster) {
  const workDir = mkdtempSync(join(folder, 'decoded-'));
  const lists = await decodeHashes(master.masterPath, { ...ffmpeg, workDir });
  return { frameHashesPath: lists.frames, audioHashesPath: lists.audio, decoderComplaints: [] };
}

async function seal(master: SmallMaster) {
  const result = await sealPass({ ...requestFor(master), decoded: await decode(master) });
  return { ...result, wrong: result.checks.filter((check) => !check.ok).map((check) => check.id) };
}

/** Byte positions of the pictures in a master. */
async function picturePositions(path: string): Promise<number[]> {
  const end = await runTool(ffmpeg.ffprobePath, [
    ...['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pos', '-of', 'csv=p=0', path],
  ]);
  if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
  return end.stdout.toString('utf8').trim().split('\n').map(Number);
}

/** Changes one digit of the hash in the given row (from 0). */
function flipHash(path: string, row: number): void {
  const lines = readFileSync(path, 'utf8').split('\n');
  const first = lines.findIndex((line) => line !== '' && !line.startsWith('#'));
  const line = lines[first + row] ?? '';
  lines[first + row] = line.slice(0, -1) + (line.endsWith('0') ? '1' : '0');
  writeFileSync(path, lines.join('\n'));
}

describe('sealPass', () => {
  it('says how the recording ended, and what a crash cost', async () => {
    const master = copyOfGood();
    const recovery = { framesKept: good.frames, framesLost: 7, basis: 'card' as const };
    const request = { ...requestFor(master), endReason: 'recorder-died' as const, recovery };
    await sealPass({ ...request, decoded: await decode(master) });
    expect(await readSealFile(master.masterPath)).toMatchObject({ endReason: 'recorder-died', recovery });
  });

  it('seals a good master, and the files alone prove it again', async () => {
    const master = copyOfGood();
    const result = await seal(master);
    expect(result.wrong).toEqual([]);
    expect(result).toMatchObject({ ok: true, frames: good.frames });
    expect(result.checks.every(({ expected, measured }) => expected !== '' && measured !== '')).toBe(true);
    expect(result.files.map(({ role }) => role)).toEqual(['master', 'frame-hashes', 'audio-hashes', 'seal']);
    expect(await readSealFile(master.masterPath)).toMatchObject({ sealed: true, framesDropped: 0 });
    const verified = await verifyMasterFile(master.masterPath, {
      decode: (path) => decodeHashes(path, { ...ffmpeg, workDir: mkdtempSync(join(folder, 'verify-')) }),
    });
    expect(verified.problems).toEqual([]);
    expect(verified.checks.find(({ id }) => id === 'audio-hashes')?.ok).toBe(true);
  });

  it('reads the master while the decoding goes on, and is quick behind it', async () => {
    const master = copyOfGood();
    let bytes = 0;
    const onBytes = (soFar: number): void => {
      bytes = soFar;
    };
    const sealing = beginSeal({ ...requestFor(master), onBytes });
    const decoded = await decode(master);
    // Before anybody asks for the end of it.
    await expect.poll(() => bytes, { timeout: 30_000 }).toBe(readFileSync(master.masterPath).length);
    const startedMs = performance.now();
    expect((await sealing.finish(decoded)).ok).toBe(true);
    expect(performance.now() - startedMs).toBeLessThan(15_000);
  });

  it('refuses one frame whose hash is another', async () => {
    const master = copyOfGood();
    flipHash(master.frameHashesPath, 17);
    const result = await seal(master);
    expect(result.wrong).toEqual(['frame-hashes']);
    expect(result.checks.find(({ id }) => id === 'frame-hashes')?.message).toContain('First at frame 17.');
    expect((await readSealFile(master.masterPath))?.sealed).toBe(false);
  });

  it('refuses one block of sound whose hash is another', async () => {
    const master = copyOfGood();
    flipHash(master.audioHashesPath, 31);
    expect((await seal(master)).wrong).toEqual(['audio-hashes']);
  });

  it('refuses a master in which one bit is flipped in the middle', async () => {
    const master = copyOfGood();
    const bytes = readFileSync(master.masterPath);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 0x10;
    writeFileSync(master.masterPath, bytes);
    const result = await seal(master);
    expect(result.ok).toBe(false);
    expect(result.wrong).toContain('matroska-crc');
    expect(result.wrong.some((id) => id === 'frame-hashes' || id === 'audio-hashes')).toBe(true);
  });

  it('refuses a master that was cut', async () => {
    const master = copyOfGood();
    truncateSync(master.masterPath, Math.floor(readFileSync(master.masterPath).length * 0.8));
    const result = await seal(master);
    const expected = ['frame-hashes', 'audio-hashes', 'frame-count', 'matroska-structure', 'matroska-cues'];
    expect(result.wrong).toEqual(expect.arrayContaining(expected));
  });

  it('refuses what the decoder complained about, and only that', async () => {
    const master = copyOfGood();
    const decoded = await decode(master);
    const complaints = [
      '[libx264 @ 0x1] something else',
      '[ffv1 @ 0x55] slice CRC mismatch 1 at 0.2 seconds',
    ];
    const result = await sealPass({
      ...requestFor(master),
      decoded: { ...decoded, decoderComplaints: complaints },
    });
    expect(result.checks.filter(({ ok }) => !ok)).toMatchObject([
      { id: 'decoded-cleanly', measured: '1 complaints' },
    ]);
  });

  it('refuses a frame that is damaged in the file, by its hash and by the decoder', async () => {
    const master = copyOfGood();
    const positions = await picturePositions(master.masterPath);
    const position = positions[20] ?? 0;
    const bytes = readFileSync(master.masterPath);
    bytes[position + 400] = (bytes[position + 400] ?? 0) ^ 0x01;
    writeFileSync(master.masterPath, bytes);
    const follower = startFollower({
      ...master,
      masterComplete: Promise.resolve(),
      workDir: mkdtempSync(join(folder, 'follow-')),
      essence: 'encode',
      ffmpegPath: ffmpeg.ffmpegPath,
      tap: undefined,
      outputs: new Set(['frame-hashes', 'audio-hashes'] as const),
      onProgress: () => {},
    });
    const end = await follower.ended;
    if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
    expect(end.frames).toBe(good.frames);
    const result = await sealPass({ ...requestFor(master), decoded: end });
    const wrong = new Map(result.checks.filter(({ ok }) => !ok).map(({ id, message }) => [id, message]));
    expect([...wrong.keys()]).toEqual([
      'frame-hashes',
      'matroska-structure',
      'matroska-crc',
      'decoded-cleanly',
    ]);
    expect(wrong.get('frame-hashes')).toContain('First at frame 20.');
    expect(wrong.get('decoded-cleanly')).toMatch(/slice CRC mismatch/);
  });

  it('leaves the seal of another pass alone', async () => {
    const master = copyOfGood();
    await seal(master);
    const other = { ...requestFor(master), passId: '019a0000-0000-7000-8000-000000000002' };
    await expect(sealPass({ ...other, decoded: await decode(master) })).rejects.toMatchObject({
      code: 'FILE_EXISTS',
    });
    expect((await readSealFile(master.masterPath))?.passId).toBe(requestFor(master).passId);
  });

  it('can be abandoned', async () => {
    const sealing = beginSeal(requestFor(copyOfGood()));
    await expect(sealing.abandon()).resolves.toBeUndefined();
  });
});

describe('compareSound', () => {
  const list = (name: string, rows: string[]): string => {
    const path = join(folder, name);
    writeFileSync(path, `#hash: MD5\n${rows.join('\n')}\n`);
    return path;
  };
  const row = (track: number, block: number, hash = `${track}${block}`): string =>
    `${track}, ${block}, ${block}, 1, 11520, ${hash.padStart(32, '0')}`;

  it('does not mind the order of tracks, but that of blocks', async () => {
    const captured = list('a', [row(0, 0), row(1, 0), row(0, 1), row(1, 1)]);
    const turned = list('b', [row(1, 0), row(1, 1), row(0, 0), row(0, 1)]);
    expect((await compareSound(captured, turned)).equal).toBe(true);
    const swapped = list('c', [row(0, 0), row(1, 1), row(0, 1), row(1, 0)]);
    expect(await compareSound(captured, swapped)).toMatchObject({
      equal: false,
      measured: '2 tracks, 4 blocks, 46080 bytes: 2 differ, 0 missing, 0 too many',
    });
  });

  it('counts blocks that are missing or too many, and refuses nothing at all', async () => {
    const two = list('d', [row(0, 0), row(0, 1)]);
    const one = list('e', [row(0, 0)]);
    expect((await compareSound(two, one)).measured).toContain('1 missing, 0 too many');
    expect((await compareSound(one, two)).measured).toContain('0 missing, 1 too many');
    expect((await compareSound(list('f', []), list('g', []))).equal).toBe(false);
  });
});

describe('createFrameProof', () => {
  it('stops at the first frame that is not the one captured', async () => {
    const master = copyOfGood();
    const decoded = await decode(master);
    flipHash(master.frameHashesPath, 9);
    const proof = createFrameProof(master.frameHashesPath, decoded.frameHashesPath);
    expect(await proof.update()).toEqual({ provedFrames: 9, firstDifferentFrame: 9 });
    await proof.close();
  });
});
