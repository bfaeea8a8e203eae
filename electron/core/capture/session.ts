import { setTimeout as wait } from 'node:timers/promises';
import { readCardReport } from '#core/devices/card-report.ts';
import type { OpenSource } from '#core/devices/device.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { EndReason, FailReason, Pass } from '#shared/domain/pass.ts';
import { isSettled, passTransition } from '#shared/domain/pass-machine.ts';
import { beginRecording, planRecording } from './begin-recording.ts';
import { type FollowState, followPass, type PassFollowing } from './follow-pass.ts';
import { openPassJournal } from './pass-journal.ts';
import { clearLeftovers } from './pass-leftovers.ts';
import type { PassSession, Recording } from './pass-session.ts';
import type { CaptureLimits, CaptureOptions } from './ports.ts';
import { type Recorder, type RecorderEnd, readRecorder } from './recorder.ts';
import { recordedPaths } from './recorder-record.ts';
import { watchRecorder } from './recorder-watching.ts';
import { endIfNotAsked, endReasonOf, endRecorder, missingFrames } from './recording-end.ts';
import type { RecordingReading, RecordingWatch } from './recording-watch.ts';
import { recoverMaster } from './recovery.ts';
import { finalCardReport, lossInWords } from './recovery-loss.ts';
import { eventsOfProof } from './session-outcome.ts';
import { sessionView } from './session-view.ts';
import { wrongState } from './wrong-state.ts';

