import { rm, statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { companionArguments } from '#core/ffmpeg/companion-arguments.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { Pass } from '#shared/domain/pass.ts';
import type { MadeFile } from './derived-files.ts';
import { decodeHashes } from './follower-decode-hashes.ts';
import { startDecoder } from './follower-decoder.ts';
import type { CaptureLimits, CaptureOptions } from './ports.ts';
import { type RecorderRecord, recordedPaths } from './recorder-record.ts';
import { sealPass } from './seal.ts';
import { heldBackFrames } from './seal-expectation.ts';

interface CompanionJob {
  capture: CaptureOptions;
  limits: CaptureLimits;
  pass: Pass;
  record: RecorderRecord;
  recordPath: string;
  frames: number;
  /** As of the native master: the companion ends where that one does. */
  stoppedInMidTape: boolean;
  /** For the lists of the second decode; exists. */
  workDir: string;
  signal: AbortSignal;
}

/**
 * The FFV1 beside a stream that was kept as it is, where the profile asks for one. One that cannot be made is told of
 * (`onProblem`), and does not keep the native master from its seal.
 */
export async function companionOf(
  options: CompanionJob & { onProblem(message: string): void },
): Promise<MadeFile[]> {
  const { capture, pass, record, signal } = options;
  if (record.essence !== 'copy' || !record.profile.master.ffv1BesideNative) return [];
  try {
    return await makeNativeCompanion(options);
  } catch (error) {
    if (signal.aborted) return [];
    capture.logger.error({ err: error, passId: pass.id }, 'the FFV1 beside a native master was not made');
    options.onProblem((error as Error).message);
    return [];
  }
}

/**
 * Makes the FFV1 beside a native master, at the lowest priority, and seals it as a master of its own: against the hashes
 * taken at capture, frame by frame and block by block. What does not pass is removed; the native master is only read.
 * Throws HelicalError DISK_FULL or FFMPEG_FAILED; rejects with the signal's reason when aborted.
 */
async function makeNativeCompanion(options: CompanionJob): Promise<MadeFile[]> {
  const { capture, pass, record, workDir, signal } = options;
  const { masterPath, ...lists } = recordedPaths(record, options.recordPath);
  const companionPath = masterPath.replace(/\.mkv$/, '.ffv1.mkv');
  await refuseFullDisk(options, companionPath);
  try {
    await encode(companionPath);
    const decoded = await decodeHashes(companionPath, { ...capture.ffmpeg, workDir, signal });
    const { frameRate, width, height, fieldOrder } = record.video;
    const seal = await sealPass({
      passId: pass.id,
      tapeIdentifier: pass.tapeIdentifier,
      masterPath: companionPath,
      ...lists,
      expectation: {
        ...{ frameRate, width, height, fieldOrder, bitsPerSample: 8, essence: 'ffv1' },
        ...(options.stoppedInMidTape ? { stoppedInMidTape: true, heldBackFrames } : {}),
      },
      software: capture.software,
      decoded: { frameHashesPath: decoded.frames, audioHashesPath: decoded.audio, decoderComplaints: [] },
    });
    const broken = seal.checks.find(({ ok }) => !ok);
    if (broken) throw notMade(`${broken.message} Measured: ${broken.measured}.`);
    return seal.files.flatMap((file): MadeFile[] => {
      if (file.role === 'master') return [{ ...file, role: 'native-companion' as const }];
      return file.role === 'seal' ? [file] : [];
    });
  } catch (error) {
    for (const path of [companionPath, companionPath.replace(/\.mkv$/, '.seal.json')]) {
      await rm(path, { force: true });
    }
    throw error;
  }

  async function encode(to: string): Promise<void> {
    const args = companionArguments({
      masterPath,
      companionPath: to,
      video: record.video,
      master: record.profile.master,
      threads: availableParallelism(),
    });
    const { ffmpegPath } = capture.ffmpeg;
    const encoder = startDecoder({ ffmpegPath, args, cwd: workDir, input: 'file', onProgress: () => {} });
    signal.addEventListener('abort', encoder.kill, { once: true });
    const end = await encoder.ended;
    signal.removeEventListener('abort', encoder.kill);
    signal.throwIfAborted();
    if (end.reason === 'done') return;
    throw end.isDiskFull ? full(to) : notMade(end.problem);
  }
}

/** The disk of the masters belongs to what is being recorded: room is asked for as if nothing could be compressed. */
async function refuseFullDisk({ record, frames, limits }: CompanionJob, path: string): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(path));
  const { width, height } = record.video;
  if (bavail * bsize < frames * width * height * 2 + limits.reserveFloorBytes) throw full(path);
}

function full(path: string): HelicalError {
  return new HelicalError('DISK_FULL', {
    problem: `There is no room for the FFV1 beside the native master in ${dirname(path)}.`,
    safe: 'The native master is whole.',
    remedy: 'Make room there.',
  });
}

function notMade(why: string): HelicalError {
  return new HelicalError('FFMPEG_FAILED', {
    problem: `The FFV1 beside the native master was not made: ${why}`,
    safe: 'The native master is whole.',
  });
}
