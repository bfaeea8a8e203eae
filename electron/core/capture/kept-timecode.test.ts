import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { timecodeListEntry } from '#core/ffmpeg/timecode-list.ts';
import { rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { keepTimecode } from './kept-timecode.ts';
import type { RecorderRecord } from './recorder-record.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-kept-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (tapeFrame: number) => formatTimecode(90_000 + tapeFrame, rational(25));

/** A recording of these frames of a tape, with the recorder's list as far as it was written, and the follower's. */
async function recording(base: string, tapeFrames: readonly number[], listedFrames: number) {
  const rows = tapeFrames.map((pts) => `0, ${pts}, ${pts}, 1, 100, ${'0'.repeat(32)}`);
  const head = [
    '#format: frame checksums',
    '#version: 2',
    '#hash: MD5',
    '#tb 0: 1/25',
    '#media_type 0: video',
  ];
  await writeFile(join(folder, `${base}.framemd5`), `${[...head, ...rows].join('\n')}\n`);
  const entries = tapeFrames.slice(0, listedFrames).map((tapeFrame, frame) => {
    return timecodeListEntry(frame, tapeFrame / 25, at(tapeFrame));
  });
  await writeFile(join(folder, `${base}.timecode.list`), entries.join(''));
  const record = {
    ...{ passId: '019a0000-0000-7000-8000-000000000000', base, masterName: `${base}.mkv` },
    ...{ frameHashesName: `${base}.framemd5`, audioHashesName: null, essence: 'encode' },
    video: { frameRate: rational(25) },
    timecode: { source: 'card', list: `${base}.timecode.list`, first: null },
  } as unknown as RecorderRecord;
  const followedListPath = join(folder, `${base}.followed.list`);
  return (frames: number) =>
    keepTimecode({ record, recordPath: join(folder, `${base}.recorder.json`), frames, followedListPath });
}

const read = async (base: string) =>
  (await readFile(join(folder, `${base}.timecode.txt`), 'utf8')).trimEnd().split('\n').slice(5);

test('both sources have their rows, frames that are not kept have none, and what the card lost is no break', async () => {
  // Frames 3 and 4 of the tape were lost by the card; the last two of the recording by a crash.
  const keep = await recording('both', [0, 1, 2, 5, 6, 7, 8], 7);
  await writeFile(join(folder, 'both.followed.list'), timecodeListEntry(1, 0.04, at(901)));
  const [file, ...more] = await keep(5);
  expect(more).toEqual([]);
  expect(file).toMatchObject({ role: 'timecode', path: join(folder, 'both.timecode.txt') });
  expect(await read('both')).toEqual([
    `0\t0\tcard\t${at(0)}`,
    `1\t1\tcard\t${at(1)}`,
    `1\t1\tvitc-picture\t${at(901)}`,
    `2\t2\tcard\t${at(2)}`,
    `3\t5\tcard\t${at(5)}`,
    `4\t6\tcard\t${at(6)}`,
  ]);
});

test('an engine that died after it had cleared the list away has left the file, and that one is kept', async () => {
  const keep = await recording('again', [0, 1, 2], 3);
  const [made] = await keep(3);
  await rm(join(folder, 'again.timecode.list'));
  const [kept] = await keep(3);
  expect(kept).toEqual(made);
  expect(await read('again')).toHaveLength(3);
});

test('where nobody has offered any there is no file', async () => {
  const keep = await recording('none', [0, 1, 2], 0);
  expect(await keep(3)).toEqual([]);
  await expect(read('none')).rejects.toMatchObject({ code: 'ENOENT' });
});
