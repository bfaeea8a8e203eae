import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findLostFrames } from '#core/essence/capture-gaps.ts';
import type { EventPayload } from '#shared/domain/events.ts';
import type { SealingProgress } from '#shared/domain/live.ts';
import type { DerivedWork, Pass } from '#shared/domain/pass.ts';
import { keepDerived, type MadeFile } from './derived-files.ts';
import { makeUpWork, outputsWithout } from './follow-late.ts';
import { takeMeasures } from './follow-measures.ts';
import { followOnce } from './follow-once.ts';
import { type FollowEnd, type Follower, followedTimecodesName } from './follower-port.ts';
import { keepTimecode } from './kept-timecode.ts';
import type { MeasureTap } from './measure-port.ts';
import { companionOf } from './native-companion.ts';
import { dvReportOf } from './native-report.ts';
import { followerFolders } from './pass-leftovers.ts';
import type { CaptureLimits, CaptureOptions } from './ports.ts';
import { type RecorderRecord, recordedPaths } from './recorder-record.ts';
import { beginSeal, type Sealing, type SealResult } from './seal.ts';
import { isStoppedInMidTape, masterExpectation } from './seal-expectation.ts';

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
  /** Frames that were decoded when that picture came: the last of them is what it shows. */
  pictureFrame: number;
  sealing: SealingProgress | null;
  tap: MeasureTap | undefined;
}

export interface PassFollowing {
  readonly outcome: Promise<FollowOutcome>;
  /** These works give way from now on, also in a follower that starts again. */
  giveWay(works: readonly DerivedWork[]): void;
  /** A barrier: decoder, reading and timers have ended afterwards. */
  stop(): Promise<void>;
}

type Attempt = FollowOutcome | { reason: 'failed'; problem: string; isDiskFull: boolean };
type Finished = Extract<FollowEnd, { reason: 'finished' }>;

