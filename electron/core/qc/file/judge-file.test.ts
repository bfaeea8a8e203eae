import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { makeTestMaster, testExpectation } from '#core/essence/test-master.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { sentence } from '#core/qc/reports/event-words.ts';
import { isOfFile, type QcResult } from '#shared/domain/qc.ts';
import { reportLanguages } from '#shared/domain/qc-report.ts';
import { fileEvents, judgeDvFile, judgeFile, withFile } from './judge-file.ts';
import { fileChecks, otherFileChecks } from './registry.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-judge-file-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  delete process.env['HELICAL_MEDIACONCH'];
});
const ffmpeg = await locateFfmpeg();
const tags =
  'setparams=field_mode=tff:color_primaries=bt470bg:color_trc=bt709:colorspace=bt470bg:range=limited';
// 192 x 144 square pixels are 4:3.
const { master } = makeTestMaster(folder, { filters: `${tags},setsar=1/1`, seconds: 0.4 });
const expectation = { ...testExpectation, sar: { num: 1, den: 1 } };

async function wrong(path: string): Promise<[string, string][]> {
  const { media } = await judgeFile(path, ffmpeg);
  return media.rules.filter(({ ok }) => !ok).map(({ id, severity }) => [id, severity]);
}

async function copy(name: string, change: (bytes: Buffer) => Buffer): Promise<string> {
  const path = join(folder, `${name}.mkv`);
  await writeFile(path, change(await readFile(master)));
  return path;
}

