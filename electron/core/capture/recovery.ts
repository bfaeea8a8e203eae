import { access, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type CardReport, readCardReport } from '#core/devices/card-report.ts';
import { parseFrameHashRow } from '#core/essence/frame-hashes.ts';
import { frameHashOutput } from '#core/ffmpeg/audio-hash.ts';
import { packetsUpTo } from '#core/ffmpeg/packet-limit.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import { latestProgress } from '#core/ffmpeg/progress.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { toNumber } from '#shared/domain/rational.ts';
import { readTail } from './file-tail.ts';
import { copyHashListHead, type HashListSummary, summariseHashList } from './hash-list.ts';
import { isMasterClosed } from './master-closed.ts';
import type { PassFiles } from './pass-files.ts';
import { type RecorderRecord, recordedPaths, writeRecorderRecord } from './recorder-record.ts';

export interface Recovered {
  framesKept: number;
  framesLost: number;
  lossBasis: 'none' | 'card' | 'wall-clock';
  droppedFrames: number;
  /** The record with the names of the fresh master and its lists; on disk already. */
  record: RecorderRecord;
}

interface Tools {
  ffmpegPath: string;
  ffprobePath: string;
}

/** Frames at the end that are decoded at once; everything is decoded again by the follower before the seal. */
const provedTailFrames = 50;

/**
 * Makes a whole master of one whose recorder died. The file as it was left stays untouched beside it. Kept are the frames
 * that are on the disk as a whole, whose hash was taken at capture, and which still decode to it. Gives undefined when not
 * even one frame can be kept. May be called again after it was itself interrupted.
 */
export async function recoverMaster(
  crashed: RecorderRecord,
  files: PassFiles,
  tools: Tools,
): Promise<Recovered | undefined> {
  const from = recordedPaths(crashed, files.recordPath);
  const card = await finalCardReport(crashed.cardReportPath);
  const hashes = await summaryOf(from.frameHashesPath);
  const sound = from.audioHashesPath === undefined ? undefined : await summaryOf(from.audioHashesPath);
  const packets = await countPackets(from.masterPath, tools);
  if (!packets || !hashes) return undefined;

  let cut = cutAt(crashed, packets, hashes, sound);
  while (cut.frames > 0) {
    const stem = await freeStem(files);
    const partialPath = `${stem}.mkv.part`;
    await remux(from.masterPath, partialPath, cut, tools);
    const proved = await provedFrames(partialPath, crashed, hashes, cut, tools);
    if (proved === cut.frames) return await keep(stem, partialPath, cut, hashes);
    await rm(partialPath);
    cut = cutAt(crashed, { ...packets, video: proved }, hashes, sound);
  }
  return undefined;

  async function keep(
    stem: string,
    partialPath: string,
    { frames, blocks }: Cut,
    listed: HashListSummary,
  ): Promise<Recovered> {
    await copyHashListHead(from.frameHashesPath, `${stem}.framemd5`, frames);
    if (from.audioHashesPath !== undefined) {
      await copyHashListHead(from.audioHashesPath, `${stem}.audiomd5`, blocks);
    }
    const masterPath = `${stem}.mkv`;
    await rename(partialPath, masterPath);
    const loss = await statedLoss(crashed, files, listed, frames, card);
    const record: RecorderRecord = {
      ...crashed,
      masterName: basename(masterPath),
      frameHashesName: `${basename(stem)}.framemd5`,
      audioHashesName: from.audioHashesPath === undefined ? null : `${basename(stem)}.audiomd5`,
      recovery: {
        crashedMasterName: crashed.masterName,
        crashedFrameHashesName: crashed.frameHashesName,
        framesKept: frames,
        ...loss,
        droppedFrames: card?.droppedFrames ?? 0,
      },
    };
    await writeRecorderRecord(files.recordPath, record);
    return { framesKept: frames, ...loss, droppedFrames: card?.droppedFrames ?? 0, record };
  }
}

/** Where the kept part ends: so many frames, and so many packets of every sound track. */
interface Cut {
  frames: number;
  blocks: number;
}

interface Packets {
  video: number;
  /** Of the shortest sound track; undefined without sound. */
  audio: number | undefined;
}

/**
 * The longest part for which picture and sound are both there. Works with the times in the hash lists, so that gaps of the
 * source are seen; the lists' tails reach far enough, since no list runs ahead by more than what was being written.
 */
export function cutAt(
  record: Pick<RecorderRecord, 'video' | 'audio'>,
  packets: Packets,
  hashes: HashListSummary,
  sound: HashListSummary | undefined,
): Cut {
  const frameS = 1 / toNumber(record.video.frameRate);
  const hashed = hashes.rows[0] ?? 0;
  let frames = Math.min(packets.video, hashed);
  if (packets.audio === undefined || !sound || !record.audio) return { frames, blocks: 0 };
  const { sampleRateHz } = record.audio;
  const tail = sound.tails[0] ?? [];
  const listed = Math.min(...sound.rows);
  const firstOfTail = (sound.rows[0] ?? 0) - tail.length;
  const blockAt = (index: number) => tail[index - firstOfTail];
  const blocksThere = Math.min(packets.audio, listed);
  const last = blockAt(blocksThere - 1);
  const soundEndS = last ? ((last.pts ?? 0) + last.duration) / sampleRateHz : 0;
  const firstFrameOfTail = hashed - (hashes.tails[0]?.length ?? 0);
  const frameEndS = (count: number) => {
    const row = hashes.tails[0]?.[count - 1 - firstFrameOfTail];
    return row ? ((row.pts ?? count - 1) + 1) * frameS : count * frameS;
  };
  while (frames > 0 && frameEndS(frames) > soundEndS + frameS / 2) frames -= 1;
  const endS = frameEndS(frames);
  let blocks = blocksThere;
  for (;;) {
    const row = blockAt(blocks - 1);
    if (!row || ((row.pts ?? 0) + row.duration / 2) / sampleRateHz <= endS) break;
    blocks -= 1;
  }
  return { frames, blocks };
}

