import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { digestFile } from './digests.ts';
import { allHold, runMasterChecks } from './master-checks.ts';
import { createMatroskaScanner } from './matroska.ts';
import { scanMaster } from './scan-master.ts';
import { readSealFile, type SealFile, sealPathOf, writeSealFile } from './seal-file.ts';
import { decodeTestMaster, makeTestMaster, testExpectation } from './test-master.ts';
import { verifyMasterFile } from './verify-master.ts';

const folder = mkdtempSync(join(tmpdir(), 'helical-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));
const tags = ['-metadata', 'HELICAL_PASS_ID=pass-1', '-metadata', 'CATALOG_NUMBER=T-0007'];
const source = makeTestMaster(folder, { muxer: tags });
const goodBytes = readFileSync(source.master);

let round = 0;
let home = '';
let master = '';
let seal: SealFile;

async function sealOf(made = source, capturedFrames = 25): Promise<SealFile> {
  const { digests, facts, ffv1 } = await scanMaster(master);
  const hashList = async (path: string, name: string) => {
    const { sha256 } = await digestFile(path, { algorithms: ['sha256'] });
    return { name, sha256, algorithm: 'md5' };
  };
  const omit = ['frame-hashes', 'audio-hashes'];
  const checks = runMasterChecks({ facts, ffv1, expectation: testExpectation, capturedFrames }, { omit });
  return {
    format: 'helical-seal',
    version: 1,
    passId: 'pass-1',
    tapeIdentifier: 'T-0007',
    master: { name: 'master.mkv', ...digests },
    frameHashes: await hashList(made.frames, 'master.framehash'),
    audioHashes: await hashList(made.sound, 'master.audiohash'),
    expectation: testExpectation,
    checks,
    sealed: allHold(checks),
    sealedAt: '2026-01-02T03:04:05.000Z',
    software: [{ name: 'ffmpeg', version: '5.1.9' }],
    logHead: { seq: 12, hash: 'ab'.repeat(32) },
    framesDropped: 0,
  };
}

beforeEach(async () => {
  round += 1;
  home = join(folder, `round-${round}`);
  mkdirSync(home);
  master = join(home, 'master.mkv');
  copyFileSync(source.master, master);
  copyFileSync(source.frames, join(home, 'master.framehash'));
  copyFileSync(source.sound, join(home, 'master.audiohash'));
  seal = await sealOf();
  await writeSealFile(master, seal);
});

/** The seal of a pass that did not hold. */
function refused(): SealFile {
  const [first, ...others] = seal.checks;
  if (!first) throw new Error('no check');
  return { ...seal, checks: [{ ...first, ok: false, message: 'It is not so.' }, ...others], sealed: false };
}

const rules = (result: { problems: { rule: string }[] }) => [
  ...new Set(result.problems.map((problem) => problem.rule)),
];
const decode = async (path: string) => decodeTestMaster(path);

describe('the seal file', () => {
  test('is read as it was written, and renewed only by its own pass', async () => {
    expect(sealPathOf('/a/tape 1.v2.mkv')).toBe(join('/a', 'tape 1.v2.seal.json'));
    expect(await readSealFile(master)).toEqual(seal);
    await writeSealFile(master, { ...seal, framesDropped: 2 });
    expect((await readSealFile(master))?.framesDropped).toBe(2);
    await expect(writeSealFile(master, { ...seal, passId: 'other' })).rejects.toMatchObject({
      code: 'FILE_EXISTS',
    });
    expect((await readSealFile(master))?.passId).toBe('pass-1');
    await expect(
      writeSealFile(master, { ...seal, frameHashes: { ...seal.frameHashes, name: '../x' } }),
    ).rejects.toThrow();
  });
});

describe('a seal that contradicts itself', () => {
  const { sar: _sar, ...withoutAspect } = testExpectation;
  const { audioTracks: _tracks, ...withoutTracks } = testExpectation;
  const forgeries: [string, () => object, RegExp][] = [
    ['says no, and its checks yes', () => ({ ...seal, sealed: false }), /says sealed: false/],
    ['says yes, and a check no', () => ({ ...refused(), sealed: true }), /says sealed: true/],
    ['holds no check', () => ({ ...seal, checks: [] }), /holds no check/],
    ['keeps quiet about the aspect', () => ({ ...seal, expectation: withoutAspect }), /expected of: sar/],
    [
      'keeps quiet about the sound',
      () => ({ ...seal, expectation: withoutTracks }),
      /expected of: audioTracks/,
    ],
    ['lost the list of sound', () => ({ ...seal, audioHashes: undefined }), /no list of its hashes/],
  ];
  test.each(forgeries)('%s', async (_what, forged, sentence) => {
    writeFileSync(sealPathOf(master), JSON.stringify(forged()));
    const result = await verifyMasterFile(master);
    expect(rules(result)).toEqual(['seal-unreadable']);
    expect(result.problems[0]?.message).toMatch(sentence);
    await expect(writeSealFile(master, forged() as SealFile)).rejects.toThrow();
  });

  test('is of another pass or another tape than the master itself says', async () => {
    for (const change of [{ passId: 'pass-2' }, { tapeIdentifier: 'T-0008' }]) {
      writeFileSync(sealPathOf(master), JSON.stringify({ ...seal, ...change }));
      expect(rules(await verifyMasterFile(master))).toEqual(['seal-identity']);
    }
  });
});

describe('verifying a master from files alone', () => {
  test('a seal that was given to a master whose last frames were lost is told of', async () => {
    const lossOf = async (framesDropped: number, endReason: SealFile['endReason']) => {
      await writeSealFile(master, { ...seal, framesDropped, endReason });
      return rules(await verifyMasterFile(master));
    };
    expect(await lossOf(2, 'operator')).toEqual(['frames-lost']);
    expect(await lossOf(0, 'operator')).toEqual([]);
    expect(await lossOf(2, 'device-gone')).toEqual([]);
  });

  test('a sealed master is right, with and without decoding', async () => {
    const quick = await verifyMasterFile(master);
    expect(quick).toMatchObject({ path: master, kind: 'master', ok: true, problems: [] });
    expect(quick.checks.map((check) => check.id)).not.toContain('frame-hashes');
    const whole = await verifyMasterFile(master, { decode });
    expect(whole).toMatchObject({ ok: true, problems: [] });
    expect(whole.checks).toContainEqual(expect.objectContaining({ id: 'frame-hashes', ok: true }));
    expect(whole.checks).toContainEqual(expect.objectContaining({ id: 'audio-hashes', ok: true }));
  });

  test('tracks of sound are compared one by one, however their blocks are ordered among each other', async () => {
    const decodeInTurn = async (path: string) => {
      const lists = decodeTestMaster(path);
      const lines = readFileSync(lists.audio, 'utf8').split('\n');
      const isHead = (line: string) => line.startsWith('#') || line === '';
      const trackOf = (line: string) => Number.parseInt(line, 10);
      const blocks = lines.filter((line) => !isHead(line)).sort((a, b) => trackOf(a) - trackOf(b));
      writeFileSync(
        lists.audio,
        `${[...lines.filter((line) => line.startsWith('#')), ...blocks].join('\n')}\n`,
      );
      return lists;
    };
    expect(await verifyMasterFile(master, { decode: decodeInTurn })).toMatchObject({
      ok: true,
      problems: [],
    });
    const swapped = async (path: string) => {
      const lists = await decodeInTurn(path);
      const lines = readFileSync(lists.audio, 'utf8').trimEnd().split('\n');
      const at = lines.findIndex((line) => /^1,/.test(line));
      [lines[at], lines[at + 1]] = [lines[at + 1] ?? '', lines[at] ?? ''];
      writeFileSync(lists.audio, `${lines.join('\n')}\n`);
      return lists;
    };
    expect(rules(await verifyMasterFile(master, { decode: swapped }))).toEqual(['audio-hashes']);
  });

  test('without a seal only the structure is judged, and said so', async () => {
    rmSync(sealPathOf(master));
    const result = await verifyMasterFile(master);
    expect(rules(result)).toEqual(['no-seal']);
    expect(result.checks.length).toBeGreaterThan(7);
    expect(result.checks.every((check) => check.ok)).toBe(true);
  });

  test('a broken seal, one that says no, and one of another file', async () => {
    writeFileSync(sealPathOf(master), '{"format":');
    expect(rules(await verifyMasterFile(master))).toEqual(['seal-unreadable']);
    writeFileSync(sealPathOf(master), JSON.stringify(refused()));
    expect(rules(await verifyMasterFile(master))).toEqual(['not-sealed']);
    writeFileSync(
      sealPathOf(master),
      JSON.stringify({ ...seal, master: { ...seal.master, name: 'other.mkv' } }),
    );
    expect(rules(await verifyMasterFile(master))).toEqual(['fixity']);
  });

  test('a hash list that was changed, cut or is gone', async () => {
    const list = join(home, 'master.framehash');
    const text = readFileSync(list, 'utf8');
    writeFileSync(list, text.replace(/[0-9a-f]{32}\n$/, `${'0'.repeat(32)}\n`));
    expect(rules(await verifyMasterFile(master, { decode }))).toEqual(['hash-list', 'frame-hashes']);
    writeFileSync(list, text.slice(0, -20));
    expect(rules(await verifyMasterFile(master))).toEqual(['hash-list', 'frame-count']);
    rmSync(list);
    expect(rules(await verifyMasterFile(master))).toEqual(['hash-list']);
  });

  test('a master that is not there, or is no Matroska', async () => {
    writeFileSync(master, 'not a film');
    expect(rules(await verifyMasterFile(master))).toContain('unreadable');
    rmSync(master);
    expect(rules(await verifyMasterFile(master))).toContain('unreadable');
  });

  test('an abort is thrown, not told as damage', async () => {
    await expect(verifyMasterFile(master, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  test('every flipped bit is found by digest, and its place by the structure', {
    timeout: 60_000,
  }, async () => {
    // Five frames: they are read three hundred times over.
    const short = makeTestMaster(folder, { name: 'short', seconds: 0.2, muxer: tags });
    copyFileSync(short.master, master);
    copyFileSync(short.frames, join(home, 'master.framehash'));
    copyFileSync(short.sound, join(home, 'master.audiohash'));
    rmSync(sealPathOf(master));
    await writeSealFile(master, await sealOf(short, 5));
    expect(await verifyMasterFile(master)).toMatchObject({ ok: true });
    const shortBytes = readFileSync(master);
    const scanner = createMatroskaScanner();
    scanner.write(shortBytes);
    const { segment, elements } = scanner.end();
    // The EBML header has no CRC, and what is in a Void is nothing: there only the digest tells.
    const voidStart = (elements[0]?.offset ?? 0) + (elements[0]?.sizeBytes ?? 0);
    const voidEnd = elements[1]?.offset ?? 0;
    const isSilent = (at: number) => at < (segment?.offset ?? 0) || (at >= voidStart && at < voidEnd);
    const flips = fc.tuple(
      fc.integer({ min: 0, max: shortBytes.length - 1 }),
      fc.integer({ min: 0, max: 7 }),
    );
    const heads = fc.tuple(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 7 }));
    let placed = 0;
    const judge = async ([at, bit]: [number, number]) => {
      const damaged = Buffer.from(shortBytes);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
      writeFileSync(master, damaged);
      const result = await verifyMasterFile(master);
      expect(result.ok).toBe(false);
      expect(rules(result).some((rule) => rule === 'fixity' || rule === 'unreadable')).toBe(true);
      if (isSilent(at)) return;
      expect(rules(result)).toEqual(
        expect.arrayContaining([expect.stringMatching(/^matroska-(crc|structure)/)]),
      );
      const { facts } = await scanMaster(master);
      // A flip in the id of a CRC element makes another element of it: told by the place of what is without CRC.
      const bare = [
        facts.clusters.firstWithoutCrcOffset,
        ...facts.elements.filter((e) => e.crc === 'absent').map((e) => e.offset),
      ];
      const inDamage = facts.damage.some((damage) => damage.offset <= at + 12 && damage.endOffset >= at);
      expect(inDamage || bare.some((offset) => offset !== undefined && Math.abs(at - offset) <= 16)).toBe(
        true,
      );
      placed += 1;
    };
    await fc.assert(fc.asyncProperty(flips, judge), { numRuns: 200 });
    await fc.assert(fc.asyncProperty(heads, judge), { numRuns: 100 });
    expect(placed).toBeGreaterThan(200);
  });

  test('a flipped bit in a picture is told by frame when it is decoded', async () => {
    const { facts } = await scanMaster(master);
    const at = Math.floor(((facts.clusters.firstOffset ?? 0) + (facts.clusters.lastOffset ?? 0)) / 2) + 5000;
    const damaged = Buffer.from(goodBytes);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    writeFileSync(master, damaged);
    const result = await verifyMasterFile(master, { decode });
    expect(rules(result)).toEqual(expect.arrayContaining(['fixity', 'matroska-crc', 'matroska-structure']));
    expect(rules(result).some((rule) => rule === 'frame-hashes' || rule === 'audio-hashes')).toBe(true);
  });

  test('a file that is cut anywhere is told as cut, never thrown', async () => {
    const cut = async (length: number) => {
      writeFileSync(master, goodBytes.subarray(0, length));
      const result = await verifyMasterFile(master);
      expect(result.ok).toBe(false);
      expect(rules(result)).toEqual(
        expect.arrayContaining([length < 1 ? 'unreadable' : 'matroska-structure']),
      );
    };
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: goodBytes.length - 1 }), cut), {
      numRuns: 60,
    });
  });
});
