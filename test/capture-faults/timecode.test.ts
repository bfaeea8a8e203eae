import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenSource } from '#core/devices/device.ts';
import { digestFile } from '#core/essence/digests.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import type { PassId } from '#shared/domain/ids.ts';
import { rational } from '#shared/domain/rational.ts';
import { formatTimecode, parseTimecode } from '#shared/domain/timecode.ts';
import {
  counted,
  ffmpeg,
  openStation,
  recordTape,
  type Station,
  smallRecipe,
  untilFrames,
} from './station.ts';
import { recordOf } from './tape-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-timecode-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const tenHours = 10 * 3600 * 25;
const at = (frame: number) => formatTimecode(tenHours + frame, rational(25));

/** The registered file of a pass, in its rows and its words about breaks; its digest is the one in the log. */
async function timecodesOf(station: Station, passId: PassId) {
  const pass = station.stores.passes.find(passId);
  const file = station.stores.files.ofPass(passId).find(({ role }) => role === 'timecode');
  if (!file || !pass) throw new Error('there is no file of timecodes');
  const path = join(station.folders.mastersDir, pass.tapeIdentifier, file.name);
  expect((await digestFile(path)).sha256).toBe(file.sha256);
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(lines.slice(0, 5)).toEqual([
    '# helical-timecode 1',
    `# pass: ${passId}`,
    '# rate: 25/1',
    `# frames: ${pass.frames}`,
    '# columns: frame pts source timecode',
  ]);
  const rows = lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t'));
  return { pass, rows, broken: lines.filter((line) => line.startsWith('# broken: ')) };
}

/** What a row for this frame says, unless it is one of the frames that have none. */
function rowsFrom(
  source: string,
  frames: number,
  timecodeOf: (frame: number) => string | undefined,
): string[][] {
  return counted(frames).flatMap((frame) => {
    const timecode = timecodeOf(frame);
    return timecode === undefined ? [] : [[String(frame), String(frame), source, timecode]];
  });
}

const fast = { pace: 'realtime', speed: 4, queueFrames: 200 };

test('a card’s timecode is kept for every frame, its breaks are told while the tape plays, its first is a tag', async () => {
  const station = await openStation(join(folder, 'card'));
  const seen = new Set<string>();
  station.capture.onDidChange(({ timecode }) => {
    if (timecode) seen.add(timecode.source);
  });
  const { passId } = await recordTape(
    station,
    'T-1',
    smallRecipe({
      ...fast,
      segments: [{ content: 'scene', seconds: 16 }],
      faults: [
        { kind: 'timecode-break', atFrame: 40, frames: 20, jumpFrames: 1000 },
        { kind: 'timecode-break', atFrame: 90, frames: 20, jumpFrames: null },
      ],
    }),
  );
  await station.capture.whenSettled(passId);
  const { pass, rows, broken } = await timecodesOf(station, passId);
  expect(pass).toMatchObject({ state: 'sealed', frames: 400 });
  const said = (frame: number) => {
    if (frame >= 90 && frame < 110) return undefined;
    return at(frame >= 40 && frame < 60 ? frame + 1000 : frame);
  };
  expect(rows).toEqual(rowsFrom('card', 400, said));
  expect(pass.timecodeBreaks).toEqual([
    { frame: 40, source: 'card', kind: 'gap', before: at(39), after: at(1040) },
    { frame: 60, source: 'card', kind: 'jump-back', before: at(1059), after: at(60) },
    { frame: 90, source: 'card', kind: 'lost', before: at(89), after: null },
    { frame: 110, source: 'card', kind: 'returned', before: at(89), after: at(110) },
  ]);
  expect(broken).toHaveLength(4);
  // One burst, one alarm, and it is over when the timecode has gone on for ten seconds.
  const alarms = pass.alarms.filter(({ kind }) => kind === 'timecode-break');
  expect(alarms).toHaveLength(1);
  expect(alarms[0]?.clearedFrame).toBeGreaterThan(110);
  expect([...seen]).toEqual(['card']);
  const { tags } = await probe(ffmpeg.ffprobePath, station.masterOf(passId));
  expect(tags['TIMECODE']).toBe(at(0));
  await station.close();
});

test('of a timecode that breaks all the time the first breaks are events; all are counted, and in the file', async () => {
  const station = await openStation(join(folder, 'often'));
  const faults = counted(125).map((index) => ({
    kind: 'timecode-break',
    atFrame: 2 * index,
    frames: 1,
    jumpFrames: 100,
  }));
  const segments = [{ content: 'black', seconds: 10 }];
  const { passId } = await recordTape(station, 'T-9', smallRecipe({ pace: 'unpaced', faults, segments }));
  await station.capture.whenSettled(passId);
  const { pass, broken } = await timecodesOf(station, passId);
  expect(pass).toMatchObject({ state: 'sealed', frames: 250 });
  expect(pass.timecodeBreaks.map(({ frame }) => frame)).toEqual(counted(200).map((index) => index + 1));
  expect(broken).toHaveLength(249);
  expect(station.capture.sessions()[0]?.timecode?.breaks).toBe(249);
  expect(pass.alarms.filter(({ kind }) => kind === 'timecode-break')).toHaveLength(1);
  await station.close();
});

