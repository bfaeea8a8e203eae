import { readCardReport } from '#core/devices/card-report.ts';
import type { EndReason } from '#shared/domain/pass.ts';
import { passTransition } from '#shared/domain/pass-machine.ts';
import { beginRecording, planRecording } from './begin-recording.ts';
import type { PassSession, Recording } from './pass-session.ts';
import { readOnTheWay } from './read-on-the-way.ts';
import type { Recorder, RecorderEnd } from './recorder.ts';
import { recorderOutput } from './recorder-output.ts';
import { watchRecorder } from './recorder-watching.ts';
import { endIfNotAsked, endRecorder } from './recording-end.ts';
import type { SessionState } from './session-state.ts';
import { logLineReader, watchSource } from './source-watch.ts';
import { endWriter, untilWritten } from './source-writer.ts';
import { untilTaken } from './stop-hold.ts';
import { wrongState } from './wrong-state.ts';

/** The part of a session that starts a recorder or takes one back, watches it and asks it to end. */
export function sessionRecorder(
  state: SessionState,
  next: {
    takeEnd(recording: Recording, end: RecorderEnd): Promise<void>;
    follow(recording: Recording): void;
    /** At every reading of the gauges. */
    onReading(): void;
  },
): Pick<PassSession, 'record' | 'resume'> & {
  requestStop(reason: EndReason, actorId: string): Promise<void>;
} {
  const { capture, passId, pass } = state;
  const { append } = state.journal;
  const held = new AbortController();

  /** A folder that was moved, or whose disk was pulled out: the recorder writes on into what it has open, where nobody finds it. */
  function masterGuard(watched: Recording): (masterBytes: number) => void {
    let wasThere = false;
    let isTold = false;
    return (masterBytes) => {
      wasThere ||= masterBytes > 0;
      if (wasThere && masterBytes === 0 && !isTold) {
        isTold = true;
        state.raise(
          'disk-failed',
          `The master is not in its place any more: ${watched.files.folder}. What is recorded from now on may be lost.`,
        );
      }
      if (isTold && masterBytes > 0) {
        isTold = false;
        state.alarmOver('disk-failed');
      }
    };
  }

  function watch(watched: Recording, running: Recorder, isTakenBack: boolean): void {
    state.recorder = running;
    const lookForMaster = masterGuard(watched);
    const standing = pass().alarms.flatMap(({ kind, clearedFrame }) => (clearedFrame === null ? [kind] : []));
    const watching = watchRecorder({
      recorder: running,
      recording: watched,
      folders: capture.folders,
      limits: state.limits,
      reserves: state.reserves,
      heard() {
        const { followState } = state;
        if (!followState?.tap || pass().gaveWay.includes('samples')) return undefined;
        return { frames: followState.frames, peaksDbfs: followState.tap.latest().audioPeaksDbfs };
      },
      standing,
      isTakenBack,
      isRecording: () => pass().state === 'recording',
      onReading: (now, sound) => {
        state.reading = now;
        state.sound = sound;
        lookForMaster(now.masterBytes);
        next.onReading();
        state.onChange();
      },
      onAlarm: state.raise,
      onAlarmOver: state.alarmOver,
      onDiskNearlyFull: () => {
        // What is still waited for has no room either.
        held.abort();
        if (pass().state !== 'recording') return;
        state.raise('disk', 'The disk of the masters is nearly full: the recording is ended in order.');
        void state.inBackground(() => requestStop('disk-nearly-full', pass().operatorId));
      },
      onError: (error) => capture.logger.error({ err: error, passId }, 'a look at the recorder failed'),
    });
    const watchingSource = watchSource({
      recording: watched,
      readLine: logLineReader(capture, pass().sourceId),
      patience: state.limits,
      isRecording: () => pass().state === 'recording',
      onAlarm: state.raise,
      onAlarmOver: state.alarmOver,
      onSignal: (signal) => {
        state.deviceSignal = signal;
      },
      standing,
      onEnd: (reason) => void state.inBackground(() => requestStop(reason, pass().operatorId)),
      onError: (error) => capture.logger.error({ err: error, passId }, 'a look at the source failed'),
    });
    const writing = new AbortController();
    const stopWatching = async () => {
      writing.abort();
      await Promise.all([watching.stop(), watchingSource.stop()]);
    };
    const { writer, video } = watched.record;
    if (writer) {
      void state.inBackground(async () => {
        const framesTaken = async () => (await running.reading()).frames;
        const end = await untilWritten({ writer, video }, framesTaken, writing.signal);
        if (end) await requestStop('source-ended', pass().operatorId);
      });
    }
    state.watching = { stop: stopWatching };
    void state.inBackground(async () => {
      const end = await running.ended;
      await stopWatching();
      await next.takeEnd(state.recording ?? watched, end);
    });
  }

  async function requestStop(reason: EndReason, actorId: string): Promise<void> {
    const running = state.recorder;
    if (pass().state !== 'recording' || !running) return;
    const asked = await readOnTheWay(reason, running, state).catch((error: unknown) => {
      // A card's report that cannot be read must not keep a recording from being ended.
      capture.logger.error({ err: error, passId }, 'what is on its way cannot be told');
      return undefined;
    });
    if (pass().state !== 'recording') return;
    state.stopReason = reason;
    state.asked = asked;
    append([{ type: 'pass.stop-requested', payload: { passId, reason } }], actorId);
    await endInOrder(running);
  }

  /** Ended is the recorder when it has taken in what had come; an engine that is closed meanwhile leaves that to the next one. */
  async function endInOrder(running: Recorder): Promise<void> {
    if (state.asked) await untilTaken(running, state.asked, held.signal);
    if (!state.isClosing) await endRecorder(running, closeSource, recorderOutput(state.recording));
  }

  async function closeSource(): Promise<void> {
    if (state.source) return state.source.close();
    const writer = state.recording?.record.writer;
    if (writer) return endWriter(writer);
    const path = state.recording?.record.cardReportPath;
    const card = path ? await readCardReport(path) : undefined;
    // The card of an earlier engine: only one that reports now is surely the process with this pid.
    if (card?.pid !== undefined && Date.now() - card.atMs < 2_000) process.kill(card.pid, 'SIGTERM');
  }

  return {
    requestStop,
    async record(actorId) {
      const allowed = passTransition(pass().state, 'pass.recording-started');
      const { source } = state;
      if (!allowed.ok || !source || state.recording)
        throw wrongState(allowed.ok ? 'It is being recorded.' : allowed.reason);
      const { recording, args } = await planRecording(capture, pass(), source, state.durationS);
      state.recording = recording;
      let started: Recorder;
      try {
        started = await beginRecording(capture, recording, args);
      } catch (error) {
        await source.close();
        await state.fail('recorder-not-started', (error as Error).message);
        throw error;
      }
      const { argv } = recording.record;
      append([{ type: 'pass.recording-started', payload: { passId, argv, pid: started.pid } }], actorId);
      watch(recording, started, false);
      next.follow(recording);
    },
    async resume(taken, running) {
      state.recording = taken;
      const { frames } = await running.reading();
      append([{ type: 'pass.recorder-adopted', payload: { passId, pid: running.pid, frames } }]);
      watch(taken, running, true);
      next.follow(taken);
      if (pass().state !== 'stopping') return;
      state.stopReason = pass().endReason ?? 'operator';
      state.asked = await readOnTheWay(state.stopReason, running, state);
      void state.inBackground(() => endIfNotAsked(running, () => endInOrder(running)));
    },
  };
}
