import { access, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { copyHashListHead, type HashListSummary, summariseHashList } from './hash-list.ts';
import type { PassFiles } from './pass-files.ts';
import { type RecorderRecord, recordedPaths, writeRecorderRecord } from './recorder-record.ts';
import { type Cut, cutAt } from './recovery-cut.ts';
import { finalCardReport, type StatedLoss, statedLoss } from './recovery-loss.ts';
import { countPackets, provedFrames, remux, type Tools } from './recovery-remux.ts';

export interface Recovered extends StatedLoss {
  framesKept: number;
  /** The record with the names of the fresh master and its lists, on disk already; undefined when nothing could be kept. */
  record: RecorderRecord | undefined;
}

/**
 * Makes a whole master of one whose recorder died. The file as it was left stays untouched beside it. Kept are the frames
 * that are on the disk as a whole, whose hash was taken at capture, and which still decode to it; where there is not even
 * one, only the loss is stated. May be called again after it was itself interrupted.
 */
export async function recoverMaster(
  crashed: RecorderRecord,
  files: PassFiles,
  tools: Tools,
): Promise<Recovered> {
  const from = recordedPaths(crashed, files.recordPath);
  const card = await finalCardReport(crashed, files);
  const hashes = await summaryOf(from.frameHashesPath);
  const sound = from.audioHashesPath === undefined ? undefined : await summaryOf(from.audioHashesPath);
  const lossAt = (framesKept: number) => statedLoss(crashed, files, hashes?.rows[0] ?? 0, framesKept, card);
  const packets = await countPackets(from.masterPath, tools);
  if (packets && hashes) {
    let cut = cutAt(crashed, packets, hashes, sound);
    while (cut.frames > 0) {
      const stem = await freeStem(files);
      const partialPath = `${stem}.mkv.part`;
      await remux(from.masterPath, partialPath, cut, tools);
      const proved = await provedFrames(partialPath, crashed, hashes, cut, tools);
      if (proved === cut.frames) return await keep(stem, partialPath, cut);
      await rm(partialPath);
      cut = cutAt(crashed, { ...packets, video: proved }, hashes, sound);
    }
  }
  return { framesKept: 0, ...(await lossAt(0)), record: undefined };

  async function keep(stem: string, partialPath: string, { frames, blocks }: Cut): Promise<Recovered> {
    await copyHashListHead(from.frameHashesPath, `${stem}.framemd5`, frames);
    if (from.audioHashesPath !== undefined) {
      await copyHashListHead(from.audioHashesPath, `${stem}.audiomd5`, blocks);
    }
    const masterPath = `${stem}.mkv`;
    await rename(partialPath, masterPath);
    const loss = await lossAt(frames);
    const record: RecorderRecord = {
      ...crashed,
      masterName: basename(masterPath),
      frameHashesName: `${basename(stem)}.framemd5`,
      audioHashesName: from.audioHashesPath === undefined ? null : `${basename(stem)}.audiomd5`,
      recovery: {
        crashedMasterName: crashed.masterName,
        crashedFrameHashesName: crashed.frameHashesName,
        crashedAudioHashesName: crashed.audioHashesName,
        framesKept: frames,
        ...loss,
      },
    };
    await writeRecorderRecord(files.recordPath, record);
    return { framesKept: frames, ...loss, record };
  }
}

/** Undefined for a list that is not there: a recorder that died at once had not opened it yet. */
async function summaryOf(path: string): Promise<HashListSummary | undefined> {
  if (!(await exists(path))) return undefined;
  // Ten seconds of the longest lists: more than two lists can be apart.
  return summariseHashList(path, 1000);
}

/** A name of which nothing is there yet: an earlier recovery may have been interrupted itself. */
async function freeStem({ folder, base }: PassFiles): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const stem = join(folder, `${base}.recovered${attempt === 1 ? '' : `-${attempt}`}`);
    const taken = await Promise.all(
      ['.mkv', '.framemd5', '.audiomd5'].map((ending) => exists(`${stem}${ending}`)),
    );
    if (!taken.includes(true)) return stem;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
