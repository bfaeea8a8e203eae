import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createMatroskaScanner } from './matroska.ts';
import { type MatroskaFacts, videoTrackOf } from './matroska-facts.ts';
import { makeTestMaster, runFfmpeg } from './test-master.ts';

const folder = mkdtempSync(join(tmpdir(), 'helical-matroska-'));
afterAll(() => rmSync(folder, { recursive: true }));

function scan(bytes: Uint8Array, chunkBytes = bytes.length || 1): MatroskaFacts {
  const scanner = createMatroskaScanner();
  for (let at = 0; at < bytes.length; at += chunkBytes) scanner.write(bytes.subarray(at, at + chunkBytes));
  return scanner.end();
}

const { master } = makeTestMaster(folder, {
  muxer: ['-metadata', 'title=Tape 7', '-metadata:s:v', 'ENCODER_SETTINGS=BVW-75P'],
});
const bytes = readFileSync(master);
const good = scan(bytes);

describe('a master as ffmpeg writes it', () => {
  test('head, tracks and counts', () => {
    expect(good).toMatchObject({
      sizeBytes: bytes.length,
      docType: 'matroska',
      docTypeVersion: 4,
      info: { timestampScaleNs: 1_000_000, durationMs: 1000, title: 'Tape 7' },
      damage: [],
      damageCount: 0,
      truncatedAtByte: undefined,
    });
    expect(good.info.uid).toMatch(/^[0-9a-f]{32}$/);
    expect(good.tracks.map((track) => [track.type, track.blocks.count > 0])).toEqual([
      ['video', true],
      ['audio', true],
      ['audio', true],
    ]);
    expect(videoTrackOf(good)).toMatchObject({
      codecId: 'V_MS/VFW/FOURCC',
      defaultDurationNs: 40_000_000,
      video: { pixelWidth: 192, pixelHeight: 144, flagInterlaced: 1, fieldOrder: 9, displayUnit: 3 },
      blocks: {
        count: 25,
        keyframes: 25,
        irregularStepCount: 0,
        firstTimestampTicks: 0,
        lastTimestampTicks: 960,
      },
    });
    expect(videoTrackOf(good)?.video?.colour).toEqual({ matrix: 5, range: 1, transfer: 1, primaries: 5 });
    expect(good.tracks[2]?.audio).toEqual({ sampleRateHz: 48000, channels: 2, bitDepth: 24 });
    expect(good.tracks[2]?.blocks.payloadBytes).toBe(48000 * 2 * 3);
    const settings = good.tags.find((tag) => tag.name === 'ENCODER_SETTINGS');
    expect(settings).toMatchObject({ value: 'BVW-75P', trackUids: [good.tracks[0]?.uid] });
  });

  test('every level-1 element has a right CRC, the SeekHead and the Cues point right', () => {
    expect(good.elements.map((element) => element.name)).toEqual([
      'SeekHead',
      'Info',
      'Tracks',
      'Tags',
      'Cues',
    ]);
    expect(good.elements.every((element) => element.crc === 'right')).toBe(true);
    expect(good.clusters).toMatchObject({
      count: 25,
      withVideo: 25,
      crcRight: 25,
      crcWrong: 0,
      crcAbsent: 0,
    });
    expect(good.seekHead.map((entry) => entry.right)).toEqual([true, true, true, true]);
    expect(good.cues).toMatchObject({
      count: 25,
      videoCount: 25,
      clustersWithoutCue: 0,
      pointingNowhere: 0,
      wrongTime: 0,
    });
  });

  test('the size of the chunks does not matter', () => {
    for (const size of [1, 7, 4096, 65537]) expect(scan(bytes, size)).toEqual(good);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 20 }), (cuts) => {
        const scanner = createMatroskaScanner();
        const at = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        for (let index = 1; index < at.length; index += 1)
          scanner.write(bytes.subarray(at[index - 1], at[index]));
        expect(scanner.end()).toEqual(good);
      }),
      { numRuns: 40 },
    );
  });
});

