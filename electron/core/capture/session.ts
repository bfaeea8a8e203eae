import { setTimeout as wait } from 'node:timers/promises';
import { isSettled } from '#shared/domain/pass-machine.ts';
import { followPass } from './follow-pass.ts';
import type { PassSession, Recording } from './pass-session.ts';
import { recordedPaths } from './recorder-record.ts';
import { sessionEnd } from './session-end.ts';
import { eventsOfProof } from './session-outcome.ts';
import { sessionPlan } from './session-plan.ts';
import { sessionPressure } from './session-pressure.ts';
import { sessionRecorder } from './session-recorder.ts';
import { openSessionState, type SessionOptions } from './session-state.ts';
import { sessionTimecode } from './session-timecode.ts';
import { sessionView } from './session-view.ts';
import { wrongState } from './wrong-state.ts';

/** Runs one pass through the machine: events in, work out. One at a time for each pass. */
export function createSession(options: SessionOptions): PassSession {
  const { capture, limits, passId } = options;
  const state = openSessionState(options);
  const { journal, pass } = state;
  const { append } = journal;
  const pressure = sessionPressure(state);
  const { takeEnd, recover } = sessionEnd(state, follow);
  const { record, resume, requestStop } = sessionRecorder(state, {
    async takeEnd(taken, end) {
      await takeEnd(taken, end);
      if (end.reason !== 'let-go' && !isSettled(pass().state)) pressure.recordingOver();
    },
    follow,
    onReading: pressure.look,
  });
  const plan = sessionPlan(state, requestStop);
  const timecode = sessionTimecode(state, plan.addTimecode);
  const tapeTitle = capture.reads.tape(pass().tapeId)?.title ?? '';

  function follow(taken: Recording): void {
    if (state.isClosing) return;
    state.recording = taken;
    if (pass().state === 'following') state.complete.resolve();
    timecode.watch(taken);
    plan.watch();
    // Of a master that does not grow any more everything is made at once.
    if (pass().state === 'following') pressure.over();
    const started = followPass({
      capture,
      limits,
      pass: pass(),
      record: taken.record,
      recordPath: taken.files.recordPath,
      masterComplete: state.complete.promise,
      onState: (now) => {
        if (now.frames !== state.followState?.frames) state.followedAtMs = performance.now();
        state.followState = now;
        state.onChange();
      },
      onRestart: (message) => state.raise('follower-restarted', message),
      onTimecode: timecode.fromFrame,
      gaveWay: pressure.gaveWay(),
      onMakingUp: pressure.over,
    });
    state.following = started;
    void state.inBackground(async () => {
      const outcome = await started.outcome;
      if (outcome.reason === 'stopped' || state.following !== started) return;
      await timecode.stop();
      await plan.stop();
      if (outcome.reason === 'gave-up') return state.fail('unreadable', outcome.problem);
      await state.clear(outcome.seal.ok);
      append(eventsOfProof(outcome, pass(), capture.newId));
    });
  }

  return {
    passId,
    settled: journal.settled,
    record,
    resume,
    takeEnd,
    recover,
    follow,
    fail: state.fail,
    startedUnseen({ record: { argv, process: started } }) {
      if (!started) throw new TypeError('no recorder was started');
      append([{ type: 'pass.recording-started', payload: { passId, argv, pid: started.pid } }]);
    },
    view: () =>
      sessionView({
        pass: pass(),
        tapeTitle,
        reading: state.reading,
        sound: state.sound,
        deviceSignal: state.deviceSignal,
        follow: state.followState,
        followedAtMs: state.followedAtMs,
        timecode,
        judgedFrames: plan.judgedFrames(),
        durationS: options.durationS ?? null,
        nowMs: performance.now(),
      }),
    masterOnTheWay() {
      const { state: now } = pass();
      const isGrowing = now === 'recording' || now === 'stopping';
      if (!state.recording || !(isGrowing || now === 'following')) return undefined;
      const { record, files } = state.recording;
      return { path: recordedPaths(record, files.recordPath).masterPath, isGrowing };
    },
    async mark(label, actorId) {
      const running = state.recorder;
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
      await state.recorder?.ended;
      const isRecording = () => pass().state === 'recording' || pass().state === 'stopping';
      // The end is taken in by the watch; it is there when the machine has left these two states.
      while (!state.isClosing && isRecording()) await wait(20);
    },
    async disarm(actorId) {
      if (pass().state !== 'prepared' || state.recording)
        throw wrongState(`A pass that is ${pass().state} cannot be given up.`);
      append([state.failed('disarmed', 'The operator gave the pass up.')], actorId);
      await state.source?.close();
      state.source = undefined;
      await state.clear();
    },
    async close() {
      state.isClosing = true;
      state.recorder?.letGo();
      await state.watching?.stop();
      await state.following?.stop();
      await timecode.stop();
      await plan.stop();
      await state.idle();
      if (pass().state === 'prepared' && !state.recording) await state.source?.close();
    },
  };
}
