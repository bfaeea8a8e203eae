import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { digestFile, type FileDigests } from '#core/essence/digests.ts';
import type { EventPayload } from '#shared/domain/events.ts';
import type { PassId, QcRunId } from '#shared/domain/ids.ts';
import type { FileRole, Pass } from '#shared/domain/pass.ts';
import { decodedFrameHashesName } from './follower.ts';
import type { FollowEnd, Follower, FollowProgress } from './follower-port.ts';
import { createFrameProof } from './follower-proof.ts';
import type { MeasureTap } from './measure-port.ts';
import { derivedFolder } from './pass-files.ts';
import type { CaptureLimits, CaptureOptions } from './ports.ts';
import { type RecorderRecord, recordedPaths } from './recorder-record.ts';
import { beginSeal, type Sealing, type SealResult } from './seal.ts';
import { masterExpectation } from './seal-expectation.ts';

/** A file to be registered, and what fixes it. */
export interface MadeFile {
  role: FileRole;
  path: string;
  digests: FileDigests;
}

/** What following and sealing came to. */
export type FollowOutcome =
  | {
      reason: 'proved';
      seal: SealResult;
      files: MadeFile[];
      measured: EventPayload<'qc.measured'> | undefined;
    }
  | { reason: 'gave-up'; problem: string }
  | { reason: 'stopped' };

export interface FollowState {
  state: 'waiting' | 'running' | 'restarting' | 'finished';
  frames: number;
  provedFrames: number;
  restarts: number;
  pictureVersion: number;
  tap: MeasureTap | undefined;
}

export interface PassFollowing {
  readonly outcome: Promise<FollowOutcome>;
  /** A barrier: decoder, reading and timers have ended afterwards. */
  stop(): Promise<void>;
}

/** A decoder that fails so often on a master that is complete will not do better. Full disks do not count. */
const failuresOnCompleteMaster = 4;
const proofEveryMs = 500;

/**
 * Follows a master until it is decoded to the end, seals it, and puts what was derived in its place. A follower that fails
 * starts again from the beginning, later each time; the recorder knows nothing of it.
 */