describe('other files', () => {
  test('attachments are named and measured, and no video', () => {
    const note = join(folder, 'note.txt');
    writeFileSync(note, 'x'.repeat(70_000));
    const out = join(folder, 'attached.mkv');
    runFfmpeg([
      '-i',
      master,
      '-map',
      '0',
      '-c',
      'copy',
      '-attach',
      note,
      '-metadata:s:t',
      'mimetype=text/plain',
      out,
    ]);
    const facts = scan(readFileSync(out), 5000);
    expect(facts.attachments).toMatchObject([
      { name: 'note.txt', mediaType: 'text/plain', sizeBytes: 70_000 },
    ]);
    expect(facts.damage).toEqual([]);
  });

  test('no CRC, several frames in a cluster, and Cues before the clusters', () => {
    const out = join(folder, 'plain.mkv');
    runFfmpeg([
      '-i',
      master,
      '-map',
      '0',
      '-c',
      'copy',
      '-write_crc32',
      '0',
      '-reserve_index_space',
      '20000',
      out,
    ]);
    const facts = scan(readFileSync(out), 5000);
    expect(facts.elements.every((element) => element.crc === 'absent')).toBe(true);
    expect(facts.clusters.crcAbsent).toBe(facts.clusters.count);
    expect(facts.cues).toMatchObject({ videoCount: 25, clustersWithoutCue: 0, pointingNowhere: 0 });
    const cues = facts.elements.find((element) => element.name === 'Cues');
    expect(cues?.offset).toBeLessThan(facts.clusters.firstOffset ?? 0);
  });

  test('long GOP video in clusters of many blocks', () => {
    const { master: path } = makeTestMaster(folder, {
      name: 'mpeg',
      encoder: ['mpeg2video', '-g', '12', '-bf', '0'],
      pixelFormat: 'yuv420p',
    });
    const facts = scan(readFileSync(path));
    expect(facts.damage).toEqual([]);
    expect(facts.clusters.count).toBeLessThan(25);
    expect(videoTrackOf(facts)?.blocks).toMatchObject({ count: 25, keyframes: 3, irregularStepCount: 0 });
    expect(facts.cues).toMatchObject({ clustersWithoutCue: 0, pointingNowhere: 0, wrongTime: 0 });
  });

  test('pictures that lie in another order than they are shown: times are judged as shown', () => {
    const { master: path } = makeTestMaster(folder, {
      name: 'reordered',
      encoder: ['mpeg2video', '-g', '12', '-bf', '2'],
      pixelFormat: 'yuv420p',
    });
    const blocksOf = (file: string) => videoTrackOf(scan(readFileSync(file)))?.blocks;
    expect(blocksOf(path)).toMatchObject({ count: 25, keyframes: 3, irregularStepCount: 0 });
    const cut = join(folder, 'reordered-cut.mkv');
    runFfmpeg(['-i', path, '-map', '0', '-c', 'copy', '-bsf:v', 'noise=drop=eq(n\\,7)', cut]);
    expect(blocksOf(cut)).toMatchObject({ count: 24, irregularStepCount: 1 });
  });

  test('a stream without sizes, as a live writer makes it', () => {
    const out = join(folder, 'live.mkv');
    runFfmpeg(['-i', master, '-map', '0', '-c', 'copy', '-live', '1', out]);
    const facts = scan(readFileSync(out), 4096);
    expect(facts.segment?.sizeBytes).toBeUndefined();
    expect(videoTrackOf(facts)?.blocks.count).toBe(25);
    expect(facts.damage).toEqual([]);
    expect(facts.truncatedAtByte).toBeUndefined();
  });

  test('what is not Matroska is refused', () => {
    expect(() => scan(Buffer.from('RIFF....AVI '))).toThrow(
      expect.objectContaining({ code: 'FILE_UNREADABLE' }),
    );
    expect(() => scan(new Uint8Array(0))).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
    const other = Buffer.from(bytes);
    other.write('matroskx', other.indexOf('matroska'));
    expect(scan(other).damage[0]?.kind).toBe('document-type');
  });
});