test('where the card gives none, it is read in the lines of the picture', async () => {
  const station = await openStation(join(folder, 'picture'));
  const { passId } = await recordTape(
    station,
    'T-2',
    smallRecipe({
      ...{ ...fast, timecode: 'vitc', segments: [{ content: 'scene', seconds: 5 }] },
      faults: [
        { kind: 'timecode-break', atFrame: 50, frames: 100, jumpFrames: -500 },
        { kind: 'signal-loss', atFrame: 80, frames: 20 },
      ],
    }),
  );
  await station.capture.whenSettled(passId);
  const { pass, rows } = await timecodesOf(station, passId);
  expect(pass).toMatchObject({ state: 'sealed', frames: 125 });
  const said = (frame: number) => {
    if (frame >= 80 && frame < 100) return undefined;
    return at(frame >= 50 ? frame - 500 : frame);
  };
  expect(rows).toEqual(rowsFrom('vitc-picture', 125, said));
  expect(pass.timecodeBreaks.map(({ frame, kind, source }) => [frame, kind, source])).toEqual([
    [50, 'jump-back', 'vitc-picture'],
    [80, 'lost', 'vitc-picture'],
    [100, 'returned', 'vitc-picture'],
  ]);
  // On a busy machine the follower comes to the break when the tape has ended: then there is nobody left to warn.
  expect(pass.alarms.filter(({ kind }) => kind === 'timecode-break').length).toBeLessThanOrEqual(1);
  await station.close();
});

/** A card whose frames carry their timecode in their metadata, as decklink's do; frames without one are the last ten. */
function metadataCard(frames: number): OpenSource {
  const parts = counted(frames).map((frame) => {
    const value = at(frame).replaceAll(':', '\\\\:');
    const said = frame < frames - 10 ? `,metadata=mode=add:key=timecode:value=${value}` : '';
    return `testsrc2=s=192x144:r=25:d=0.04,format=yuv422p10le${said}[f${frame}]`;
  });
  const graph = `${parts.join(';')};${counted(frames)
    .map((frame) => `[f${frame}]`)
    .join('')}concat=n=${frames},setpts=N/25/TB,fps=25[out0]`;
  return {
    inputArgs: ['-f', 'lavfi', '-i', graph],
    video: {
      ...{ width: 192, height: 144, frameRate: rational(25), fieldOrder: 'progressive' },
      ...{ pixelFormat: 'yuv422p10le', standard: 'other' },
    },
    audio: undefined,
    live: true,
    essence: 'encode',
    codec: 'v210',
    timecode: { kind: 'metadata', key: 'timecode', format: 'vitc' },
    description: 'A card for a test.',
    close: async () => {},
  };
}

test('timecode that comes in the metadata of frames is written down by the recorder itself', async () => {
  const station = await openStation(join(folder, 'metadata'), { openSource: async () => metadataCard(40) });
  const { passId } = await recordTape(station, 'T-6', smallRecipe());
  await station.capture.whenSettled(passId);
  const { pass, rows } = await timecodesOf(station, passId);
  expect(pass.sealChecks.filter(({ ok }) => !ok)).toEqual([]);
  expect(pass).toMatchObject({ state: 'sealed', frames: 40 });
  expect(rows).toEqual(rowsFrom('card', 40, (frame) => (frame < 30 ? at(frame) : undefined)));
  expect(pass.timecodeBreaks).toEqual([
    { frame: 30, source: 'card', kind: 'lost', before: at(29), after: null },
  ]);
  expect((await probe(ffmpeg.ffprobePath, station.masterOf(passId))).tags['TIMECODE']).toBe(at(0));
  // The recorder's own list has gone where the file is.
  const names = await readdir(join(station.folders.mastersDir, 'T-6'));
  expect(names.filter((name) => name.includes('timecode'))).toEqual(['T-6_p1.timecode.txt']);
  await station.close();
});

test('a file’s first timecode is kept, shown as it counts on, and is a tag of the master', async () => {
  const path = join(folder, 'first.mov');
  await runTool(ffmpeg.ffmpegPath, [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=192x144:r=25:d=1', '-c:v', 'prores', '-timecode'],
    ...['01:02:03:04', path],
  ]);
  const station = await openStation(join(folder, 'file'));
  const wishes = { selection: { sourceId: 'file', argument: path }, sourceId: `file:${path}` };
  const { passId } = await recordTape(station, 'T-7', smallRecipe(), wishes);
  await station.capture.whenSettled(passId);
  const { pass, rows } = await timecodesOf(station, passId);
  expect(pass.sealChecks.filter(({ ok }) => !ok)).toEqual([]);
  expect(rows).toEqual([['0', '0', 'container', '01:02:03:04']]);
  expect(station.capture.sessions()[0]?.timecode).toEqual({
    ...{ value: '01:02:04:03', source: 'container', breaks: 0 },
  });
  expect((await probe(ffmpeg.ffprobePath, station.masterOf(passId))).tags['TIMECODE']).toBe('01:02:03:04');
  await station.close();
});

