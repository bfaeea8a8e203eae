import { copyFile, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { passFiles } from '#core/capture/pass-files.ts';
import { recordedPaths, writeRecorderRecord } from '#core/capture/recorder-record.ts';
import { recoverMaster } from '#core/capture/recovery.ts';
import { indexBlocks } from '#core/essence/block-index.ts';
import { vint } from '#core/essence/ebml-writer.ts';
import { createMatroskaScanner } from '#core/essence/matroska.ts';
import { counted } from '../../capture-faults/station.ts';
import { readFrameNumbers } from '../../fixtures/read-frame-numbers.ts';
import { type Bench, type BenchContext, worstRow } from '../bench.ts';
import { crashRecording } from './crashed-recording.ts';

const voidId = 0xec;
/** More than 32 bits can count. */
const gapBytes = 4.5 * 2 ** 30;

/**
 * A crashed master with more than 4 GiB between two of its clusters (a Void element, sparse on the disk): index, mending, Cues behind it, the
 * whole structure, and ffmpeg's own reading by those Cues.
 */
export const beyondFourGibibytes: Bench = {
  name: 'faults/beyond-4-gib',
  run: async (context) => [await mendLargeMaster(context)],
};

async function factsOf(path: string) {
  const scanner = createMatroskaScanner();
  const memory = Buffer.alloc(4 << 20);
  await using file = await open(path, 'r');
  for (let offset = 0; ; ) {
    const { bytesRead } = await file.read(memory, 0, memory.length, offset);
    if (bytesRead === 0) return scanner.end();
    scanner.write(memory.subarray(0, bytesRead));
    offset += bytesRead;
  }
}

async function mendLargeMaster({
  folder,
  ffmpeg,
}: Pick<BenchContext, 'folder' | 'ffmpeg'>): Promise<Awaited<ReturnType<Bench['run']>>[number]> {
  const recipe = {
    name: 'large',
    description: 'A tape for large files',
    seed: 1972,
    standard: 'PAL',
    raster: { width: 192, height: 144 },
    channels: 4,
    segments: [{ content: 'scene', seconds: 30 }],
  };
  const crashed = await crashRecording(join(folder, 'large-recording'), recipe, 60);
  const files = passFiles(join(folder, 'large'), crashed.base);
  await mkdir(files.folder);
  const bytes = await readFile(crashed.masterPath);
  const index = await indexBlocks(crashed.masterPath);
  if (!index) throw new Error('nothing was recorded');
  const middle = index.clusters.at(Math.floor(index.clusters.length / 2));
  const head = Buffer.concat([Buffer.of(voidId), vint(gapBytes - 9, 8)]);
  {
    await using master = await open(files.masterPath, 'wx');
    await master.write(bytes, 0, middle, 0);
    await master.write(head, 0, head.length, middle);
    await master.write(bytes, middle, bytes.length - middle, middle + gapBytes);
  }
  await copyFile(crashed.frameHashesPath, files.frameHashesPath);
  await copyFile(crashed.audioHashesPath, files.audioHashesPath);
  await copyFile(crashed.cardReportPath, files.cardReportPath);
  await writeRecorderRecord(files.recordPath, crashed.record);
  const { record, framesKept } = await recoverMaster(crashed.record, files, ffmpeg);
  const wrong: string[] = [];
  if (!record) throw new Error('nothing was kept');
  const { masterPath } = recordedPaths(record, files.recordPath);
  const facts = await factsOf(masterPath);
  const { cues, clusters } = facts;
  if (facts.damageCount > 0 || facts.truncatedAtByte !== undefined) wrong.push('the mended file is damaged');
  if (clusters.crcRight !== clusters.count) wrong.push('a CRC-32 is wrong');
  if (cues.videoCount !== framesKept || cues.pointingNowhere > 0 || cues.clustersWithoutCue > 0)
    wrong.push('Cues');
  if (facts.seekHead.some(({ right }) => !right)) wrong.push('the SeekHead points elsewhere');
  const numbers = await readFrameNumbers(masterPath, ffmpeg);
  if (numbers.join() !== counted(framesKept).join())
    wrong.push(`ffmpeg reads ${numbers.length} frames of ${framesKept}`);
  return worstRow(
    {
      name: 'faults/beyond-4-gib',
      what: 'Things that were not as they should be in a mended master of which half lies behind 4 GiB',
      unit: 'things',
      budget: { of: 'value', limit: 'at-most', value: 0 },
      notes: [
        `${framesKept} frames in ${(facts.sizeBytes / 2 ** 30).toFixed(2)} GiB (sparse), Cues at byte ${facts.elements.find(({ name }) => name === 'Cues')?.offset}; read back by ffmpeg by their numbers.`,
        ...wrong,
      ],
    },
    wrong.length,
    1,
  );
}