describe('damage', () => {
  test('a flipped bit in a cluster is a wrong CRC with its byte range', () => {
    const damaged = Buffer.from(bytes);
    const at = (good.clusters.firstOffset ?? 0) + 4000;
    damaged[at] = (damaged[at] ?? 0) ^ 4;
    const facts = scan(damaged);
    expect(facts.clusters).toMatchObject({ crcRight: 24, crcWrong: 1 });
    const [damage] = facts.damage;
    expect(damage).toMatchObject({ kind: 'crc-wrong', offset: good.clusters.firstOffset });
    expect(damage?.endOffset).toBeGreaterThan(at);
  });

  test('zeros over a cluster head cost that cluster only', () => {
    const damaged = Buffer.from(bytes);
    const at = bytes.indexOf(Buffer.from('1f43b675', 'hex'), (good.clusters.firstOffset ?? 0) + 4);
    damaged.fill(0, at, at + 30);
    for (const size of [1, 1000, damaged.length]) {
      const facts = scan(damaged, size);
      expect(facts.clusters.count).toBe(24);
      expect(facts.damage[0]).toMatchObject({ kind: 'invalid-element', offset: at });
      expect(videoTrackOf(facts)?.blocks.irregularSteps).toMatchObject([{ afterBlock: 0, stepTicks: 80 }]);
      expect(facts.cues.pointingNowhere).toBe(1);
    }
  });

  test('zeros in the middle of a block head, in the segment head, and behind the end', () => {
    const noSegment = Buffer.from(bytes);
    noSegment.fill(0, good.segment?.offset ?? 0, good.segment?.dataOffset);
    expect(scan(noSegment, 333)).toMatchObject({
      clusters: { count: 25, crcRight: 25 },
      cues: { pointingNowhere: 0 },
    });
    expect(scan(noSegment).damageCount).toBeGreaterThan(0);
    const longer = Buffer.concat([bytes, Buffer.alloc(100)]);
    expect(scan(longer).damage).toMatchObject([
      { kind: 'invalid-element', offset: bytes.length, endOffset: longer.length },
    ]);
  });

  test('a file that is cut anywhere is read up to there, and the cut is told', () => {
    const cuts = fc.integer({ min: 4, max: bytes.length - 1 });
    const judge = (cut: number) => {
      const facts = scan(bytes.subarray(0, cut), 50_000);
      expect(facts.truncatedAtByte).toBe(cut <= (good.segment?.offset ?? 0) && cut >= 40 ? undefined : cut);
      expect(facts.clusters.count).toBeLessThanOrEqual(25);
      expect(facts.sizeBytes).toBe(cut);
    };
    for (let cut = 1000; cut < bytes.length; cut += 1000) judge(cut);
    fc.assert(fc.property(cuts, judge), { numRuns: 150 });
  });

  test('no content makes it throw or hang', () => {
    // Of fewer frames: it is read two hundred times over.
    const short = readFileSync(makeTestMaster(folder, { name: 'short', seconds: 0.2 }).master);
    const place = fc.record({
      at: fc.integer({ min: 4, max: short.length - 1 }),
      with: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    });
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 40_000 }),
        (places, size) => {
          const damaged = Buffer.from(short);
          for (const { at, with: noise } of places) damaged.set(noise.subarray(0, damaged.length - at), at);
          const facts = scan(damaged, size);
          expect(facts.sizeBytes).toBe(short.length);
          expect(facts).toEqual(scan(damaged));
        },
      ),
      { numRuns: 150 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (noise) => {
        scan(Buffer.concat([Buffer.from('1a45dfa3', 'hex'), noise]), 100);
      }),
      { numRuns: 300 },
    );
  });
});
