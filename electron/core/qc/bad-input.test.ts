import { appendFileSync, rmSync, truncateSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import { runFfmpeg, runTool } from '#core/ffmpeg/run.ts';
import { qcEventSchema } from '#shared/domain/qc.ts';
import { createQc } from './create-qc.ts';
import { announcedLengthEvents } from './file/announced-length.ts';
import { rememberFile } from './file/changed-file.ts';
import { readForeignReport } from './reports/foreign-report.ts';

// Files whose heads lie, whose times jump, or that are no pictures that a tape has. Each gives a clear result: what was measured
// and what is wrong with the file, or one sentence. More of them: measure-file.test.ts.
const ffmpeg = await locateFfmpeg();
const profile = { id: 'test', name: 'Test', description: '', checks: {} };
const qc = createQc({ profiles: [profile], ffmpeg });
const folder = await mkdtemp(join(tmpdir(), 'helical-bad-input-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=48x40:r=25:d=1'];
const tone = ['-f', 'lavfi', '-i', 'sine=f=440:r=48000:d=1'];
const asMaster = ['-c:v', 'ffv1', '-level', '3', '-g', '1', '-pix_fmt', 'yuv422p', '-c:a', 'pcm_s16le'];
/** From the thirteenth frame on everything is twelve hours later. */
const jump = "setpts='PTS+gte(N,12)*43200/TB'";

async function make(name: string, args: readonly string[]): Promise<string> {
  const path = join(folder, name);
  const end = await runFfmpeg(ffmpeg.ffmpegPath, ['-v', 'error', '-y', ...args, path]);
  expect(end).toMatchObject({ reason: 'finished' });
  return path;
}

let master: Buffer;
beforeAll(async () => {
  master = await readFile(await make('master.mkv', [...picture, ...tone, ...asMaster]));
});

/** Puts other bytes at the first place of an element. */
function patch(bytes: Buffer, element: readonly number[], value: readonly number[]): void {
  const at = bytes.indexOf(Buffer.from(element));
  expect(at).toBeGreaterThan(0);
  bytes.set(value, at + element.length);
}

async function measured(path: string) {
  const { frames, fps, events } = await qc.measureFile(path, undefined);
  return { frames, fps, events, checks: new Set(events.map(({ check }) => check)) };
}

describe('pictures that no tape has', () => {
  it.each([
    ['two by two', 'testsrc2=s=2x2:r=25:d=0.2', 'yuv422p'],
    ['an odd size at 4:2:0 and twelve bits', 'testsrc2=s=49x41:r=25:d=0.2', 'yuv420p12le'],
  ])('measures each of %s', async (name, graph, pixels) => {
    const path = await make(`${name.replaceAll(/\W/g, '-')}.mkv`, [
      ...['-f', 'lavfi', '-i', graph, '-c:v', 'ffv1', '-pix_fmt', pixels],
    ]);
    expect(await measured(path)).toMatchObject({ frames: 5, fps: '25/1' });
  });
});

describe('heads that lie', () => {
  it('measures all, and tells of a duration, a frame rate and a depth of sound that are not so', async () => {
    const lying = Buffer.from(master);
    const twelveHoursMs = Buffer.alloc(8);
    twelveHoursMs.writeDoubleBE(12 * 3600 * 1000);
    patch(lying, [0x44, 0x89, 0x88], [...twelveHoursMs]);
    // DefaultDuration: 20,000,000 ns in place of 40,000,000.
    patch(lying, [0x23, 0xe3, 0x83, 0x84], [0x01, 0x31, 0x2d, 0x00]);
    // BitDepth: 24 in place of 16.
    patch(lying, [0x62, 0x64, 0x81], [24]);
    const path = join(folder, 'lying.mkv');
    await writeFile(path, lying);
    const { frames, checks } = await measured(path);
    expect(frames).toBe(25);
    const told = ['file-matroska-crc', 'file-matroska-duration', 'file-timestamps', 'file-audio-length'];
    for (const check of told) expect(checks).toContain(check);
  });

  it('tells of fields, colours and pixels that are stated otherwise than a tape has them', async () => {
    const lying = 'setfield=bff,setparams=range=pc,setsar=0';
    const { frames, checks } = await measured(
      await make('tags.mkv', [...picture, ...tone, '-vf', lying, ...asMaster]),
    );
    expect(frames).toBe(25);
    for (const check of ['file-aspect', 'file-colour-tags']) expect(checks).toContain(check);
  });
});

describe('times of half a day', () => {
  it('measures a file that begins ten seconds before twelve hours as one that begins at nothing', async () => {
    const path = await make('late.mkv', [
      ...['-i', join(folder, 'master.mkv'), '-c', 'copy', '-output_ts_offset', '43190'],
    ]);
    const { checks, ...late } = await measured(path);
    expect(late).toMatchObject({ frames: 25, fps: '25/1' });
    for (const check of ['av-length', 'dropped-frame', 'file-timestamps'])
      expect(checks).not.toContain(check);
  });

  it('fills no gap of twelve hours, and says how many frames are missing there', async () => {
    const path = await make('gap.mkv', [...picture, '-vf', jump, '-vsync', 'vfr', ...asMaster]);
    const { frames, events } = await measured(path);
    expect(frames).toBe(25);
    expect(events.filter(({ check }) => check === 'dropped-frame')).toMatchObject([
      { startFrame: 12, evidence: { lostFrames: 12 * 3600 * 25 } },
    ]);
  });
});

describe('files that are damaged', () => {
  it('measures what can be decoded around bytes that are none of its own', async () => {
    const torn = Buffer.from(master);
    const from = Math.floor(torn.length / 3);
    for (let at = from; at < from + 3000; at++) torn[at] = (at * 7919) & 255;
    const path = join(folder, 'torn.mkv');
    await writeFile(path, torn);
    const { frames, checks } = await measured(path);
    expect(frames).toBeGreaterThan(15);
    expect(checks).toContain('file-matroska-structure');
  });

  it.each([
    ['AVI', 'avi', 'mjpeg', [], 'fail'],
    ['MXF', 'mxf', 'mpeg2video', [], 'fail'],
    ['MOV with its index in front', 'mov', 'mjpeg', ['-movflags', 'faststart'], 'warn'],
  ])(
    'tells of an %s that was cut, which plays to its last picture without a word',
    async (_, ending, codec, how, severity) => {
      const whole = await make(`whole.${ending}`, [...picture, '-c:v', codec, ...how]);
      const path = join(folder, `cut.${ending}`);
      const bytes = await readFile(whole);
      await writeFile(path, bytes.subarray(0, bytes.length * 0.6));
      const { frames, events } = await measured(path);
      expect(frames).toBeGreaterThan(5);
      expect(frames).toBeLessThan(20);
      expect(events.filter(({ check }) => check === 'file-length')).toMatchObject([
        { severity, endFrame: frames - 1, evidence: { measured: frames } },
      ]);
      // ffmpeg 5 writes one picture too few into the head of an MXF.
      const announced = events.find(({ check }) => check === 'file-length')?.evidence['announced'];
      expect([24, 25]).toContain(announced);
      expect(announcedLengthEvents(await probe(ffmpeg.ffprobePath, whole), 25)).toEqual([]);
    },
  );

  it('tells of frames that an AVI says were lost while it was captured, and that none is missing at its end', async () => {
    const lost = ['-vf', "select='not(between(n,10,11))'", '-vsync', 'passthrough'];
    const path = await make('captured.avi', [...picture, ...lost, '-c:v', 'mjpeg']);
    const { frames, events } = await measured(path);
    expect(frames).toBe(23);
    const found = events.filter(({ check }) => ['dropped-frame', 'file-length'].includes(check));
    expect(found).toMatchObject([{ startFrame: 10, evidence: { lostFrames: 2 } }]);
  });

  it.each(['mkv', 'mov', 'avi'])(
    'tells which pictures of an FFV1 in %s are not what was encoded, though the container has no checksum',
    async (ending) => {
      const plain = ['-write_crc32', '0'].slice(0, ending === 'mkv' ? 2 : 0);
      const source = ['-f', 'lavfi', '-i', 'testsrc2=s=192x144:r=25:d=1'];
      const codec = ['-c:v', 'ffv1', '-level', '3', '-g', '1', '-slices', '4', '-slicecrc', '1'];
      const whole = await make(`slices.${ending}`, [
        ...source,
        ...codec,
        '-pix_fmt',
        'yuv422p10le',
        ...plain,
      ]);
      const clean = (await measured(whole)).checks;
      for (const check of ['slice-errors', 'file-decoding']) expect(clean).not.toContain(check);
      const path = join(folder, `slices-damaged.${ending}`);
      const bytes = await readFile(whole);
      for (const share of [0.4, 0.7]) {
        const at = Math.floor(bytes.length * share);
        bytes.writeUInt32BE((bytes.readUInt32BE(at) ^ 0x5a5a5a5a) >>> 0, at);
      }
      await writeFile(path, bytes);
      const { frames, events } = await measured(path);
      expect(frames).toBe(25);
      const damaged = events.filter(({ check }) => check === 'slice-errors');
      expect(damaged.map(({ severity, startFrame, endFrame }) => [severity, endFrame - startFrame])).toEqual([
        ['fail', 0],
        ['fail', 0],
      ]);
      const [first, second] = damaged.map(({ startFrame }) => startFrame) as [number, number];
      // Pictures are about equally long.
      expect(first).toBeGreaterThan(6);
      expect(first).toBeLessThan(13);
      expect(second).toBeGreaterThan(first + 3);
    },
  );

  it.each([
    ['grows', (path: string) => appendFileSync(path, Buffer.alloc(100))],
    ['is cut', (path: string) => truncateSync(path, 3_000)],
    ['goes away', (path: string) => rmSync(path)],
  ])('says of a file that %s while it is read that it is no one file', async (name, change) => {
    const path = join(folder, `${name}.mkv`);
    await writeFile(path, master);
    const before = await rememberFile(path);
    expect(await before.changed(25)).toEqual([]);
    change(path);
    const [event] = await before.changed(25);
    expect(qcEventSchema.parse(event)).toMatchObject({
      check: 'file-changed',
      severity: 'fail',
      endFrame: 24,
    });
  });

  it('tells it of a file that is measured', async () => {
    const path = join(folder, 'changing.mkv');
    await writeFile(path, master);
    let isChanged = false;
    const { events } = await qc.measureFile(path, undefined, {
      onFrames() {
        if (!isChanged) appendFileSync(path, Buffer.alloc(100));
        isChanged = true;
      },
    });
    expect(events.map(({ check }) => check)).toContain('file-changed');
    expect((await measured(await make('quiet.mkv', ['-i', path, '-c', 'copy']))).checks).not.toContain(
      'file-changed',
    );
  });

  it.skipIf(process.platform === 'win32')('refuses a pipe, into which nobody writes, at once', async () => {
    const path = join(folder, 'pipe.mkv');
    expect((await runTool('mkfifo', [path])).reason).toBe('finished');
    const refused = { code: 'FILE_UNREADABLE', problem: expect.stringContaining('is no file') };
    await expect(qc.measureFile(path, undefined)).rejects.toMatchObject(refused);
    await expect(readForeignReport(path)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it('says that a head without anything behind it holds nothing', async () => {
    const path = join(folder, 'head.mkv');
    await writeFile(path, master.subarray(0, 900));
    await expect(qc.measureFile(path, undefined)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      problem: expect.stringContaining('Nothing of'),
    });
  });
});