it('has words for every rule, and what to do where one does not hold', () => {
  const all = [...fileChecks, ...otherFileChecks];
  for (const language of reportLanguages) {
    const missing = all.flatMap(({ titleKey, explanationKey }) =>
      [titleKey, explanationKey].filter((key) => sentence(language, key) === undefined),
    );
    expect(missing).toEqual([]);
  }
  expect(fileChecks.filter(({ remedy }) => !/^[A-Z].*\.$/.test(remedy))).toEqual([]);
  // These two have their places in the picture.
  const placed = all.filter((check) => !isOfFile({ check: check.id })).map(({ id }) => id);
  expect(placed).toEqual(['slice-errors', 'dv-errors']);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

it('passes a good master by every rule, and by MediaConch, or says that it is not installed', async () => {
  const { media } = await judgeFile(master, ffmpeg);
  expect(media.rules.filter(({ ok }) => !ok)).toEqual([]);
  const judged = new Set(media.rules.map(({ id }) => id));
  // The raster is stated by a seal alone.
  expect(fileChecks.map(({ id }) => id).filter((id) => !judged.has(id))).toEqual(['file-raster']);
  const order = media.rules.find(({ id }) => id === 'file-field-order');
  expect(order?.measured).toBe('interlaced, top field first');
  if (media.mediaconch.notRun !== undefined) expect(media.mediaconch.notRun).toContain('not installed');
  else expect(media.mediaconch).toMatchObject({ applied: media.mediaconch.passed, problems: [] });
});

it('fails a file of which bytes are changed or missing, whatever is in it', async () => {
  const changed = await copy('changed', (bytes) => {
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  });
  expect(await wrong(changed)).toContainEqual(['file-matroska-crc', 'fail']);
  const cut = await copy('cut', (bytes) => bytes.subarray(0, bytes.length * 0.7));
  expect(await wrong(cut)).toContainEqual(['file-matroska-structure', 'fail']);
  const told = new Map(
    fileEvents(await judgeFile(cut, ffmpeg), 7).map(({ check, message }) => [check, message]),
  );
  expect(told.get('file-matroska-structure')).toMatch(/^It ends early: 0\.\d of 0\.4 s are there\. /);
  // To remux what is left would make the damage a good file.
  for (const check of ['file-matroska-cues', 'file-matroska-duration'])
    expect(told.get(check)).toContain('find a whole copy');
  const headless = await copy('headless', (bytes) => bytes.fill(0xff, 4, 60));
  await expect(judgeFile(headless, ffmpeg)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
});

it('warns of what makes a poor master, and fails nothing of it', async () => {
  const { master: poor } = makeTestMaster(folder, {
    name: 'poor',
    seconds: 0.4,
    encoder: ['ffv1', '-level', '3', '-g', '10', '-slicecrc', '0', '-slices', '4'],
    filters: 'setsar=2/1',
    muxer: ['-write_crc32', '0', '-c:a', 'aac'],
  });
  const found = await wrong(poor);
  expect(found.map(([id]) => id).sort()).toEqual([
    ...['file-aspect', 'file-audio-format', 'file-colour-tags', 'file-ffv1-intra', 'file-ffv1-slice-crc'],
    'file-matroska-crc',
  ]);
  expect(new Set(found.map(([, severity]) => severity))).toEqual(new Set(['warn']));
});

it.each(['0', '1'])(
  'calls FFV1 of version %s old, and neither damaged nor bound to other frames',
  async (level) => {
    const { master: old } = makeTestMaster(folder, {
      name: `level-${level}`,
      seconds: 0.4,
      encoder: ['ffv1', '-level', level, '-g', '1'],
      pixelFormat: 'yuv422p',
    });
    const told = new Map(
      fileEvents(await judgeFile(old, ffmpeg), 10).map(({ check, message }) => [check, message]),
    );
    expect(told.get('file-ffv1-version')).toContain(
      'a version before 3, which has no checksums; that is no damage',
    );
    expect([...told.keys()]).not.toContain('file-ffv1-intra');
  },
);

it('says nothing of the style of what is no master', async () => {
  const { master: other } = makeTestMaster(folder, {
    name: 'other',
    seconds: 0.4,
    encoder: ['mpeg2video'],
    pixelFormat: 'yuv420p',
    muxer: ['-write_crc32', '0'],
  });
  expect(await wrong(other)).toEqual([]);
});

it('judges by the seal where there is one: what it stated and does not hold is a failure', async () => {
  const sealed = await copy('sealed', (bytes) => bytes);
  const sizeBytes = (await readFile(sealed)).length;
  const seal = {
    ...{ format: 'helical-seal', version: 1, passId: 'p', tapeIdentifier: 't', sealed: true, software: [] },
    sealedAt: '2026-11-23T03:00:00.000Z',
    master: {
      name: 'sealed.mkv',
      sizeBytes,
      md5: 'a'.repeat(32),
      sha256: 'b'.repeat(64),
      sha512: 'c'.repeat(128),
    },
    frameHashes: { name: 'f.framemd5', sha256: 'd'.repeat(64), algorithm: 'md5' },
    audioHashes: { name: 'a.audiomd5', sha256: 'e'.repeat(64), algorithm: 'md5' },
    expectation,
    checks: [{ id: 'frame-count', ok: true, expected: '25', measured: '25', message: '' }],
  };
  const write = (changed: object) =>
    writeFile(join(folder, 'sealed.seal.json'), JSON.stringify({ ...seal, ...changed }));
  await write({});
  expect(await wrong(sealed)).toEqual([]);
  await write({ expectation: { ...expectation, slices: 16, sar: { num: 12, den: 11 } } });
  expect(await wrong(sealed)).toEqual([
    ['file-ffv1-slices', 'fail'],
    ['file-aspect', 'fail'],
  ]);
  await write({ master: { ...seal.master, sizeBytes: sizeBytes + 1 } });
  expect(await wrong(sealed)).toEqual([['file-seal', 'fail']]);
  await writeFile(join(folder, 'sealed.seal.json'), '{');
  expect(await wrong(sealed)).toEqual([['file-seal', 'fail']]);
});

it('asks MediaConch where it is installed, keeps its words, and tells what it found as an event of the whole file', async () => {
  const program = join(folder, 'mediaconch');
  const report = `<MediaConch xmlns="https://mediaarea.net/mediaconch" version="0.3"><media ref="x.mkv"><implementationChecks><check icid="EBML-CRC"><test outcome="fail" reason="CRC is wrong"/></check><check icid="OK"><test outcome="pass"/></check></implementationChecks></media></MediaConch>`;
  await writeFile(
    program,
    `#!${process.execPath}\nif (process.argv.slice(2, 4).join() !== '-mc,-fx') process.exit(9);\nprocess.stdout.write(${JSON.stringify(report)});\n`,
  );
  await chmod(program, 0o755);
  process.env['HELICAL_MEDIACONCH'] = program;
  const judged = await judgeFile(master, ffmpeg);
  expect(judged.media.mediaconch).toEqual({
    ...{ applied: 2, passed: 1, report },
    problems: [{ rule: 'EBML-CRC', what: 'fail, CRC is wrong' }],
  });
  const result: QcResult = {
    ...{
      file: master,
      frames: 25,
      fps: '25/1',
      standard: 'other',
      profile: { id: 'p', name: 'P' },
      events: [],
    },
    summary: { info: 0, warn: 0, fail: 0, intended: 0, checks: ['black'], notJudged: [] },
  };
  const whole = withFile(result, judged);
  expect(whole.events).toMatchObject([
    { check: 'file-mediaconch', startFrame: 0, endFrame: 24, severity: 'warn' },
  ]);
  expect(whole.summary).toMatchObject({ warn: 1, fail: 0 });
  expect(whole.summary.checks).toEqual(
    expect.arrayContaining(['black', 'file-mediaconch', 'file-matroska-crc']),
  );

  await writeFile(program, `#!${process.execPath}\nprocess.stdout.write('<MediaConch>');\n`);
  const { media } = await judgeFile(master, ffmpeg);
  expect(media.mediaconch.notRun).toContain('cannot be read');
  process.env['HELICAL_MEDIACONCH'] = join(folder, 'none');
  await expect(judgeFile(master, ffmpeg)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

it('reads the marks of a DV stream out of its container, head by head', async () => {
  const dv = join(folder, 'tape.dv');
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=720x576:r=25', '-frames:v', '12', '-target', 'pal-dv'];
  execFileSync(ffmpeg.ffmpegPath, ['-v', 'error', '-y', ...picture, dv]);
  const bytes = await readFile(dv);
  // From the third frame on every video block of the odd sequences is marked as replaced from the frame before.
  for (let at = 2 * 144_000; at < bytes.length; at += 80) {
    const sequence = Math.floor((at % 144_000) / 12_000);
    if ((bytes[at] ?? 0) >> 5 === 4 && sequence % 2 === 1)
      bytes[at + 3] = 0x2f & (0x20 | (bytes[at + 3] ?? 0));
  }
  await writeFile(dv, bytes);
  const mkv = join(folder, 'tape.mkv');
  execFileSync(ffmpeg.ffmpegPath, ['-v', 'error', '-y', '-i', dv, '-c', 'copy', mkv]);
  const { media, dvEvents } = await judgeFile(mkv, ffmpeg);
  expect(media.dv).toMatchObject({
    frames: 12,
    faultyFrames: 10,
    badVideoBlocks: 10 * 6 * 135,
    evenShare: 0,
  });
  expect(dvEvents).toMatchObject([{ check: 'dv-errors', startFrame: 2, endFrame: 11, severity: 'fail' }]);
  expect(media.rules.filter(({ ok }) => !ok)).toEqual([]);
  expect(await judgeDvFile(mkv, ffmpeg)).toEqual({ tally: media.dv, events: dvEvents });
  expect(await judgeDvFile(master, ffmpeg)).toBeUndefined();
});