/** A decoder that fails so often on a master that is complete will not do better. Full disks do not count. */
const failuresOnCompleteMaster = 4;

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
  /** What the frames themselves say of the timecode. A follower that starts again begins with frame 0. */
  onTimecode(frame: number, value: string | null): void;
  /** Derived work that gives way as the following begins. */
  gaveWay: readonly DerivedWork[];
  /** Everything that gave way is made now: the recording is over. */
  onMakingUp(): void;
}): PassFollowing {
  const { capture, limits, pass, record, recordPath, masterComplete } = options;
  const { derived, workDir, lateWorkDir } = followerFolders(capture.folders, pass.id);
  const samplesPath = join(derived, `${record.base}.samples.arrows`);
  const stopping = new AbortController();
  let follower: Follower | undefined;
  let givingWay = new Set(options.gaveWay);
  const measure = takeMeasures({
    capture,
    passId: pass.id,
    derived,
    samplesPath,
    findLost: () => findLostFrames(recordedPaths(record, recordPath).frameHashesPath, record.video.frameRate),
    onProblem: options.onRestart,
  });
  const state: FollowState = {
    state: 'waiting',
    frames: 0,
    provedFrames: 0,
    restarts: 0,
    pictureVersion: 0,
    pictureFrame: 0,
    sealing: null,
    tap: undefined,
  };
  let isComplete = false;
  /** The one read of the closed master. It runs beside the follower's last frames, and outlives a follower that fails. */
  let sealing: Sealing | undefined;
  void masterComplete.then(() => {
    isComplete = true;
    if (!stopping.signal.aborted) sealing = startSealing();
  });

  const wasStopped = () =>
    isStoppedInMidTape(capture.reads.pass(pass.id)?.endReason ?? null, record.writer !== null);

  const companionFiles = (frames: number) =>
    companionOf({
      ...{ capture, limits, pass, record, recordPath, frames, workDir, signal: stopping.signal },
      stoppedInMidTape: wasStopped(),
      onProblem: options.onRestart,
    });

  const dvReport = (frames: number) =>
    dvReportOf({
      ...{ capture, pass, record, recordPath, frames, workDir, signal: stopping.signal },
      onProblem: options.onRestart,
    });

  const say = (change: Partial<FollowState>): void => {
    Object.assign(state, change);
    if (!stopping.signal.aborted) options.onState({ ...state });
  };

  const seal = (change: Partial<SealingProgress>): void =>
    say({ sealing: { readBytes: 0, work: null, madeUpFrames: 0, ...state.sealing, ...change } });

  async function run(): Promise<FollowOutcome> {
    let failures = 0;
    for (let restarts = 0; ; restarts++) {
      if (stopping.signal.aborted) return { reason: 'stopped' };
      const attempt = await tryOnce();
      if (attempt.reason !== 'failed') return attempt;
      if (isComplete && !attempt.isDiskFull) failures += 1;
      if (failures >= failuresOnCompleteMaster) return { reason: 'gave-up', problem: attempt.problem };
      say({ state: 'restarting', restarts: restarts + 1, provedFrames: 0, sealing: null, tap: undefined });
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
        workDir,
        samplesPath,
        outputs: outputsWithout(givingWay),
        news: {
          async started(now, openTap) {
            follower = now;
            now.giveWay(givingWay);
            say({ state: 'running', frames: 0, provedFrames: 0, tap: openTap });
            if (stopping.signal.aborted) await now.stop();
          },
          decoded: (frames, pictureVersion) => {
            const isNew = pictureVersion !== state.pictureVersion;
            say({ frames, pictureVersion, ...(isNew && { pictureFrame: Math.max(0, frames - 1) }) });
          },
          proved: (provedFrames) => say({ provedFrames }),
          timecode: options.onTimecode,
          problem: options.onRestart,
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
    const now = capture.reads.pass(pass.id);
    const { recovery } = record;
    return beginSeal({
      passId: pass.id,
      tapeIdentifier: pass.tapeIdentifier,
      ...recordedPaths(record, recordPath),
      expectation: masterExpectation({
        ...{ ...record, audio: record.audio ?? undefined },
        stoppedInMidTape: wasStopped(),
      }),
      software: capture.software,
      framesDropped: now?.droppedFrames,
      endReason: now?.endReason ?? null,
      onBytes: (readBytes) => seal({ readBytes }),
      recovery: recovery
        ? { framesKept: recovery.framesKept, framesLost: recovery.framesLost, basis: recovery.lossBasis }
        : undefined,
    });
  }

  /** What gave way while the tape played, made from the whole master; nothing where nothing did. */
  const makeUp = (first: { end: Finished; tap: MeasureTap | undefined }) =>
    makeUpWork(first, {
      ...{ capture, record, recordPath, samplesPath, passId: pass.id, workDir: lateWorkDir },
      onBegin: options.onMakingUp,
      onProblem: options.onRestart,
      onDecoded: (madeUpFrames) => seal({ work: 'making-up', madeUpFrames }),
      started: async (now) => {
        follower = now;
        if (stopping.signal.aborted) await now.stop();
      },
    });

  async function madeUpAndMeasured(first: { end: Finished; tap: MeasureTap | undefined }) {
    const late = await makeUp(first);
    if (late.reason !== 'made-up') return late;
    // Whoever looked for something in frames that were left out finds it here.
    say({ tap: late.tap });
    seal({ work: 'judging' });
    return { ...late, measures: await measure(late.tap, first.end.frames) };
  }

  async function prove(end: Finished, tap: MeasureTap | undefined): Promise<Attempt> {
    const reading = sealing ?? startSealing();
    // A seal is finished once: whoever has to try again reads the master again.
    sealing = undefined;
    try {
      const [sealed, late] = await Promise.all([
        reading.finish(end, capture.log.head()),
        madeUpAndMeasured({ end, tap }),
      ]);
      if (late.reason === 'failed') return late;
      if (late.reason === 'stopped')
        return stopping.signal.aborted ? late : failure('The follower was stopped.');
      const { measures } = late;
      if (measures.reason === 'short') return failure(measures.problem, measures.isDiskFull);
      seal({ work: 'files' });
      const kept = measures.reason === 'measured' ? measures : undefined;
      const files = await keepDerived({
        end: late.end,
        derived,
        record,
        recordPath,
        samplesPath: kept?.samplesPath,
      });
      const timecode = await keepTimecode({
        ...{ record, recordPath, frames: end.frames },
        followedListPath: join(workDir, followedTimecodesName),
      });
      const companion = sealed.ok ? await companionFiles(end.frames) : [];
      const report = await dvReport(end.frames);
      if (stopping.signal.aborted) return { reason: 'stopped' };
      for (const path of [workDir, lateWorkDir]) await rm(path, { recursive: true, force: true });
      return {
        reason: 'proved',
        seal: sealed,
        files: [...sealed.files, ...files, ...timecode, ...companion, ...report],
        measured: kept?.measured,
      };
    } catch (error) {
      await reading.abandon();
      throw error;
    }
  }

  const outcome = run().finally(() => sealing?.abandon());
  return {
    outcome,
    giveWay(works) {
      givingWay = new Set(works);
      follower?.giveWay(givingWay);
    },
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
