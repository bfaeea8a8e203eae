import { setTimeout as wait } from 'node:timers/promises';
import type { EndReason } from '#shared/domain/pass.ts';
import { isSettled, passTransition } from '#shared/domain/pass-machine.ts';
import { toNumber } from '#shared/domain/rational.ts';
import { formatTimecode, parseTimecode } from '#shared/domain/timecode.ts';
import { countEssence, type EssenceCount } from './essence-count.ts';
import { createPlanWatch, type PlanVerdict } from './plan-watch.ts';
import { recordedPaths } from './recorder-record.ts';
import type { SessionState } from './session-state.ts';

export interface SessionPlan {
  /** Looks at the plan's conditions from now on. Nothing happens where the operator set none; safe to call again. */
  watch(): void;
  /** The timecode of a frame, null where it has none: told by whoever reads timecodes, in the order of frames. */
  addTimecode(frame: number, timecode: string | null): void;
  /** Frames that pictures or timecodes were judged of so far; null where the plan asks for neither. */
  judgedFrames(): number | null;
  /** Looks once more at what is known by now, then stops. A barrier. */
  stop(): Promise<void>;
}

/** What comes near, by the end that it would be. */
const seen: Partial<Record<EndReason, string>> = {
  'tape-end': 'The pictures are snow, black without sound, or a flat field without sound.',
  'signal-lost': 'There is no signal.',
};

const everyMs = 200;
/** So near to its end a length is counted by the list of hashes, which grows frame by frame, and not by what ffmpeg tells. */
const nearEndS = 2;
const nearEndEveryMs = 20;

/**
 * The part of a session that watches what its operator planned: it writes down where the programme began, and asks for the end
 * when a condition has come true. The plan is read from the log, so that a recorder that was taken back is watched on.
 */
export function sessionPlan(
  state: SessionState,
  requestStop: (reason: EndReason, actorId: string) => Promise<void>,
): SessionPlan {
  const { passId, pass } = state;
  const { plan, video, programmeStartFrame } = pass();
  const planned =
    plan &&
    createPlanWatch(plan, video.frameRate, programmeStartFrame ?? undefined, state.limits.byPicturesS);
  let isTold = pass().alarms.some(({ kind, clearedFrame }) => kind === 'end-near' && clearedFrame === null);
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let lookedAtMs = performance.now();
  let countedTimecodes = 0;
  let counter: EssenceCount | undefined;

  /** A container's timecode is one number: the recorder's frames count on from it. */
  function countTimecodes(recordedFrames: number): void {
    const { source, first } = state.recording?.record.timecode ?? {};
    const start = source === 'container' && first ? parseTimecode(first, video.frameRate) : undefined;
    if (!planned || !first || start === undefined) return;
    for (; countedTimecodes < recordedFrames; countedTimecodes++) {
      const timecode = formatTimecode(start + countedTimecodes, video.frameRate, first.includes(';'));
      planned.addTimecode(countedTimecodes, timecode);
    }
  }

  function writeDown(programmeStart: number | undefined): void {
    if (!plan || plan.start.on === 'operator' || programmeStart === undefined) return;
    if (pass().programmeStartFrame !== null) return;
    // While an interrupted master is mended nothing may be said of its frames: it is said afterwards.
    if (!passTransition(pass().state, 'pass.programme-started').ok) return;
    const payload = { passId, on: plan.start.on, frame: programmeStart };
    state.journal.append([{ type: 'pass.programme-started', payload }]);
  }

  /** While it can still be helped: pictures may be the work's own. */
  function tell(near: PlanVerdict['near']): void {
    if (pass().state !== 'recording' || isTold === (near !== undefined)) return;
    isTold = near !== undefined;
    if (!near) state.alarmOver('end-near');
    else state.raise('end-near', `${seen[near.reason]} The recording ends in ${Math.ceil(near.inS)} s.`);
  }

  /** Frames that are recorded: to the frame where that matters. Every frame in the list of hashes comes into the master. */
  async function recordedFrames(): Promise<number> {
    const told = state.reading?.frames ?? 0;
    const left = planned?.framesLeft(told);
    const recording = pass().state === 'recording' ? state.recording : undefined;
    if (left === undefined || left > nearEndS * toNumber(video.frameRate) || !recording) return told;
    counter ??= countEssence({
      frameHashesPath: recordedPaths(recording.record, recording.files.recordPath).frameHashesPath,
      audioHashesPath: undefined,
      frameRate: video.frameRate,
      sampleRateHz: undefined,
    });
    await counter.read();
    return Math.max(told, counter.counts().frames);
  }

  async function look(): Promise<void> {
    if (!planned || state.isClosing) return;
    const nowMs = performance.now();
    const elapsedS = (nowMs - lookedAtMs) / 1000;
    lookedAtMs = nowMs;
    const frames = await recordedFrames();
    if (state.isClosing) return;
    countTimecodes(frames);
    planned.addContents(state.followState?.tap?.contents(planned.nextContent) ?? []);
    const said = state.deviceSignal === 'unknown' ? undefined : state.deviceSignal;
    const signal = state.reading?.card?.signal ?? said;
    const verdict = planned.look({ frames, elapsedS, signal });
    writeDown(verdict.programmeStartFrame);
    tell(verdict.near);
    if (verdict.stop === undefined || pass().state !== 'recording') return;
    const reason = verdict.stop;
    void state.inBackground(() => requestStop(reason, pass().operatorId));
  }

  /** Measures that gave way were made again from the whole master: a start that fell into their gap is there. */
  function lookAgain(): void {
    const tap = state.followState?.tap;
    if (plan?.start.on !== 'signal' || !tap || state.isClosing) return;
    const whole = createPlanWatch(plan, video.frameRate);
    whole.addContents(tap.contents(0));
    writeDown(whole.look({ frames: pass().frames, elapsedS: 0, signal: undefined }).programmeStartFrame);
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted && !isSettled(pass().state)) {
      await look();
      const pauseMs = counter === undefined || pass().state !== 'recording' ? everyMs : nearEndEveryMs;
      await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  return {
    watch() {
      if (!planned || running) return;
      lookedAtMs = performance.now();
      running = run();
      void state.inBackground(() => running as Promise<void>);
    },
    addTimecode: (frame, timecode) => planned?.addTimecode(frame, timecode),
    judgedFrames: () => planned?.judgedFrames() ?? null,
    async stop() {
      stopping.abort();
      await running;
      await look();
      await counter?.close();
      if (pass().programmeStartFrame === null) lookAgain();
    },
  };
}
