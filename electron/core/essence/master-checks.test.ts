import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readFfv1Track } from './ffv1.ts';
import { compareFrameHashes } from './frame-hash-comparison.ts';
import { readFrameHashFile } from './frame-hashes.ts';
import type { MasterEvidence, MasterExpectation } from './master-check.ts';
import { allHold, masterChecks, runMasterChecks } from './master-checks.ts';
import { createMatroskaScanner } from './matroska.ts';
import { videoTrackOf } from './matroska-facts.ts';
import {
  decodeTestMaster,
  makeTestMaster,
  runFfmpeg,
  type TestMasterOptions,
  testExpectation,
} from './test-master.ts';

const folder = mkdtempSync(join(tmpdir(), 'helical-checks-'));
afterAll(() => rmSync(folder, { recursive: true }));

function evidenceOf(bytes: Uint8Array, more: Partial<MasterEvidence> = {}): MasterEvidence {
  const scanner = createMatroskaScanner();
  scanner.write(bytes);
  const facts = scanner.end();
  const video = videoTrackOf(facts);
  const ffv1 = video && readFfv1Track(video.codecId, video.codecPrivate);
  return {
    facts,
    ffv1,
    expectation: testExpectation,
    frameHashes: equalFrames,
    audioHashes: equalSound,
    captureGaps: [],
    loss: { frames: 0, endReason: 'source-ended' },
    ...more,
  };
}

function failing(evidence: MasterEvidence): string[] {
  return runMasterChecks(evidence)
    .filter((result) => !result.ok)
    .map((result) => result.id);
}

function variant(name: string, options: TestMasterOptions): Buffer {
  return readFileSync(makeTestMaster(folder, { name, ...options }).master);
}

function remuxed(name: string, args: readonly string[]): Buffer {
  const path = join(folder, `${name}.mkv`);
  runFfmpeg(['-i', good.master, ...args, path]);
  return readFileSync(path);
}

const palTags =
  'setparams=field_mode=tff:color_primaries=bt470bg:color_trc=bt709:colorspace=bt470bg:range=limited,setsar=12/11';
const good = makeTestMaster(folder);
const goodBytes = readFileSync(good.master);
const decoded = decodeTestMaster(good.master);
const equalFrames = await compareFrameHashes(
  readFrameHashFile(good.frames).rows(),
  readFrameHashFile(decoded.frames).rows(),
);
const soundComparison = await compareFrameHashes(
  readFrameHashFile(good.sound).rows(),
  readFrameHashFile(decoded.audio).rows(),
);
const equalSound = { equal: soundComparison.equal, measured: `${soundComparison.frames} blocks` };
const at = (name: string) =>
  evidenceOf(goodBytes).facts.elements.find((element) => element.name === name)?.offset ?? 0;

