import { rename, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type BlockIndex, indexBlocks } from '#core/essence/block-index.ts';
import { type Mend, planMend } from '#core/essence/mend-master.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { isInPlace } from './disk-fate.ts';
import { copyHashListHead, type HashListSummary, summariseHashList } from './hash-list.ts';
import type { PassFiles } from './pass-files.ts';
import { type RecorderRecord, recordedPaths, writeRecorderRecord } from './recorder-record.ts';
import { type Cut, cutAt } from './recovery-cut.ts';
import { finalCardReport, type StatedLoss, statedLoss } from './recovery-loss.ts';
import { exists, mendInPlace, undoMending } from './recovery-mend.ts';
import { endIndexAtDamage, packetsOf, provedFrames } from './recovery-proof.ts';
import { remux } from './recovery-remux.ts';

export interface Recovered extends StatedLoss {
  framesKept: number;
  /** The record with the names of the mended master and its lists, on disk already; undefined when nothing could be kept. */
  record: RecorderRecord | undefined;
}

/**
 * Makes a whole master of one whose recorder died: where it lies, with what changes taken aside, so that the file as the crash left
 * it can be made again. Kept are the frames that are on the disk as a whole, whose hash was taken at capture, and which still
 * decode to it; where there is not even one, only the loss is stated. May be called again after it was itself interrupted.
 */
export async function recoverMaster(
  crashed: RecorderRecord,
  files: PassFiles,
  tools: { ffmpegPath: string },
): Promise<Recovered> {
  const from = recordedPaths(crashed, files.recordPath);
  const asCrashedPath = join(files.folder, `${files.base}.as-crashed`);
  await refuseAway(files);
  await undoMending(asCrashedPath);
  const card = await finalCardReport(crashed, files);
  const [hashes, sound, index] = await Promise.all([
    summaryOf(from.frameHashesPath),
    from.audioHashesPath === undefined ? undefined : summaryOf(from.audioHashesPath),
    exists(from.masterPath).then((isThere) => (isThere ? indexBlocks(from.masterPath) : undefined)),
  ]);
  const lossAt = (framesKept: number) => statedLoss(crashed, files, hashes?.rows[0] ?? 0, framesKept, card);
  if (index && hashes) {
    await endIndexAtDamage(from.masterPath, index);
    const packets = packetsOf(index);
    let cut = cutAt(crashed, packets, hashes, sound);
    while (cut.frames > 0) {
      // Nearly always all of it is proved: what is to be written is known by then.
      const [proved, mend] = await Promise.all([
        provedFrames(from.masterPath, index, crashed, hashes, cut, tools),
        planMend(from.masterPath, index, cut),
      ]);
      if (proved === cut.frames) return await keep(index, cut, mend, hashes);
      cut = cutAt(crashed, { ...packets, video: proved }, hashes, sound);
    }
  }
  return { framesKept: 0, ...(await lossAt(0)), record: undefined };

  async function keep(
    found: BlockIndex,
    cut: Cut,
    mend: Mend | undefined,
    pictures: HashListSummary,
  ): Promise<Recovered> {
    await refuseGrowing(from.masterPath, found);
    const stem = await freeStem(files);
    await copyHashListHead(from.frameHashesPath, `${stem}.framemd5`, cut.frames, pictures.marks);
    if (from.audioHashesPath !== undefined) {
      await copyHashListHead(from.audioHashesPath, `${stem}.audiomd5`, cut.blocks, sound?.marks ?? []);
    }
    const masterPath = `${stem}.mkv`;
    if (mend) {
      const { sizeBytes } = found;
      await mendInPlace({
        masterPath: from.masterPath,
        mendedPath: masterPath,
        asCrashedPath,
        sizeBytes,
        mend,
      });
    } else {
      await remux(from.masterPath, `${masterPath}.part`, cut, tools);
      await rename(`${masterPath}.part`, masterPath);
    }
    const loss = await lossAt(cut.frames);
    const record: RecorderRecord = {
      ...crashed,
      masterName: basename(masterPath),
      frameHashesName: `${basename(stem)}.framemd5`,
      audioHashesName: from.audioHashesPath === undefined ? null : `${basename(stem)}.audiomd5`,
      recovery: {
        crashedMasterName: mend ? basename(asCrashedPath) : crashed.masterName,
        crashedFrameHashesName: crashed.frameHashesName,
        crashedAudioHashesName: crashed.audioHashesName,
        framesKept: cut.frames,
        ...loss,
      },
    };
    await writeRecorderRecord(files.recordPath, record);
    return { framesKept: cut.frames, ...loss, record };
  }
}

/** A disk that is not there says nothing about what is on it. */
async function refuseAway(files: PassFiles): Promise<void> {
  if (await isInPlace(files)) return;
  throw new HelicalError('FILE_UNREADABLE', {
    problem: `The folder of this master is not in its place: ${files.folder}.`,
    safe: 'What was recorded is on the disk that was there.',
    remedy: 'Connect that disk again and recover the pass again.',
  });
}

/** Where a system does not tell which process records, a recorder that was thought dead may write still: hands off. */
async function refuseGrowing(path: string, { sizeBytes }: BlockIndex): Promise<void> {
  const { size } = await stat(path);
  if (size === sizeBytes) return;
  throw new HelicalError('WRONG_STATE', {
    problem: 'The interrupted master still grows: its recorder is not dead.',
    safe: 'The file was only read.',
    remedy: 'End that recorder, then recover the pass again.',
  });
}

/** Undefined for a list that is not there: a recorder that died at once had not opened it yet. */
async function summaryOf(path: string): Promise<HashListSummary | undefined> {
  if (!(await exists(path))) return undefined;
  // Forty seconds: more than two lists can be apart.
  return summariseHashList(path, 1000);
}

/** A name of which nothing is there yet: an earlier recovery may have been interrupted itself. */
async function freeStem({ folder, base }: PassFiles): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const stem = join(folder, `${base}.recovered${attempt === 1 ? '' : `-${attempt}`}`);
    const taken = await Promise.all(
      ['.mkv', '.mkv.part', '.framemd5', '.audiomd5'].map((ending) => exists(`${stem}${ending}`)),
    );
    if (!taken.includes(true)) return stem;
  }
}