test('the subcode of DV says the timecode of every frame, and where it breaks', async () => {
  // ffmpeg's muxer for raw DV counts the timecode on in the subcode of each frame.
  const path = join(folder, 'tape.dv');
  await runTool(ffmpeg.ffmpegPath, [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=720x576:r=25:d=1.2', '-f', 'lavfi', '-i'],
    ...['sine=r=48000:d=1.2', '-target', 'pal-dv', '-timecode', '09:59:59:20', path],
  ]);
  // The second half was recorded over at another time: frames 20 to 29 belong to another tape.
  const bytes = await readFile(path);
  await runTool(ffmpeg.ffmpegPath, [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=720x576:r=25:d=0.4', '-f', 'lavfi', '-i'],
    ...['sine=r=48000:d=0.4', '-target', 'pal-dv', '-timecode', '02:00:00:00', join(folder, 'other.dv')],
  ]);
  const other = await readFile(join(folder, 'other.dv'));
  await writeFile(path, Buffer.concat([bytes.subarray(0, 20 * 144_000), other.subarray(0, 10 * 144_000)]));
  const station = await openStation(join(folder, 'dv'));
  const wishes = { selection: { sourceId: 'file', argument: path }, sourceId: `file:${path}` };
  const { passId } = await recordTape(station, 'T-8', smallRecipe(), wishes);
  await station.capture.whenSettled(passId);
  const { pass, rows } = await timecodesOf(station, passId);
  expect(pass.sealChecks.filter(({ ok }) => !ok)).toEqual([]);
  const from = (first: string, frames: number) => {
    const start = parseTimecode(first, rational(25)) ?? Number.NaN;
    return counted(frames).map((frame) => formatTimecode(start + frame, rational(25)));
  };
  const expected = [...from('09:59:59:20', 20), ...from('02:00:00:00', 10)];
  expect(rows.filter((row) => row[2] === 'dv-subcode')).toEqual(
    expected.map((timecode, frame) => [String(frame), String(frame), 'dv-subcode', timecode]),
  );
  expect(pass.timecodeBreaks.map(({ frame, kind, source }) => [frame, kind, source])).toEqual([
    [20, 'jump-back', 'dv-subcode'],
  ]);
  expect((await probe(ffmpeg.ffprobePath, station.masterOf(passId))).tags['TIMECODE']).toBe('09:59:59:20');
  await station.close();
});

test('a tape without timecode has no file of it', async () => {
  const station = await openStation(join(folder, 'none'));
  const segments = [{ content: 'noise', seconds: 1 }];
  const { passId } = await recordTape(station, 'T-3', smallRecipe({ ...fast, timecode: 'none', segments }));
  const pass = await station.capture.whenSettled(passId);
  expect(pass).toMatchObject({ state: 'sealed', timecodeBreaks: [] });
  expect(station.stores.files.ofPass(passId).map(({ role }) => role)).not.toContain('timecode');
  expect(station.capture.sessions()[0]?.timecode).toBeNull();
  await station.close();
});

test('a recorder that is killed leaves the timecode of every frame that is kept; nothing is told twice', async () => {
  const station = await openStation(join(folder, 'killed'));
  const faults = [{ kind: 'timecode-break', atFrame: 10, frames: 1000, jumpFrames: 7 }];
  const { passId } = await recordTape(station, 'T-4', smallRecipe({ faults, timecode: 'both' }));
  await untilFrames(station, passId, 30);
  const { process: running } = await recordOf(station, 'T-4');
  process.kill(running?.pid as number, 'SIGKILL');
  await station.capture.whenSettled(passId);
  const { pass, rows } = await timecodesOf(station, passId);
  expect(pass.state).toBe('sealed');
  const said = (frame: number) => at(frame < 10 ? frame : frame + 7);
  for (const source of ['card', 'vitc-picture']) {
    expect(rows.filter((row) => row[2] === source)).toEqual(rowsFrom(source, pass.frames, said));
  }
  expect(pass.timecodeBreaks.map(({ frame, kind, source }) => [frame, kind, source])).toEqual([
    [10, 'gap', 'card'],
  ]);
  expect((await probe(ffmpeg.ffprobePath, station.masterOf(passId))).tags['TIMECODE']).toBe(at(0));
  await station.close();
});

test('an engine that takes a recorder back goes on telling breaks where the one before it ended', async () => {
  const data = join(folder, 'again');
  const first = await openStation(data);
  const faults = [10, 60].map((atFrame) => ({ kind: 'timecode-break', atFrame, frames: 5, jumpFrames: 7 }));
  const { passId } = await recordTape(
    first,
    'T-5',
    smallRecipe({ faults, segments: [{ content: 'scene', seconds: 4 }] }),
  );
  await untilFrames(first, passId, 30);
  await first.close();
  const second = await openStation(data);
  await second.capture.recover();
  await second.capture.whenSettled(passId);
  const { pass, rows } = await timecodesOf(second, passId);
  expect(pass).toMatchObject({ state: 'sealed', frames: 100 });
  expect(rows).toHaveLength(100);
  expect(pass.timecodeBreaks.map(({ frame }) => frame)).toEqual([10, 15, 60, 65]);
  await second.close();
});