describe('the rules of the seal', () => {
  test('ids are unique', () => {
    const ids = masterChecks.map((check) => check.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(20);
  });

  test('a good master passes every rule', () => {
    const results = runMasterChecks(evidenceOf(goodBytes));
    expect(results.filter((result) => !result.ok)).toEqual([]);
    expect(results.map((result) => result.id)).toEqual(masterChecks.map((check) => check.id));
    expect(allHold(results)).toBe(true);
    expect(allHold([])).toBe(false);
  });

  /** Expectations that the good master does not meet, and the one rule that says so. */
  const unmet: [string, Partial<MasterExpectation>, string[]][] = [
    ['slices', { slices: 16 }, ['ffv1-slices']],
    ['bits', { bitsPerSample: 8 }, ['raster']],
    ['size', { width: 720 }, ['raster']],
    ['rate', { frameRate: { num: 30000, den: 1001 } }, ['timestamps', 'raster', 'audio-length']],
    ['field order', { fieldOrder: 'bff' }, ['field-order']],
    ['aspect', { sar: { num: 16, den: 15 } }, ['aspect']],
    [
      'colour',
      { colour: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' } },
      ['colour-tags'],
    ],
    ['audio', { audioTracks: [{ channels: 2, bitDepth: 24, sampleRateHz: 48000 }] }, ['audio-format']],
  ];
  test.each(unmet)('unmet: %s', (_name, change, ids) => {
    expect(failing(evidenceOf(goodBytes, { expectation: { ...testExpectation, ...change } }))).toEqual(ids);
  });

  const ffv1 = (...more: string[]) => ['ffv1', ...more];
  const encoders: [string, string[], string[]][] = [
    ['g 10', ffv1('-level', '3', '-g', '10', '-slicecrc', '1', '-slices', '24'), ['ffv1-intra']],
    ['no slice CRC', ffv1('-level', '3', '-g', '1', '-slicecrc', '0', '-slices', '24'), ['ffv1-slice-crc']],
    ['4 slices', ffv1('-level', '3', '-g', '1', '-slicecrc', '1', '-slices', '4'), ['ffv1-slices']],
    ['level 1', ffv1('-level', '1', '-g', '1'), ['ffv1-version', 'ffv1-slices', 'ffv1-slice-crc', 'raster']],
  ];
  test.each(encoders)('encoded wrongly: %s', (name, encoder, ids) => {
    expect(failing(evidenceOf(variant(`e ${name}`, { encoder })))).toEqual(ids);
  });

  test('not tagged', () => {
    expect(failing(evidenceOf(variant('plain', { filters: 'null' })))).toEqual([
      'field-order',
      'aspect',
      'colour-tags',
    ]);
  });

  const gap = [{ afterFrame: 9, missingFrames: 3 }];
  const losses: [string, Partial<MasterEvidence>, string[]][] = [
    ['thrown away last', { loss: { frames: 16, endReason: 'operator' } }, ['frames-lost']],
    ['in mid tape: the gap says it', { loss: { frames: 3, endReason: 'operator' }, captureGaps: gap }, []],
    ['both', { loss: { frames: 4, endReason: 'duration' }, captureGaps: gap }, ['frames-lost']],
    ['what a card held when it went away', { loss: { frames: 4, endReason: 'device-gone' } }, []],
    ['of an older seal, which states none', { loss: undefined }, []],
  ];
  test.each(losses)('frames lost: %s', (_name, change, ids) => {
    expect(failing(evidenceOf(goodBytes, change)).filter((id) => id !== 'timestamps')).toEqual(ids);
  });

  test('frames: not compared, different, one fewer than captured', () => {
    const { frameHashes: _frames, audioHashes: _sound, ...bare } = evidenceOf(goodBytes);
    expect(failing(bare)).toEqual(['frame-hashes', 'audio-hashes']);
    expect(
      runMasterChecks(bare, { omit: ['frame-hashes', 'audio-hashes'] }).every((result) => result.ok),
    ).toBe(true);
    const different = {
      ...equalFrames,
      equal: false,
      firstDifferentFrame: 3,
      differentFrameCount: 1,
      differentFrames: [3],
    };
    expect(failing(evidenceOf(goodBytes, { frameHashes: different }))).toEqual(['frame-hashes']);
    const more = { ...equalFrames, equal: false, frames: 26, missingFrames: 1, firstDifferentFrame: 25 };
    expect(failing(evidenceOf(goodBytes, { frameHashes: more }))).toEqual(['frame-hashes', 'frame-count']);
    expect(failing({ ...bare, capturedFrames: 26, frameHashes: undefined })).toContain('frame-count');
    expect(failing(evidenceOf(goodBytes, { audioHashes: { equal: false, measured: '1 differs' } }))).toEqual([
      'audio-hashes',
    ]);
    const gap = [{ afterFrame: 4, missingFrames: 1 }];
    expect(failing(evidenceOf(goodBytes, { captureGaps: gap }))).toEqual(['timestamps']);
  });

  test('a copied stream that was stopped: the last picture may lack its hash, and those seen before it; no more', () => {
    const extra = (frames: number) => ({
      ...equalFrames,
      ...{ equal: false, extraFrames: frames, firstDifferentFrame: equalFrames.frames - frames },
      frames: equalFrames.frames - frames,
    });
    const sound = { equal: false, isHeldBack: true, measured: '0 differ, 0 missing, 1 too many' };
    const stopped = { ...testExpectation, stoppedInMidTape: true, heldBackFrames: 1 };
    const found = (frames: number, expectation: MasterExpectation) =>
      failing(evidenceOf(goodBytes, { frameHashes: extra(frames), audioHashes: sound, expectation }));
    expect(found(1, stopped)).toEqual([]);
    expect(found(2, stopped)).toEqual(['frame-hashes', 'frame-count']);
    expect(found(1, testExpectation)).toEqual(['frame-hashes', 'audio-hashes', 'frame-count']);
    const missing = { ...extra(1), extraFrames: 0, missingFrames: 1, frames: equalFrames.frames };
    expect(failing(evidenceOf(goodBytes, { frameHashes: missing, expectation: stopped }))).toEqual([
      'frame-hashes',
    ]);

    const holed = (afterBlock: number, frames: number) => {
      const evidence = evidenceOf(goodBytes, { expectation: { ...stopped, audioTracks: undefined } });
      const blocks = videoTrackOf(evidence.facts)?.blocks;
      if (!blocks) throw new Error('no picture');
      blocks.irregularSteps = [{ afterBlock, stepTicks: 40 * (frames + 1), offset: 0 }];
      blocks.irregularStepCount = 1;
      blocks.lastTimestampTicks = (blocks.lastTimestampTicks ?? 0) + 40 * frames;
      return failing(evidence).includes('timestamps');
    };
    const { count } = videoTrackOf(evidenceOf(goodBytes).facts)?.blocks ?? { count: 0 };
    expect([holed(count - 2, 1), holed(count - 2, 2)]).toEqual([false, false]);
    expect([holed(count - 2, 3), holed(count - 3, 1)]).toEqual([true, true]);
  });

  test('a frame cut out of the file is missed, with its place', () => {
    const bytes = remuxed('gap', ['-map', '0', '-c', 'copy', '-bsf:v', 'noise=drop=eq(n\\,9)']);
    const evidence = evidenceOf(bytes);
    expect(failing(evidence)).toEqual(expect.arrayContaining(['frame-count', 'timestamps']));
    expect(runMasterChecks(evidence).find((result) => result.id === 'timestamps')?.message).toContain(
      'behind frame 8',
    );
  });

  test('a real gap is told once, and not as a wrong Duration', () => {
    const bytes = readFileSync(
      makeTestMaster(folder, {
        name: 'dropped',
        filters: `${palTags},select=not(between(n\\,9\\,11))`,
        encoder: [
          ...ffv1('-level', '3', '-g', '1', '-slicecrc', '1', '-slices', '24'),
          '-fps_mode',
          'passthrough',
        ],
        audio: false,
      }).master,
    );
    const evidence = evidenceOf(bytes);
    evidence.audioHashes = undefined;
    evidence.frameHashes = { ...equalFrames, frames: 22, decodedFrames: 22 };
    evidence.expectation = { ...testExpectation, audioTracks: [] };
    expect(failing(evidence)).toEqual(['timestamps']);
    evidence.facts.info.durationMs = 880;
    expect(failing(evidence)).toEqual(['timestamps', 'matroska-duration']);
  });

  test('Cues turned into Void', () => {
    const bytes = Buffer.from(goodBytes);
    const cues = at('Cues');
    // Cues (4-byte id, 2-byte size 0x4xxx) as Void (1-byte id, 5-byte size).
    const size = bytes.readUInt16BE(cues + 4) & 0x3fff;
    bytes.set([0xec, 0x08, 0, 0, size >> 8, size & 0xff], cues);
    const evidence = evidenceOf(bytes);
    expect(evidence.facts.damage).toEqual([]);
    expect(failing(evidence)).toEqual(['matroska-structure', 'matroska-crc', 'matroska-cues']);
  });

  test('one cue that points nowhere, although the CRC of the Cues is mended', () => {
    const evidence = evidenceOf(goodBytes);
    evidence.facts.cues = { ...evidence.facts.cues, pointingNowhere: 1, clustersWithoutCue: 1 };
    expect(failing(evidence)).toEqual(['matroska-cues']);
  });

  test('without CRC, id or duration', () => {
    expect(failing(evidenceOf(remuxed('nocrc', ['-map', '0', '-c', 'copy', '-write_crc32', '0'])))).toEqual([
      'matroska-crc',
    ]);
    expect(
      failing(evidenceOf(remuxed('bitexact', ['-map', '0', '-c', 'copy', '-fflags', '+bitexact']))),
    ).toEqual(['matroska-unique-id']);
    const live = failing(evidenceOf(remuxed('live', ['-map', '0', '-c', 'copy', '-live', '1'])));
    expect(live).toEqual(
      expect.arrayContaining(['matroska-structure', 'matroska-cues', 'matroska-duration']),
    );
  });

  test('sound: 16 bit, 44.1 kHz, too short, too late', () => {
    expect(failing(evidenceOf(remuxed('pcm16', ['-map', '0', '-c:v', 'copy', '-c:a', 'pcm_s16le'])))).toEqual(
      ['audio-format'],
    );
    const resampled = ['-map', '0', '-c:v', 'copy', '-c:a', 'pcm_s24le', '-ar', '44100'];
    expect(failing(evidenceOf(remuxed('cd', resampled)))).toEqual(['audio-format']);
    const short = ['-map', '0', '-c:v', 'copy', '-c:a', 'pcm_s24le', '-af', 'atrim=end=0.9'];
    expect(failing(evidenceOf(remuxed('short', short)))).toEqual(['audio-length']);
    // The cause, where it is known: a camera that was set to another mode in mid tape.
    const soundChanges = [{ frame: 12, fromHz: 48_000, toHz: 32_000 }];
    const told = runMasterChecks(evidenceOf(remuxed('short', short), { soundChanges }));
    expect(told.find(({ id }) => id === 'audio-length')?.message).toMatch(
      /not equally long\. .* at frame 12 \(48000 to 32000 Hz\).*DV stream .* whole/,
    );
    // Ends with the picture, and begins 0.2 s after it.
    const late = ['-map', '0', '-c:v', 'copy', '-c:a', 'pcm_s24le', '-af', 'atrim=start=0.2'];
    expect(failing(evidenceOf(remuxed('late', late)))).toEqual(['audio-length']);
    // A stop in mid tape: between a picture and its sound, in mid block.
    const stopped = { expectation: { ...testExpectation, stoppedInMidTape: true } };
    const apart = ['-map', '0:v', '-map', '0:a', '-c:v', 'copy', '-c:a', 'pcm_s24le', '-af'];
    const bySeconds = (endS: number) => remuxed(`ends ${endS}`, [...apart, `atrim=end=${endS}`]);
    expect(failing(evidenceOf(bySeconds(0.93)))).toEqual(['audio-length']);
    expect(failing(evidenceOf(bySeconds(0.93), stopped))).toEqual([]);
    expect(failing(evidenceOf(bySeconds(0.91), stopped))).toEqual(['audio-length']);
    const flac = remuxed('flac', [
      '-map',
      '0',
      '-c:v',
      'copy',
      '-c:a',
      'flac',
      '-sample_fmt',
      's32',
      '-bits_per_raw_sample',
      '24',
    ]);
    expect(failing(evidenceOf(flac))).toEqual([]);
  });

  test('NTSC, bottom field first, passes with its own profile', () => {
    const path = join(folder, 'ntsc.mkv');
    const tags =
      'setparams=field_mode=bff:color_primaries=smpte170m:color_trc=bt709:colorspace=smpte170m:range=limited';
    runFfmpeg([
      ...[
        '-f',
        'lavfi',
        '-i',
        'testsrc2=s=180x122:r=30000/1001',
        '-f',
        'lavfi',
        '-i',
        'sine=r=48000',
        '-t',
        '2.002',
      ],
      ...[
        '-vf',
        `format=yuv422p10le,${tags},setsar=10/11`,
        '-c:v',
        'ffv1',
        '-level',
        '3',
        '-g',
        '1',
        '-slicecrc',
        '1',
      ],
      ...['-slices', '4', '-c:a', 'pcm_s24le', path],
    ]);
    const expectation: MasterExpectation = {
      ...testExpectation,
      frameRate: { num: 30000, den: 1001 },
      width: 180,
      height: 122,
      fieldOrder: 'bff',
      sar: { num: 10, den: 11 },
      colour: { primaries: 'smpte170m', transfer: 'bt709', matrix: 'smpte170m', range: 'tv' },
      slices: 4,
      audioTracks: [{ channels: 1, bitDepth: 24, sampleRateHz: 48000 }],
    };
    const frameHashes = { ...equalFrames, frames: 60, decodedFrames: 60 };
    const results = runMasterChecks(evidenceOf(readFileSync(path), { expectation, frameHashes }));
    expect(results.filter((result) => !result.ok)).toEqual([]);
  });

  test('a copied DV stream is not judged as FFV1', () => {
    const path = join(folder, 'dv.mkv');
    const source = 'testsrc2=s=720x576:r=25:d=0.4';
    runFfmpeg(['-f', 'lavfi', '-i', source, '-pix_fmt', 'yuv420p', '-c:v', 'dvvideo', path]);
    const expectation: MasterExpectation = {
      frameRate: { num: 25, den: 1 },
      width: 720,
      height: 576,
      essence: 'native',
    };
    const frameHashes = { ...equalFrames, frames: 10, decodedFrames: 10 };
    const results = runMasterChecks(
      evidenceOf(readFileSync(path), { expectation, frameHashes, audioHashes: undefined }),
    );
    expect(results.filter((result) => !result.ok)).toEqual([]);
    expect(results.some((result) => result.id.startsWith('ffv1'))).toBe(false);
    expect(failing(evidenceOf(readFileSync(path), { frameHashes }))).toContain('ffv1-version');
  });
});
