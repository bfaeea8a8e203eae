import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { EventPayload } from '#shared/domain/events.ts';
import type { QcRunId } from '#shared/domain/ids.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { keepDerived, type MadeFile } from './derived-files.ts';
import { followOnce } from './follow-once.ts';
import type { FollowEnd, Follower } from './follower-port.ts';
import type { MeasureTap } from './measure-port.ts';
import { makeNativeCompanion, wantsCompanion } from './native-companion.ts';
import { followerFolders } from './pass-leftovers.ts';
import type { CaptureLimits, CaptureOptions } from './ports.ts';
import { type RecorderRecord, recordedPaths } from './recorder-record.ts';
import { beginSeal, type Sealing, type SealResult } from './seal.ts';
import { masterExpectation } from './seal-expectation.ts';

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

type Attempt = FollowOutcome | { reason: 'failed'; problem: string; isDiskFull: boolean };
type Finished = Extract<FollowEnd, { reason: 'finished' }>;

/** A decoder that fails so often on a master that is complete will not do better. Full disks do not count. */
const failuresOnCompleteMaster = 4;
/** Measures that stop short so often are told of, and made again later; they do not keep a good master from its seal. */
const shortMeasuresAtMost = 2;
const fullBelowBytes = 1 << 20;

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
  const { capture, limits, pass, record, recordPath, masterComplete } = options;
  const { derived, workDir } = followerFolders(capture.folders, pass.id);
  const samplesPath = join(derived, `${record.base}.samples.arrows`);
  const stopping = new AbortController();
  let follower: Follower | undefined;
  let shortMeasures = 0;
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
  void masterComplete.then(() => {
    isComplete = true;
    if (!stopping.signal.aborted) sealing = startSealing();
  });

  const say = (change: Partial<FollowState>): void => {
    Object.assign(state, change);
    if (!stopping.signal.aborted) options.onState({ ...state });
  };

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

  async function tryOnce(): Promise<Attempt> {
    try {
      await mkdir(derived, { recursive: true });
      const { end, tap } = await followOnce({
        capture,
        passId: pass.id,
        record,
        recordPath,
        masterComplete,
        samplesPath,
        news: {
          async started(now, openTap) {
            follower = now;
            say({ state: 'running', frames: 0, provedFrames: 0, tap: openTap });
            if (stopping.signal.aborted) await now.stop();
          },
          decoded: (frames, pictureVersion) => say({ frames, pictureVersion }),
          proved: (provedFrames) => say({ provedFrames }),
        },
      });
      if (end.reason === 'stopped')
        return stopping.signal.aborted ? end : failure('The follower was stopped.');
      if (end.reason === 'failed') return end;
      await masterComplete;
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
      ...recordedPaths(record, recordPath),
      expectation: masterExpectation({ ...record, audio: record.audio ?? undefined }),
      software: capture.software,
      framesDropped: capture.reads.pass(pass.id)?.droppedFrames,
    });
  }

  async function prove(end: Finished, tap: MeasureTap | undefined): Promise<Attempt> {
    const reading = sealing ?? startSealing();
    // A seal is finished once: whoever has to try again reads the master again.
    sealing = undefined;
    try {
      const [seal, measures] = await Promise.all([reading.finish(end, capture.log.head()), finishTap(tap)]);
      const short =
        measures && measures.frames < end.frames ? await shortOf(end, measures.frames) : undefined;
      if (short && (short.isDiskFull || shortMeasures <= shortMeasuresAtMost)) return short;
      if (short) options.onRestart(`${short.problem} They have to be made again.`);
      const kept = short ? undefined : measures;
      if (short) await rm(samplesPath, { force: true });
      const files = await keepDerived({ end, derived, record, recordPath, samplesPath: kept?.samplesPath });
      const companion = seal.ok && wantsCompanion(record) ? await makeCompanion(end.frames) : [];
      if (stopping.signal.aborted) return { reason: 'stopped' };
      await rm(workDir, { recursive: true, force: true });
      return {
        reason: 'proved',
        seal,
        files: [...seal.files, ...files, ...companion],
        measured: kept && {
          qcRunId: capture.newId() as QcRunId,
          passId: pass.id,
          profileId: kept.profileId,
          frames: kept.frames,
          checks: kept.checks,
          events: kept.events,
        },
      };
    } catch (error) {
      await reading.abandon();
      throw error;
    }
  }

  /** One that cannot be made is told of, and does not keep the native master from its seal. */
  async function makeCompanion(frames: number): Promise<MadeFile[]> {
    const { signal } = stopping;
    try {
      const of = { capture, limits, pass, record, recordPath, frames, workDir, signal };
      return await makeNativeCompanion(of);
    } catch (error) {
      if (signal.aborted) return [];
      capture.logger.error({ err: error, passId: pass.id }, 'the FFV1 beside a native master was not made');
      options.onRestart((error as Error).message);
      return [];
    }
  }

  /** ffmpeg's measuring filters do not say that they could not write: only the count of frames does. */
  async function shortOf({ frames }: Finished, measured: number) {
    shortMeasures += 1;
    const { bavail, bsize } = await statfs(derived);
    const problem = `Only ${measured} of ${frames} frames were measured.`;
    return failure(problem, bavail * bsize < fullBelowBytes);
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
