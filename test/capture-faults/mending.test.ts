import { copyFile, mkdir, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { passFiles } from '#core/capture/pass-files.ts';
import { recordedPaths, writeRecorderRecord } from '#core/capture/recorder-record.ts';
import { recoverMaster } from '#core/capture/recovery.ts';
import { type CrashedRecording, crashRecording } from '../bench/faults/crashed-recording.ts';
import { readFrameNumbers } from '../fixtures/read-frame-numbers.ts';
import { counted, ffmpeg, smallRecipe } from './station.ts';

let folder: string;
let crashed: CrashedRecording;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-mending-'));
  crashed = await crashRecording(join(folder, 'recording'), smallRecipe(), 30);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The crashed recording in a folder of its own, its master as `change` leaves it. */
async function left(name: string, change: (master: Buffer) => void = () => {}) {
  const files = passFiles(join(folder, name), crashed.base);
  await mkdir(files.folder);
  const master = await readFile(crashed.masterPath);
  change(master);
  await writeFile(files.masterPath, master);
  await copyFile(crashed.frameHashesPath, files.frameHashesPath);
  await copyFile(crashed.audioHashesPath, files.audioHashesPath);
  await copyFile(crashed.cardReportPath, files.cardReportPath);
  await writeRecorderRecord(files.recordPath, crashed.record);
  return { files, master };
}

test('a recovery that was itself interrupted begins with the file as the crash left it', async () => {
  const { files, master } = await left('interrupted');
  const first = await recoverMaster(crashed.record, files, ffmpeg);
  if (!first.record) throw new Error('nothing was kept');
  const { masterPath } = recordedPaths(first.record, files.recordPath);
  // Power was cut before the record was written, and with half of a page of the head.
  await writeRecorderRecord(files.recordPath, crashed.record);
  {
    await using file = await open(masterPath, 'r+');
    await file.write(Buffer.alloc(700, 0xff), 0, 700, 0);
  }
  const second = await recoverMaster(crashed.record, files, ffmpeg);
  expect(second.framesKept).toBe(first.framesKept);
  if (!second.record) throw new Error('nothing was kept');
  const again = recordedPaths(second.record, files.recordPath).masterPath;
  expect(await readFrameNumbers(again, ffmpeg)).toEqual(counted(first.framesKept));
  // Once more, before the new name was given.
  await rename(again, files.masterPath);
  const third = await recoverMaster(crashed.record, files, ffmpeg);
  expect(third.framesKept).toBe(first.framesKept);
  expect((await readFile(files.frameHashesPath)).length).toBeGreaterThan(0);
  expect(master.length).toBeGreaterThan(0);
});

test('a head without room for an index is written anew, and the crashed file stays as it is', async () => {
  const { files, master } = await left('foreign', (bytes) => {
    // The room for Duration, a Void of eleven bytes, as two that are too short for it.
    const room = bytes.indexOf(Buffer.from('ec01000000000000020000', 'hex'));
    expect(room).toBeGreaterThan(0);
    Buffer.from('ec83000000ec8400000000', 'hex').copy(bytes, room);
  });
  const done = await recoverMaster(crashed.record, files, ffmpeg);
  if (!done.record) throw new Error('nothing was kept');
  expect(done.record.recovery?.crashedMasterName).toBe(crashed.record.masterName);
  expect((await readFile(files.masterPath)).equals(master)).toBe(true);
  expect((await readdir(files.folder)).filter((name) => /as-crashed|part/.test(name))).toEqual([]);
  const { masterPath } = recordedPaths(done.record, files.recordPath);
  expect(await readFrameNumbers(masterPath, ffmpeg)).toEqual(counted(done.framesKept));
});

test('a master whose disk is not there is not taken for one of which nothing was recorded', async () => {
  const { files } = await left('away');
  await rename(files.folder, `${files.folder}-unplugged`);
  await expect(recoverMaster(crashed.record, files, ffmpeg)).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
  });
  await rename(`${files.folder}-unplugged`, files.folder);
  expect((await recoverMaster(crashed.record, files, ffmpeg)).framesKept).toBeGreaterThan(20);
});
