import { hash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { readCardReport } from '#core/devices/card-report.ts';
import type { OpenSource } from '#core/devices/device.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { NewEvent } from '#shared/domain/events.ts';
import type { PassId, PersonId } from '#shared/domain/ids.ts';
import type { Session } from '#shared/domain/live.ts';
import type { EndReason, FailReason, Pass } from '#shared/domain/pass.ts';
import { isSettled, type PassEventType, passTransition } from '#shared/domain/pass-machine.ts';
import { toNumber } from '#shared/domain/rational.ts';
import { driftMs } from './drift.ts';
import { type FollowState, followPass, type PassFollowing, registered } from './follow-pass.ts';
import { type PassFiles, reservePassFiles } from './pass-files.ts';
import type { CaptureLimits, CaptureOptions } from './ports.ts';
import { type Recorder, type RecorderEnd, readRecorder, startRecorder } from './recorder.ts';
import { recorderCommand } from './recorder-command.ts';
import { type RecorderRecord, recordedPaths, writeRecorderRecord } from './recorder-record.ts';
import { endIfNotAsked, endReasonOf, endRecorder, missingFrames } from './recording-end.ts';
import { type RecordingReading, type RecordingWatch, watchRecording } from './recording-watch.ts';
import { finalCardReport, recoverMaster } from './recovery.ts';
import { sessionView } from './session-view.ts';

/** What is known of a pass's files once it has any. */
export interface Recording {
  record: RecorderRecord;
  files: PassFiles;
}

export interface PassSession {
  readonly passId: PassId;
  view(): Session;
  record(actorId: PersonId): Promise<void>;
  mark(label: string, actorId: PersonId): Promise<{ frame: number }>;
  stop(actorId: PersonId): Promise<void>;
  disarm(actorId: PersonId): Promise<void>;
  /** An earlier engine started a recorder and died before it could write so in the log. */
  startedUnseen(recording: Recording): void;
  /** Goes on with a recorder that an earlier engine started. */
  resume(recording: Recording, recorder: Recorder): Promise<void>;
  /** An earlier engine's recorder has ended, unseen. */
  takeEnd(recording: Recording, end: RecorderEnd): Promise<void>;
  /** Mends a master whose recorder died, then follows it. */
  recover(recording: Recording): Promise<void>;
  /** Follows a master that is complete. */
  follow(recording: Recording): void;
  fail(reason: FailReason, detail: string): void;
  readonly settled: Promise<Pass>;
  /** A barrier. The recorder goes on. */
  close(): Promise<void>;
}

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
  let source = options.source;
  let pass = passNow();
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
  const settled = Promise.withResolvers<Pass>();
  const tapeTitle = capture.reads.tape(pass.tapeId)?.title ?? '';

  function passNow(): Pass {
    const found = capture.reads.pass(passId);
    if (!found) throw new HelicalError('NOT_FOUND', `There is no pass ${passId}.`);
    return found;
  }

  /** Writes events of this pass; refuses what the machine does not allow. Software acts in the operator's name. */
  function append(
    events: { type: NewEvent['type']; payload: object }[],
    actorId: string = pass.operatorId,
  ): void {
    let { state } = pass;
    for (const { type } of events) {
      if (!type.startsWith('pass.')) continue;
      const transition = passTransition(state, type as PassEventType);
      if (!transition.ok) throw wrongState(transition.reason);
      state = transition.state;
    }
    capture.log.append(events.map((event) => ({ ...event, actorId }) as NewEvent));
    pass = passNow();
    onChange();
    if (isSettled(pass.state)) settled.resolve(pass);
  }

  function raise(kind: Pass['alarms'][number]['kind'], message: string): void {
    if (isClosing || isSettled(pass.state)) return;
    const frame = reading?.frames ?? pass.frames;
    append([{ type: 'pass.alarm-raised', payload: { passId, kind, frame, message } }]);
  }

  function fail(reason: FailReason, detail: string): void {
    append([{ type: 'pass.failed', payload: { passId, reason, detail, checks: [] } }]);
  }

  /** Work that nobody awaits: what it throws is a bug, told and not swallowed, and the pass stays where it is. */
  function inBackground(work: () => Promise<void>): Promise<void> {
    const done = work();
    background = Promise.all([background, done.catch(() => {})]).then(() => {});
    done.catch((error: unknown) => logger.error({ err: error, passId }, 'a pass cannot go on by itself'));
    return done;
  }

  async function record(actorId: PersonId): Promise<void> {
    const allowed = passTransition(pass.state, 'pass.recording-started');
    if (!allowed.ok || !source || recording)
      throw wrongState(allowed.ok ? 'It is being recorded.' : allowed.reason);
    const files = await reservePassFiles(capture.folders, pass.tapeIdentifier, pass.passNumber);
    const profile = capture.profile(pass.profileId);
    const { args, planned } = recorderCommand({
      capture,
      pass,
      source,
      files,
      profile,
      durationS: options.durationS,
    });
    recording = { files, record: planned };
    await writeRecorderRecord(files.recordPath, planned);
    let started: Recorder;
    try {
      started = await startRecorder({ ffmpegPath: capture.ffmpeg.ffmpegPath, args, files });
    } catch (error) {
      fail('recorder-not-started', (error as Error).message);
      await source.close();
      throw error;
    }
    const { pid, start, startedAtMs } = started;
    recording.record = { ...planned, process: { pid, start, startedAtMs } };
    await writeRecorderRecord(files.recordPath, recording.record);
    append([{ type: 'pass.recording-started', payload: { passId, argv: planned.argv, pid } }], actorId);
    watch(started);
    follow(recording);
  }

  async function resume(taken: Recording, running: Recorder): Promise<void> {
    recording = taken;
    const { frames } = await running.reading();
    append([{ type: 'pass.recorder-adopted', payload: { passId, pid: running.pid, frames } }]);
    watch(running);
    follow(taken);
    if (pass.state === 'stopping') {
      stopReason = pass.endReason ?? 'operator';
      void inBackground(() => endIfNotAsked(running, closeSource));
    }
  }

  function watch(running: Recorder): void {
    const { record: plan } = recording as Recording;
    recorder = running;
    let lookedForDriftAtMs = 0;
    watching = watchRecording({
      recorder: running,
      cardReportPath: plan.cardReportPath,
      sacredPaths: Object.values(recordedPaths(plan, (recording as Recording).files.recordPath)).filter(
        (path) => path !== undefined,
      ),
      mastersDir: (recording as Recording).files.folder,
      framesPerSecond: toNumber(plan.video.frameRate),
      live: plan.live,
      limits,
      onReading: (now) => {
        reading = now;
        if (Date.now() - lookedForDriftAtMs > 1_000) {
          lookedForDriftAtMs = Date.now();
          void inBackground(lookForDrift);
        }
        onChange();
      },
      onAlarm: raise,
      onDiskNearlyFull: () => {
        if (pass.state !== 'recording') return;
        raise('disk', 'The disk of the masters is nearly full: the recording is ended in order.');
        void inBackground(() => requestStop('disk-nearly-full', pass.operatorId));
      },
      onError: (error) => logger.error({ err: error, passId }, 'a look at the recorder failed'),
    });
    void inBackground(async () => {
      const end = await running.ended;
      await watching?.stop();
      watching = undefined;
      if (end.reason !== 'let-go') await takeEnd(recording as Recording, end);
    });
  }

  async function lookForDrift(): Promise<void> {
    const { record: plan, files } = recording as Recording;
    const { frameHashesPath, audioHashesPath } = recordedPaths(plan, files.recordPath);
    if (audioHashesPath === undefined || !plan.audio) return;
    drift = await driftMs(frameHashesPath, audioHashesPath, plan.video.frameRate, plan.audio.sampleRateHz);
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
    const card = await finalCardReport(plan.cardReportPath);
    await source?.close();
    if (frames === 0) {
      await following?.stop();
      fail('nothing-recorded', 'The source gave no frame.');
      return;
    }
    const droppedFrames =
      card?.droppedFrames ??
      (plan.live ? await missingFrames(recordedPaths(plan, files.recordPath).frameHashesPath) : 0);
    const asked = stopReason ?? (pass.state === 'stopping' ? pass.endReason : null);
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
    if (!done) {
      fail('nothing-recorded', 'The recorder died before a whole frame was on the disk.');
      return;
    }
    recording = { ...taken, record: done.record };
    const { framesKept, framesLost, lossBasis, droppedFrames } = done;
    append([
      { type: 'pass.recovered', payload: { passId, framesKept, framesLost, lossBasis, droppedFrames } },
    ]);
    follow(recording);
    complete.resolve();
  }

  function follow(taken: Recording): void {
    if (isClosing) return;
    recording = taken;
    if (pass.state === 'following') complete.resolve();
    const started = followPass({
      capture,
      limits,
      pass,
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
      const { seal, files, measured } = outcome;
      const { tapeId } = pass;
      append([
        ...files.map((file) => ({
          type: 'file.registered' as const,
          payload: registered(file, { fileId: capture.newId(), passId, tapeId }),
        })),
        ...(measured ? [{ type: 'qc.measured' as const, payload: measured }] : []),
        { type: 'pass.followed', payload: { passId, frames: seal.frames } },
        seal.ok
          ? { type: 'pass.sealed', payload: { passId, frames: seal.frames, checks: seal.checks } }
          : {
              type: 'pass.failed',
              payload: {
                passId,
                reason: 'seal-check-failed',
                detail: seal.checks.find((check) => !check.ok)?.message ?? '',
                checks: seal.checks,
              },
            },
      ]);
    });
  }

  async function requestStop(reason: EndReason, actorId: string): Promise<void> {
    const running = recorder;
    if (pass.state !== 'recording' || !running) return;
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
    settled: settled.promise,
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
        pass,
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
      if (pass.state !== 'recording' || !running)
        throw wrongState(`A pass that is ${pass.state} takes no marks.`);
      const { frames } = await running.reading();
      const frame = Math.max(0, frames - 1);
      append([{ type: 'pass.marked', payload: { passId, frame, label } }], actorId);
      return { frame };
    },
    async stop(actorId) {
      if (pass.state === 'prepared') throw wrongState('The pass is not being recorded.');
      await requestStop('operator', actorId);
      await recorder?.ended;
      // The end is taken in by the watch; it is there when the machine has left these two states.
      while (!isClosing && (pass.state === 'recording' || pass.state === 'stopping')) await wait(20);
    },
    async disarm(actorId) {
      const allowed = pass.state === 'prepared' && !recording;
      if (!allowed) throw wrongState(`A pass that is ${pass.state} cannot be given up.`);
      append(
        [
          {
            type: 'pass.failed',
            payload: { passId, reason: 'disarmed', detail: 'The operator gave the pass up.', checks: [] },
          },
        ],
        actorId,
      );
      await source?.close();
      source = undefined;
    },
    async close() {
      isClosing = true;
      recorder?.letGo();
      await watching?.stop();
      await following?.stop();
      await background;
      if (pass.state === 'prepared' && !recording) await source?.close();
    },
  };
}

/** SHA-256 of a text, for the profile's place in the log. */
export function sha256(text: string): string {
  return hash('sha256', text);
}

export function wrongState(reason: string): HelicalError {
  return new HelicalError('WRONG_STATE', { problem: reason, safe: 'Nothing was changed.' });
}
