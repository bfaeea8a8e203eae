import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, open, readFile, truncate, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { summariseHashList } from '#core/capture/hash-list.ts';
import { type PassFiles, passFiles } from '#core/capture/pass-files.ts';
import { type RecorderRecord, writeRecorderRecord } from '#core/capture/recorder-record.ts';
import { type BlockIndex, indexBlocks } from '#core/essence/block-index.ts';
import { readCluster } from '#core/essence/cluster-blocks.ts';
import { masterWithCrc, uintElement } from '#core/essence/ebml-writer.ts';
import { parseFrameHashRow } from '#core/essence/frame-hashes.ts';
import { clusterId } from '#core/essence/matroska-elements.ts';
import type { CrashedRecording } from './faults/crashed-recording.ts';

/** A master of a long tape whose recorder died, as recovery meets it. */
export interface PartialMaster {
  record: RecorderRecord;
  files: PassFiles;
  frames: number;
  sizeBytes: number;
}

const timestampId = 0xe7;
/** PAL: a frame and a block of sound are both 40 ms. */
const blockMs = 40;
const blockSamples = 1920;

/**
 * Makes the crashed master of a long tape by repeating the clusters of a real one, with times that go on and CRCs that fit; its lists
 * likewise. It ends `cutBytes` before the end of its last cluster.
 */
export async function buildPartialMaster(
  folder: string,
  crashed: CrashedRecording,
  frames: number,
  cutBytes: number,
): Promise<PartialMaster> {
  await mkdir(folder, { recursive: true });
  const files = passFiles(folder, crashed.base);
  const index = await indexBlocks(crashed.masterPath);
  if (!index) throw new Error('there is nothing to repeat');
  // As many blocks of every track, and rows of every list, which a kill leaves shorter than the file as often as longer: so that the
  // part can follow itself.
  const listed = await Promise.all(
    [crashed.frameHashesPath, crashed.audioHashesPath].map((path) => summariseHashList(path, 1)),
  );
  const rows = listed.flatMap((list) => list?.rows ?? []);
  const unitFrames = Math.min(...index.tracks.map(({ blocks }) => blocks), ...rows);
  const repeats = Math.ceil(frames / unitFrames);
  await pipeline(
    repeated(crashed.masterPath, index, unitFrames, repeats),
    createWriteStream(files.masterPath),
  );
  const { size } = await sizeOf(files.masterPath);
  await truncate(files.masterPath, size - cutBytes);
  await writeList(crashed.frameHashesPath, files.frameHashesPath, unitFrames, repeats, 1);
  await writeList(crashed.audioHashesPath, files.audioHashesPath, unitFrames, repeats, blockSamples);
  await writeRecorderRecord(files.recordPath, crashed.record);
  await copyFile(crashed.cardReportPath, files.cardReportPath);
  const card = JSON.parse(await readFile(files.cardReportPath, 'utf8'));
  const capturedFrames = unitFrames * repeats + 4;
  await writeFile(
    files.cardReportPath,
    JSON.stringify({ ...card, capturedFrames, droppedFrames: 0, drops: [] }),
  );
  return { record: crashed.record, files, frames: unitFrames * repeats, sizeBytes: size - cutBytes };
}

async function* repeated(
  path: string,
  index: BlockIndex,
  unitFrames: number,
  repeats: number,
): AsyncGenerator<Buffer> {
  await using file = await open(path, 'r');
  const unit = [];
  const seen = new Map<number, number>();
  for (let number = 0; number < index.clusters.length; number += 1) {
    const { ticks, blocks } = await readCluster(file, index, number);
    const taken = blocks.filter(({ trackNumber }) => {
      const before = seen.get(trackNumber) ?? 0;
      seen.set(trackNumber, before + 1);
      return before < unitFrames;
    });
    if (taken.length > 0) unit.push({ ticks, blocks: taken });
  }
  yield index.head;
  for (let turn = 0; turn < repeats; turn += 1) {
    for (const { ticks, blocks } of unit) {
      const stamp = uintElement(timestampId, ticks + turn * unitFrames * blockMs);
      yield masterWithCrc(clusterId, [stamp, ...blocks.map(({ bytes }) => bytes)]);
    }
  }
}

async function writeList(
  from: string,
  to: string,
  unitRows: number,
  repeats: number,
  duration: number,
): Promise<void> {
  const head: string[] = [];
  const rows: { stream: number; at: number; tail: string }[] = [];
  const counts: number[] = [];
  for await (const line of createInterface({ input: createReadStream(from) })) {
    const row = parseFrameHashRow(line);
    if (!row) {
      if (line.startsWith('#')) head.push(line);
      continue;
    }
    const at = counts[row.stream] ?? 0;
    counts[row.stream] = at + 1;
    if (at < unitRows)
      rows.push({ stream: row.stream, at, tail: `${duration}, ${row.sizeBytes}, ${row.hash}` });
  }
  await pipeline(function* () {
    yield `${head.join('\n')}\n`;
    for (let turn = 0; turn < repeats; turn += 1) {
      const lines = rows.map(({ stream, at, tail }) => {
        const time = (turn * unitRows + at) * duration;
        return `${stream}, ${time}, ${time}, ${tail}\n`;
      });
      yield lines.join('');
    }
  }, createWriteStream(to));
}

async function sizeOf(path: string) {
  await using file = await open(path, 'r');
  return file.stat();
}
