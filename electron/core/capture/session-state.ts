import type { OpenSource } from '#core/devices/device.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { AlarmKind, EndReason, FailReason, Pass } from '#shared/domain/pass.ts';
import { isSettled } from '#shared/domain/pass-machine.ts';
import type { DeviceSignal } from './device-signal.ts';
import type { DiskReserves } from './disk-reserves.ts';
import type { FollowState, PassFollowing } from './follow-pass.ts';
import { openPassJournal, type PassEvent, type PassJournal } from './pass-journal.ts';
import { clearLeftovers } from './pass-leftovers.ts';
import type { Recording } from './pass-session.ts';
import type { CaptureLimits, CaptureOptions } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { SoundReading } from './recorder-watching.ts';
import type { RecordingReading, RecordingWatch } from './recording-watch.ts';
import type { OnTheWay } from './stop-hold.ts';

export interface SessionOptions {
  capture: CaptureOptions;
  limits: CaptureLimits;
  /** What all recordings of this engine need of their disks. */
  reserves: DiskReserves;
  passId: PassId;
  source: OpenSource | undefined;
  durationS: number | undefined;
  onChange(): void;
}

/** What the parts of one session share: what runs now, what is known now, and how it is told. */
export interface SessionState extends Readonly<Omit<SessionOptions, 'source'>> {
  readonly journal: PassJournal;
  source: OpenSource | undefined;
  recording: Recording | undefined;
  recorder: Recorder | undefined;
  watching: RecordingWatch | undefined;
  following: PassFollowing | undefined;
  reading: RecordingReading | undefined;
  sound: SoundReading | undefined;
  /** What the card says of its signal in the recorder's log; a card report, where there is one, knows better. */
  deviceSignal: DeviceSignal;
  followState: FollowState | undefined;
  followedAtMs: number;
  isClosing: boolean;
  stopReason: EndReason | undefined;
  /** What was on its way when the stop was asked for. */
  asked: OnTheWay | undefined;
  /** Resolves when the master that is followed now will not grow any more. */
  complete: PromiseWithResolvers<void>;
  pass(): Pass;
  /** Writes an alarm into the log, at the frame that is recorded now; `message` is what was seen, in a sentence. */
  raise(kind: AlarmKind, message: string): void;
  /** The latest alarm of this kind is over; nothing happens where none is raised. */
  alarmOver(kind: AlarmKind): void;
  /** The event, for what has to be written together with others. */
  failed(reason: FailReason, detail: string): PassEvent;
  /** Clears away what is needed only while the pass runs. @param isWhole every frame is proved to be in the master. */
  clear(isWhole?: boolean): Promise<void>;
  fail(reason: FailReason, detail: string): Promise<void>;
  /** Work that nobody awaits: what it throws is a bug, told and not swallowed, and the pass stays where it is. */
  inBackground(work: () => Promise<void>): Promise<void>;
  /** Resolves when all work in the background is over. */
  idle(): Promise<void>;
}

/** The state of a session of which nothing runs yet. NOT_FOUND for a pass that the log does not know. */
export function openSessionState(options: SessionOptions): SessionState {
  const { capture, passId } = options;
  const journal = openPassJournal(capture, passId, options.onChange);
  const { pass, append } = journal;
  let background = Promise.resolve();
  const frameNow = () => state.reading?.frames ?? pass().frames;

  const state: SessionState = {
    ...options,
    journal,
    recording: undefined,
    recorder: undefined,
    watching: undefined,
    following: undefined,
    reading: undefined,
    sound: undefined,
    deviceSignal: 'unknown',
    followState: undefined,
    followedAtMs: performance.now(),
    isClosing: false,
    stopReason: undefined,
    asked: undefined,
    complete: Promise.withResolvers<void>(),
    pass,
    raise(kind, message) {
      if (state.isClosing || isSettled(pass().state)) return;
      append([{ type: 'pass.alarm-raised', payload: { passId, kind, frame: frameNow(), message } }]);
    },
    alarmOver(kind) {
      if (state.isClosing || isSettled(pass().state)) return;
      const latest = pass().alarms.findLast((alarm) => alarm.kind === kind);
      if (latest?.clearedFrame !== null) return;
      append([{ type: 'pass.alarm-cleared', payload: { passId, kind, frame: frameNow() } }]);
    },
    failed: (reason, detail) => ({ type: 'pass.failed', payload: { passId, reason, detail, checks: [] } }),
    async clear(isWhole = false) {
      const keptPath = await clearLeftovers(capture.folders, pass(), state.recording, isWhole);
      if (keptPath === undefined) return;
      const message = `What the deck gave is left in ${keptPath}: it may hold frames that are not in the master.`;
      state.raise(state.recording?.record.recovery ? 'recorder-died' : 'frames-unreadable', message);
    },
    async fail(reason, detail) {
      await state.clear();
      append([state.failed(reason, detail)]);
    },
    inBackground(work) {
      const done = work();
      background = Promise.all([background, done.catch(() => {})]).then(() => {});
      done.catch((error: unknown) =>
        capture.logger.error({ err: error, passId }, 'a pass cannot go on by itself'),
      );
      return done;
    },
    idle: () => background,
  };
  return state;
}