export function followPass(options: {
  capture: CaptureOptions;
  limits: CaptureLimits;
  pass: Pass;
  record: RecorderRecord;
  recordPath: string;
  /** Resolves when the master will not grow any more. */
  masterComplete: Promise<void>;
  onState(state: FollowState): void;
  onRestart(message: string): void;
}): PassFollowing {
  const { capture, limits, pass, record } = options;
  const paths = recordedPaths(record, options.recordPath);
  const derived = derivedFolder(capture.folders, pass.id);
  const workDir = join(derived, 'work');
  const samplesPath = join(derived, `${record.base}.samples.arrows`);
  const stopping = new AbortController();
  let follower: Follower | undefined;
  const state: FollowState = {
    state: 'waiting',
    frames: 0,
    provedFrames: 0,
    restarts: 0,
    pictureVersion: 0,
    tap: undefined,
  };
  let isComplete = false;
  /** The one read of the closed master. It runs beside the follower's last frames, and outlives a follower that fails. */
  let sealing: Sealing | undefined;
  void options.masterComplete.then(() => {
    isComplete = true;
    if (!stopping.signal.aborted) sealing = startSealing();
  });

  const say = (change: Partial<FollowState>): void => {
    Object.assign(state, change);
    if (!stopping.signal.aborted) options.onState({ ...state });
  };

  async function openTap(): Promise<MeasureTap | undefined> {
    const measureDir = join(derived, 'measure');
    await rm(measureDir, { recursive: true, force: true });
    await rm(samplesPath, { recursive: true, force: true });
    await mkdir(measureDir, { recursive: true });
    return capture.measure?.open({
      passId: pass.id,
      workDir: measureDir,
      samplesPath,
      video: record.video,
      audio: record.audio ?? undefined,
      qcProfileId: record.profile.qcProfileId,
    });
  }

  /** One follower, from the first frame on. */
  async function followOnce(): Promise<{ end: FollowEnd; tap: MeasureTap | undefined }> {
    const tap = await openTap();
    const proof = createFrameProof(paths.frameHashesPath, join(workDir, decodedFrameHashesName));
    const proving = new AbortController();
    const proved = (async () => {
      while (!proving.signal.aborted) {
        const { provedFrames } = await proof.update();
        if (provedFrames !== state.provedFrames) say({ provedFrames });
        await wait(proofEveryMs, undefined, { signal: proving.signal }).catch(() => {});
      }
    })();
    let end: FollowEnd;
    try {
      follower = capture.follow({
        masterPath: paths.masterPath,
        masterComplete: options.masterComplete,
        workDir,
        video: record.video,
        audio: record.audio ?? undefined,
        profile: record.profile,
        essence: record.essence,
        ffmpegPath: capture.ffmpeg.ffmpegPath,
        tap,
        onProgress: ({ frames, pictureVersion }: FollowProgress) => say({ frames, pictureVersion }),
      });
      say({ state: 'running', frames: 0, provedFrames: 0, tap });
      if (stopping.signal.aborted) await follower.stop();
      end = await follower.ended;
    } finally {
      proving.abort();
      await proved;
      await proof.close();
    }
    if (end.reason !== 'finished') await tap?.abandon();
    return { end, tap };
  }

  async function run(): Promise<FollowOutcome> {
    let failures = 0;
    for (let restarts = 0; ; restarts++) {
      if (stopping.signal.aborted) return { reason: 'stopped' };
      const attempt = await tryOnce();
      if (attempt.reason !== 'failed') return attempt;
      if (isComplete && !attempt.isDiskFull) failures += 1;
      if (failures >= failuresOnCompleteMaster) return { reason: 'gave-up', problem: attempt.problem };
      say({ state: 'restarting', restarts: restarts + 1, provedFrames: 0, tap: undefined });
      const again = attempt.isDiskFull
        ? limits.retryWhenFullMs
        : Math.min(limits.restartAtMostMs, limits.restartAfterMs * 2 ** restarts);
      options.onRestart(
        attempt.isDiskFull
          ? `The disk of the derived files is full; the master is not touched by it. It is tried again in ${Math.ceil(again / 1000)} s.`
          : `${attempt.problem} It is tried again in ${Math.ceil(again / 1000)} s.`,
      );
      await wait(again, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  type Attempt = FollowOutcome | { reason: 'failed'; problem: string; isDiskFull: boolean };

  async function tryOnce(): Promise<Attempt> {
    try {
      await mkdir(derived, { recursive: true });
      const { end, tap } = await followOnce();
      if (end.reason === 'stopped')
        return stopping.signal.aborted ? end : failure('The follower was stopped.');
      if (end.reason === 'failed') return end;
      await options.masterComplete;
      say({ state: 'finished', frames: end.frames });
      return await prove(end, tap);
    } catch (error) {
      capture.logger.error({ err: error, passId: pass.id }, 'following failed');
      const { code, message } = error as NodeJS.ErrnoException;
      return failure(message, code === 'ENOSPC' || code === 'DISK_FULL');
    }
  }

  function startSealing(): Sealing {
    return beginSeal({
      passId: pass.id,
      tapeIdentifier: pass.tapeIdentifier,
      ...paths,
      expectation: masterExpectation({
        video: record.video,
        audio: record.audio ?? undefined,
        profile: record.profile,
        essence: record.essence,
      }),
      software: capture.software,
      framesDropped: capture.reads.pass(pass.id)?.droppedFrames,
    });
  }

  async function prove(
    end: Extract<FollowEnd, { reason: 'finished' }>,
    tap: MeasureTap | undefined,
  ): Promise<FollowOutcome> {
    const reading = sealing ?? startSealing();
    // A seal is finished once: whoever has to try again reads the master again.
    sealing = undefined;
    try {
      const [seal, measured] = await Promise.all([reading.finish(end, capture.log.head()), finishTap(tap)]);
      const files = await keepDerived(end, measured?.samplesPath);
      return {
        reason: 'proved',
        seal,
        files: [...seal.files, ...files],
        measured: measured && {
          qcRunId: capture.newId() as QcRunId,
          passId: pass.id,
          profileId: measured.profileId,
          frames: measured.frames,
          checks: measured.checks,
          events: measured.events,
        },
      };
    } catch (error) {
      await reading.abandon();
      throw error;
    }
  }

  /** Measurements that fail must not keep a good master from its seal: they can be made again from it at any time. */
  async function finishTap(tap: MeasureTap | undefined) {
    try {
      return await tap?.finish();
    } catch (error) {
      capture.logger.error({ err: error, passId: pass.id }, 'measuring failed');
      options.onRestart(`The measurements failed and have to be made again: ${(error as Error).message}`);
      return undefined;
    }
  }

  /** Moves what the follower made out of its working folder. What lies there from an earlier try is ours, and not registered. */
  async function keepDerived(
    end: Extract<FollowEnd, { reason: 'finished' }>,
    samples: string | undefined,
  ): Promise<MadeFile[]> {
    const made: { role: FileRole; path: string }[] = [];
    const move = async (role: FileRole, from: string, name: string): Promise<void> => {
      const path = join(derived, name);
      await rename(from, path);
      made.push({ role, path });
    };
    await move('access', end.accessPath, `${record.base}.mp4`);
    await move('decoded-frame-hashes', end.frameHashesPath, `${record.base}.decoded.framemd5`);
    if (end.audioHashesPath !== undefined) {
      await rename(end.audioHashesPath, join(derived, `${record.base}.decoded.audiomd5`));
    }
    const thumbnails = join(derived, 'thumbnails');
    await rm(thumbnails, { recursive: true, force: true });
    await rename(end.thumbnailsDir, thumbnails);
    if (samples !== undefined) made.push({ role: 'samples', path: samples });
    const folder = dirname(options.recordPath);
    made.push({ role: 'recorder-log', path: join(folder, `${record.base}.recorder.log`) });
    if (record.recovery) {
      made.push({ role: 'master-as-crashed', path: join(folder, record.recovery.crashedMasterName) });
    }
    const files: MadeFile[] = [];
    for (const file of made) files.push({ ...file, digests: await digestFile(file.path) });
    await rm(workDir, { recursive: true, force: true });
    return files;
  }

  const outcome = run().finally(() => sealing?.abandon());
  return {
    outcome,
    async stop() {
      stopping.abort();
      await follower?.stop();
      await outcome.catch(() => {});
      await sealing?.abandon();
    },
  };
}

function failure(
  problem: string,
  isDiskFull = false,
): { reason: 'failed'; problem: string; isDiskFull: boolean } {
  return { reason: 'failed', problem, isDiskFull };
}

/** What the log says of a made file. */
export function registered(
  file: MadeFile,
  ids: { fileId: string; passId: PassId; tapeId: string },
): EventPayload<'file.registered'> {
  const { md5, sha256, sha512, sizeBytes } = file.digests;
  return {
    ...ids,
    role: file.role,
    name: basename(file.path),
    sizeBytes,
    digests: { md5, sha256, sha512 },
  } as EventPayload<'file.registered'>;
}