async function summaryOf(path: string): Promise<HashListSummary | undefined> {
  try {
    // Ten seconds of the longest lists: more than two lists can be apart.
    return await summariseHashList(path, 1000);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function countPackets(path: string, { ffprobePath }: Tools): Promise<Packets | undefined> {
  try {
    const found = await probe(ffprobePath, path, { countPackets: true });
    const video = found.video[0]?.packetCount ?? 0;
    const audio = found.audio.map((track) => track.packetCount ?? 0);
    return { video, audio: audio.length > 0 ? Math.min(...audio) : undefined };
  } catch (error) {
    // So early a death that not even the head was written: there is nothing to keep.
    if (error instanceof HelicalError && error.code === 'FILE_UNREADABLE') return undefined;
    throw error;
  }
}

async function remux(
  from: string,
  to: string,
  { frames, blocks }: Cut,
  { ffmpegPath }: Tools,
): Promise<void> {
  const end = await runTool(ffmpegPath, [
    ...['-hide_banner', '-nostdin', '-v', 'error', '-y', '-i', from, '-map', '0', '-c', 'copy'],
    ...['-bsf:v', packetsUpTo(frames), ...(blocks > 0 ? ['-bsf:a', packetsUpTo(blocks)] : [])],
    ...['-max_interleave_delta', '1000000', '-f', 'matroska', to],
  ]);
  if (end.reason === 'finished' && (await isMasterClosed(to))) return;
  const said =
    end.reason === 'finished' ? 'the end of the file is missing' : 'lastError' in end ? end.lastError : '';
  throw new HelicalError(/No space left/.test(said) ? 'DISK_FULL' : 'FFMPEG_FAILED', {
    problem: `The interrupted master could not be written anew: ${said}.`,
    safe: `Everything that was recorded is in ${from}.`,
    remedy: 'Make room on the disk of the masters and recover the pass again.',
  });
}

/** How many frames from the start may be kept: all, or up to the first of the tail that decodes to something else. */
async function provedFrames(
  path: string,
  record: RecorderRecord,
  hashes: HashListSummary,
  { frames }: Cut,
  { ffmpegPath }: Tools,
): Promise<number> {
  const pixelFormat =
    record.essence === 'copy' ? record.video.pixelFormat : record.profile.master.pixelFormat;
  const rate = toNumber(record.video.frameRate);
  const tail = hashes.tails[0] ?? [];
  const firstOfTail = (hashes.rows[0] ?? 0) - tail.length;
  const lastPts = tail[frames - 1 - firstOfTail]?.pts ?? frames - 1;
  const seekS = Math.max(0, (lastPts - provedTailFrames) / rate);
  const list = await runTool(ffmpegPath, [
    ...['-hide_banner', '-nostdin', '-v', 'error', '-ss', seekS.toFixed(3), '-i', path, '-map', '0:v:0'],
    ...frameHashOutput('pipe:1', pixelFormat),
  ]);
  const text = list.reason === 'finished' ? list.stdout.toString('latin1') : '';
  const decoded = text.split('\n').flatMap((line) => parseFrameHashRow(line) ?? []);
  if (decoded.length === 0) return frames - 1;
  const first = frames - decoded.length;
  for (const [index, { hash }] of decoded.entries()) {
    const captured = tail[first + index - firstOfTail];
    if (captured && captured.hash !== hash) return first + index;
  }
  return frames;
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

const cardPatienceMs = 3_000;

/** The card's last word. It notices that its reader has gone a moment after that. */
export async function finalCardReport(path: string | null): Promise<CardReport | undefined> {
  if (path === null) return undefined;
  const deadline = Date.now() + cardPatienceMs;
  for (;;) {
    const report = await readCardReport(path);
    if (!report || !['waiting', 'playing'].includes(report.state) || Date.now() > deadline) return report;
    await wait(50);
  }
}

/**
 * What the crash cost. With a card: frames it took off the tape, without those it dropped for want of room, without those
 * kept. Without one: the recorder's last word, and the clock from there to the last sign of life of its files.
 */
async function statedLoss(
  record: RecorderRecord,
  files: PassFiles,
  hashes: HashListSummary,
  framesKept: number,
  card: CardReport | undefined,
): Promise<{ framesLost: number; lossBasis: 'none' | 'card' | 'wall-clock' }> {
  if (card) {
    const framesLost = Math.max(0, card.capturedFrames - card.droppedFrames - framesKept);
    return { framesLost, lossBasis: 'card' };
  }
  const crashedMaster = join(dirname(files.recordPath), record.masterName);
  const [progress, master] = await Promise.all([
    readTail(files.progressPath, 4096),
    readTail(crashedMaster, 0),
  ]);
  const said = progress && latestProgress(progress.text);
  const sinceS = Math.max(0, ((master?.modifiedAtMs ?? 0) - (progress?.modifiedAtMs ?? 0)) / 1000);
  const byClock = record.live ? Math.ceil((said?.frame ?? 0) + sinceS * toNumber(record.video.frameRate)) : 0;
  const taken = Math.max(hashes.rows[0] ?? 0, said?.frame ?? 0, byClock);
  return { framesLost: Math.max(0, taken - framesKept), lossBasis: 'wall-clock' };
}
