import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { findRecorderRecord } from '#core/capture/recorder-record.ts';
import { readCardReport } from '#core/devices/card-report.ts';
import * as dv from '#core/essence/dv-report.fixture.ts';
import { parseDvReport } from '#core/essence/dv-report.ts';
import { readFrameHashFile } from '#core/essence/frame-hashes.ts';
import { readSealFile } from '#core/essence/seal-file.ts';
import { parseManifest, parseTags } from '#core/exports/bag-manifest.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { parseProbe } from '#core/ffmpeg/probe.ts';
import { createProgressReader, latestProgress } from '#core/ffmpeg/progress.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { createTimecodeListReader, timecodeListEntry } from '#core/ffmpeg/timecode-list.ts';
import { parseCheckpoint } from '#core/log/checkpoint-file.ts';
import { masterProfileSchema } from '#shared/domain/profiles.ts';
import { parseSelection } from '#shared/domain/selection.ts';
import { holds } from './fuzzing.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-fuzz-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const { ffmpegPath, ffprobePath } = await locateFfmpeg();

// One small recording gives the real samples.
await runTool(ffmpegPath, [
  ...['-v', 'error', '-progress', at('progress'), '-stats_period', '0.05'],
  ...['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=2', '-f', 'lavfi', '-i', 'sine=d=2:r=48000'],
  ...['-map', '0', '-map', '1', '-c:v', 'ffv1', '-c:a', 'pcm_s24le', at('a.mkv')],
  ...['-map', '0', '-map', '1', '-f', 'framehash', '-hash', 'md5', at('a.framemd5')],
  ...['-map', '0', '-f', 'framemd5', at('b.framemd5')],
]);
const probed = await runTool(ffprobePath, [
  ...['-v', 'error', '-of', 'json', '-show_format', '-show_streams', at('a.mkv')],
]);
const probeJson = probed.reason === 'finished' ? probed.stdout.toString('utf8') : '';
const [progress, hashes, oldHashes] = await Promise.all(
  ['progress', 'a.framemd5', 'b.framemd5'].map((name) => readFile(at(name), 'utf8')),
);

/** Reads a file that holds the text. */
const inFile = (name: string, read: (path: string) => Promise<unknown>) => async (text: string) => {
  await writeFile(at(name), text);
  return read(at(name));
};

const cardReport = JSON.stringify({
  ...{
    state: 'playing',
    pid: 7,
    capturedFrames: 100,
    deliveredFrames: 90,
    droppedFrames: 2,
    queuedFrames: 8,
  },
  ...{
    queueCapacityFrames: 50,
    drops: [{ firstFrame: 3, frames: 2 }],
    signal: 'present',
    atMs: 1_763_850_000_000,
  },
});

describe('what tools and processes write never breaks its reader', () => {
  it('ffmpeg progress', () =>
    holds(
      (text) => {
        latestProgress(text);
        const take = createProgressReader(() => {});
        for (let from = 0; from < text.length; from += 997) take(text.slice(from, from + 997));
      },
      { samples: [progress ?? ''] },
    ));
  it('probe', () => holds(parseProbe, { samples: [probeJson], isJson: true }));
  it('DV reports', () =>
    holds((text) => parseDvReport(text, 'x.xml'), { samples: Object.values(dv), names: 'x.xml' }));
  it('hash lists', () =>
    holds(
      inFile('fuzzed.framemd5', async (path) => {
        for await (const row of readFrameHashFile(path).rows()) void row;
      }),
      { samples: [hashes ?? '', oldHashes ?? ''] },
    ));
  it('timecode lists', () =>
    holds(
      (text) => {
        const reader = createTimecodeListReader(() => {});
        for (let from = 0; from < text.length; from += 97) reader.write(text.slice(from, from + 97));
      },
      { samples: [timecodeListEntry(0, 0, '10:00:00:00') + timecodeListEntry(1, 0.04, '10:00:00;01')] },
    ));
  it('card reports', () =>
    holds(inFile('card.json', readCardReport), {
      samples: [cardReport],
      isJson: true,
      names: at('card.json'),
    }));
  it('selections', () =>
    holds(parseSelection, {
      samples: [
        'simulator',
        'file:C:\\tapes\\a: b?.mov',
        'decklink:DeckLink Duo (1)?video=sdi&timecode=vitc',
      ],
    }));
  it('manifests, tags and checkpoints of packages', () =>
    holds(
      (text) => {
        parseManifest(text);
        parseTags(text);
        text.split('\n').map(parseCheckpoint);
      },
      {
        samples: [
          `${'a'.repeat(64)}  data/master/a%0Ab.mkv\n`,
          'Bag-Size: 3 GB\nExternal-Description: a\n b\n',
          '{"seq":1}\n',
        ],
      },
    ));
});

describe('what Helical itself left on the disk is read or refused with its name', async () => {
  const shipped = new URL('../../resources/profiles/master/ffv1-10bit.json', import.meta.url);
  const profile = masterProfileSchema.parse(JSON.parse(await readFile(shipped, 'utf8')));
  const passId = '01a205b2-424a-71b5-bf44-92e2984b366b';
  const record = JSON.stringify({
    ...{ version: 1, passId, base: 'T-1_p1', masterName: 'T-1_p1.mkv', frameHashesName: 'T-1_p1.framemd5' },
    ...{ audioHashesName: null, audio: null, essence: 'encode', live: true, profile, frames: null },
    video: {
      ...{ width: 720, height: 576, frameRate: { num: 25, den: 1 }, fieldOrder: 'tff' },
      ...{ pixelFormat: 'uyvy422', standard: 'PAL' },
    },
    ...{ cardReportPath: null, argv: ['ffmpeg'], recovery: null },
    process: { pid: 7, start: 'x', startedAtMs: 1 },
  });
  it('the recorder’s record', () =>
    holds(
      inFile('T-1_p1.recorder.json', () => findRecorderRecord(folder, passId)),
      {
        samples: [record],
        isJson: true,
        names: 'T-1_p1.recorder.json',
      },
    ));
  const digits = (count: number) => 'a'.repeat(count);
  const seal = JSON.stringify({
    ...{ format: 'helical-seal', version: 1, passId, tapeIdentifier: 'T-1' },
    master: { name: 'a.mkv', sizeBytes: 9, md5: digits(32), sha256: digits(64), sha512: digits(128) },
    frameHashes: { name: 'a.framemd5', sha256: digits(64), algorithm: 'MD5' },
    expectation: { frameRate: { num: 25, den: 1 }, width: 720, height: 576, essence: 'native' },
    checks: [{ id: 'x', ok: true, expected: '1', measured: '1', message: '' }],
    ...{ sealed: true, sealedAt: '2026-11-22T00:00:00.000Z', software: [] },
  });
  it('a seal', () =>
    holds(
      inFile('a.seal.json', () => readSealFile(at('a.mkv'))),
      {
        samples: [seal],
        isJson: true,
        names: at('a.seal.json'),
      },
    ));
});
