import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, it } from 'vitest';
import { askInputs } from '#core/ffmpeg/inputs.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { readRecorderLogLine } from '#core/ffmpeg/recorder-log.ts';
import type { OpenContext } from './device.ts';
import { dvrescueDevice } from './dvrescue.ts';
import { parseDvrescueDevices } from './dvrescue-listing.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-dvrescue-deck-'));
const { ffmpegPath, ffprobePath } = await locateFfmpeg();
afterAll(() => rm(folder, { recursive: true, force: true }));
const context = (workDir: string): OpenContext => ({ workDir, cacheDir: folder, ffmpegPath, ffprobePath });
const inputs = askInputs(ffmpegPath);

// Written from Source/Common/ProcessFile.cpp: one line, ids of FireWire in hexadecimal.
const list =
  '[{"id":"0x80458280022265","name":"DV-VCR (Sony HVR-M15AU)","type":"DV"},' +
  '{"id":"DeckLink Mini Recorder","name":"DeckLink Mini Recorder","type":"DeckLink"}]\n';
const frames = 30;
const tape = join(folder, 'source.dv');
await execa(ffmpegPath, [
  ...['-v', 'error', '-f', 'lavfi', '-i', `testsrc=size=720x576:rate=25:duration=${frames / 25}`],
  ...['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo', '-shortest', '-target', 'pal-dv', tape],
]);

/** dvrescue's command line: lists, or writes the tape into the file behind -m, a few frames at a time. */
async function fake(name: string, body: string): Promise<string> {
  const path = join(folder, `${name}.mjs`);
  const script = `#!${process.execPath}
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
const args = process.argv.slice(2);
if (args[0] === '--list_devices_json') { process.stdout.write(${JSON.stringify(list)}); process.exit(0); }
const [device, merge, path] = args;
if (device !== 'device://0x80458280022265' || merge !== '-m') throw new Error('unexpected ' + args.join(' '));
${body}
`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  return path;
}
const playing = await fake(
  'playing',
  `const tape = readFileSync(${JSON.stringify(tape)});
writeFileSync(path, '', { flag: 'wx' });
let at = 0;
const timer = setInterval(() => {
  appendFileSync(path, tape.subarray(at, at + 5 * 144000));
  at += 5 * 144000;
  if (at >= tape.length) clearInterval(timer);
}, 20);`,
);
const silent = await fake('silent', `process.stderr.write('No device found.\\n'); process.exitCode = 1;`);

it('lists DV decks, and tells a list from none', () => {
  expect(parseDvrescueDevices(list)?.map(({ id }) => id)).toEqual(['0x80458280022265']);
  expect(parseDvrescueDevices('[]\n')).toEqual([]);
  for (const text of ['', 'No devices found.', '[{"id":1}]', '[{']) {
    expect(parseDvrescueDevices(text)).toBeUndefined();
  }
});

it('has the recorder read every frame of a file that grows, and end when the tape is over', async () => {
  const workDir = await mkdtemp(join(folder, 'work-'));
  const device = dvrescueDevice(async () => playing);
  const [source] = await device.discover(context(workDir), inputs);
  expect(source).toMatchObject({ id: 'dvrescue:0x80458280022265', live: true });
  const open = await device.open(
    { sourceId: 'dvrescue', argument: '0x80458280022265' },
    context(workDir),
    inputs,
  );
  expect(open).toMatchObject({
    essence: 'copy',
    codec: 'dvvideo',
    video: { standard: 'PAL', fieldOrder: 'bff' },
  });
  // The test does not wait as long as a deck may pause.
  const args = open.inputArgs.map((word) => (/^\d{8,}$/.test(word) ? '1000000' : word));
  expect(Number(open.inputArgs[open.inputArgs.indexOf('-rw_timeout') + 1]) / 60e6).toBeGreaterThanOrEqual(10);
  expect(open.writer?.path).toBe(join(workDir, 'tape.dv'));
  expect(open.writer?.pid).toBeGreaterThan(0);
  const kept = join(workDir, 'kept.dv');
  const loud = ['-loglevel', 'repeat+level+info', ...args];
  const { stderr } = await execa(ffmpegPath, [...loud, '-map', '0:v', '-c', 'copy', '-f', 'rawvideo', kept], {
    reject: false,
  });
  // What ffmpeg says of a file that does not grow any more is no word of a card that went away.
  const lost = stderr.split(/[\r\n]/).filter((line) => readRecorderLogLine(line)?.kind === 'input-lost');
  expect(lost).not.toEqual([]);
  for (const line of lost) expect(device.readLogLine?.(line)).toEqual({ kind: 'source-ended' });
  await open.close();
  expect((await readFile(kept)).equals(await readFile(tape))).toBe(true);
});

it('says that a deck delivers nothing, in the words of dvrescue', async () => {
  const workDir = await mkdtemp(join(folder, 'work-'));
  const device = dvrescueDevice(async () => silent);
  await expect(device.open({ sourceId: 'dvrescue' }, context(workDir), inputs)).rejects.toMatchObject({
    code: 'DEVICE_FAILED',
    problem: expect.stringContaining('delivers nothing: No device found.'),
  });
  await expect(
    device.open({ sourceId: 'dvrescue', argument: '0x1' }, context(workDir), inputs),
  ).rejects.toMatchObject({ remedy: expect.stringContaining('Sony HVR-M15AU') });
});