/** Runs one pass through the machine: events in, work out. One at a time for each pass. */
export function createSession(options: {
  capture: CaptureOptions;
  limits: CaptureLimits;
  passId: PassId;
  source: OpenSource | undefined;
  durationS: number | undefined;
  onChange(): void;
}): PassSession {
  const { capture, limits, passId, onChange } = options;
  const { logger } = capture;
  const journal = openPassJournal(capture, passId, onChange);
  const { pass, append } = journal;
  let source = options.source;
  let recording: Recording | undefined;
  let recorder: Recorder | undefined;
  let watching: RecordingWatch | undefined;
  let following: PassFollowing | undefined;
  let reading: RecordingReading | undefined;
  let followState: FollowState | undefined;
  let followedAtMs = Date.now();
  let drift: number | null = null;
  let isClosing = false;
  let stopReason: EndReason | undefined;
  /** What goes on by itself; `close` waits for it. */
  let background = Promise.resolve();
  let recovering: Promise<void> | undefined;
  let complete = Promise.withResolvers<void>();
  const tapeTitle = capture.reads.tape(pass().tapeId)?.title ?? '';

  function raise(kind: Pass['alarms'][number]['kind'], message: string): void {
    if (isClosing || isSettled(pass().state)) return;
    const frame = reading?.frames ?? pass().frames;
    append([{ type: 'pass.alarm-raised', payload: { passId, kind, frame, message } }]);
  }

  const clear = () => clearLeftovers(capture.folders, pass(), recording);
  const failed = (reason: FailReason, detail: string) => ({
    type: 'pass.failed' as const,
    payload: { passId, reason, detail, checks: [] },
  });

  async function fail(reason: FailReason, detail: string): Promise<void> {
    await clear();
    append([failed(reason, detail)]);
  }

  /** Work that nobody awaits: what it throws is a bug, told and not swallowed, and the pass stays where it is. */
  function inBackground(work: () => Promise<void>): Promise<void> {
    const done = work();
    background = Promise.all([background, done.catch(() => {})]).then(() => {});
    done.catch((error: unknown) => logger.error({ err: error, passId }, 'a pass cannot go on by itself'));
    return done;
  }

  const record: PassSession['record'] = async (actorId) => {
    const allowed = passTransition(pass().state, 'pass.recording-started');
    if (!allowed.ok || !source || recording)
      throw wrongState(allowed.ok ? 'It is being recorded.' : allowed.reason);
    const planned = await planRecording(capture, pass(), source, options.durationS);
    recording = planned.recording;
    let started: Recorder;
    try {
      started = await beginRecording(capture, recording, planned.args);
    } catch (error) {
      await source.close();
      await fail('recorder-not-started', (error as Error).message);
      throw error;
    }
    const { argv } = recording.record;
    append([{ type: 'pass.recording-started', payload: { passId, argv, pid: started.pid } }], actorId);
    watch(recording, started);
    follow(recording);
  };

  const resume: PassSession['resume'] = async (taken, running) => {
    recording = taken;
    const { frames } = await running.reading();
    append([{ type: 'pass.recorder-adopted', payload: { passId, pid: running.pid, frames } }]);
    watch(taken, running);
    follow(taken);
    if (pass().state !== 'stopping') return;
    stopReason = pass().endReason ?? 'operator';
    void inBackground(() => endIfNotAsked(running, closeSource));
  };

  function watch(watched: Recording, running: Recorder): void {
    recorder = running;
    const watch = watchRecorder({
      recorder: running,
      recording: watched,
      limits,
      onReading: (now) => {
        reading = now;
        onChange();
      },
      onDrift: (now) => {
        drift = now;
      },
      onAlarm: raise,
      onDiskNearlyFull: () => {
        if (pass().state !== 'recording') return;
        raise('disk', 'The disk of the masters is nearly full: the recording is ended in order.');
        void inBackground(() => requestStop('disk-nearly-full', pass().operatorId));
      },
      onError: (error) => logger.error({ err: error, passId }, 'a look at the recorder failed'),
    });
    watching = watch;
    void inBackground(async () => {
      const end = await running.ended;
      await watch.stop();
      await takeEnd(recording ?? watched, end);
    });
  }

  async function takeEnd(taken: Recording, end: RecorderEnd): Promise<void> {
    recording = taken;
    const { record: plan, files } = taken;
    if (end.reason === 'let-go') return;
    if (end.reason === 'died') {
      const reason = /with code/.test(end.detail) ? 'recorder-failed' : 'recorder-died';
      append([{ type: 'pass.interrupted', payload: { passId, reason, detail: end.detail } }]);
      raise('recorder-died', end.detail);
      await recover(taken);
      return;
    }
    const { frames } = await readRecorder(files);
    const card = await finalCardReport(plan, files);
    await source?.close();
    if (frames === 0) {
      await following?.stop();
      return fail('nothing-recorded', 'The source gave no frame.');
    }
    const droppedFrames =
      card?.droppedFrames ??
      (plan.live ? await missingFrames(recordedPaths(plan, files.recordPath).frameHashesPath) : 0);
    const asked = stopReason ?? (pass().state === 'stopping' ? pass().endReason : null);
    const reason = asked ?? endReasonOf(end.exitCode, frames, plan.frames);
    append([{ type: 'pass.recording-ended', payload: { passId, reason, frames, droppedFrames } }]);
    if (following === undefined) follow(taken);
    complete.resolve();
  }

  /** One recovery at a time; one that failed (a full disk) leaves the pass interrupted, and may be tried again. */
  function recover(taken: Recording): Promise<void> {
    recovering ??= mend(taken)
      .catch((error: unknown) => {
        raise('disk', `The interrupted master could not be mended yet: ${(error as Error).message}`);
        throw error;
      })
      .finally(() => {
        recovering = undefined;
      });
    return recovering;
  }

  async function mend(taken: Recording): Promise<void> {
    recording = taken;
    // What follows the broken file ends here; another one follows the mended one.
    await following?.stop();
    following = undefined;
    complete = Promise.withResolvers<void>();
    const already = taken.record.recovery;
    const done = already
      ? { ...already, record: taken.record }
      : await recoverMaster(taken.record, taken.files, capture.ffmpeg);
    await source?.close();
    const { record: mended, framesKept, framesLost, lossBasis, droppedFrames } = done;
    const recovered = {
      type: 'pass.recovered' as const,
      payload: { passId, framesKept, framesLost, lossBasis, droppedFrames },
    };
    if (!mended) {
      const detail = `The recorder died before a whole frame was on the disk. ${lossInWords(done)}`;
      await clear();
      append([recovered, failed('nothing-recorded', detail)]);
      return;
    }
    append([recovered]);
    follow({ ...taken, record: mended });
    complete.resolve();
  }

  function follow(taken: Recording): void {
    if (isClosing) return;
    recording = taken;
    if (pass().state === 'following') complete.resolve();
    const started = followPass({
      capture,
      limits,
      pass: pass(),
      record: taken.record,
      recordPath: taken.files.recordPath,
      masterComplete: complete.promise,
      onState: (now) => {
        if (now.frames !== followState?.frames) followedAtMs = Date.now();
        followState = now;
        onChange();
      },
      onRestart: (message) => raise('follower-restarted', message),
    });
    following = started;
    void inBackground(async () => {
      const outcome = await started.outcome;
      if (outcome.reason === 'stopped' || following !== started) return;
      if (outcome.reason === 'gave-up') return fail('unreadable', outcome.problem);
      await clear();
      append(eventsOfProof(outcome, pass(), capture.newId));
    });
  }

  async function requestStop(reason: EndReason, actorId: string): Promise<void> {
    const running = recorder;
    if (pass().state !== 'recording' || !running) return;
    stopReason = reason;
    append([{ type: 'pass.stop-requested', payload: { passId, reason } }], actorId);
    await endRecorder(running, closeSource);
  }

  async function closeSource(): Promise<void> {
    if (source) return source.close();
    const path = recording?.record.cardReportPath;
    const card = path ? await readCardReport(path) : undefined;
    // The card of an earlier engine: only one that reports now is surely the process with this pid.
    if (card?.pid !== undefined && Date.now() - card.atMs < 2_000) process.kill(card.pid, 'SIGTERM');
  }

  return {
    passId,
    settled: journal.settled,
    record,
    resume,
    takeEnd,
    recover,
    follow,
    fail,
    startedUnseen({ record: { argv, process: started } }) {
      if (!started) throw new TypeError('no recorder was started');
      append([{ type: 'pass.recording-started', payload: { passId, argv, pid: started.pid } }]);
    },
    view: () =>
      sessionView({
        pass: pass(),
        tapeTitle,
        reading,
        follow: followState,
        followedAtMs,
        driftMs: drift,
        durationS: options.durationS ?? null,
        nowMs: Date.now(),
      }),
    async mark(label, actorId) {
      const running = recorder;
      if (pass().state !== 'recording' || !running)
        throw wrongState(`A pass that is ${pass().state} takes no marks.`);
      const { frames } = await running.reading();
      const frame = Math.max(0, frames - 1);
      append([{ type: 'pass.marked', payload: { passId, frame, label } }], actorId);
      return { frame };
    },
    async stop(actorId) {
      if (pass().state === 'prepared') throw wrongState('The pass is not being recorded.');
      await requestStop('operator', actorId);
      await recorder?.ended;
      // The end is taken in by the watch; it is there when the machine has left these two states.
      while (!isClosing && (pass().state === 'recording' || pass().state === 'stopping')) await wait(20);
    },
    async disarm(actorId) {
      if (pass().state !== 'prepared' || recording)
        throw wrongState(`A pass that is ${pass().state} cannot be given up.`);
      append([failed('disarmed', 'The operator gave the pass up.')], actorId);
      await source?.close();
      source = undefined;
      await clear();
    },
    async close() {
      isClosing = true;
      recorder?.letGo();
      await watching?.stop();
      await following?.stop();
      await background;
      if (pass().state === 'prepared' && !recording) await source?.close();
    },
  };
}
