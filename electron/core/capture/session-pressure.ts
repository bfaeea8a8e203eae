import type { DerivedWork } from '#shared/domain/pass.ts';
import { toNumber } from '#shared/domain/rational.ts';
import type { PassEvent } from './pass-journal.ts';
import { createPressure, type Pressure, type PressureStep } from './pressure.ts';
import type { SessionState } from './session-state.ts';

/** Above this a source plays faster than real time, and nobody is to keep up with it. */
const realTimeAtMost = 1.1;
const paceAfterMs = 5_000;

/** The part of a session that lets derived work give way to the recorder, and brings it back. */
export function sessionPressure(state: SessionState) {
  const { capture, passId, pass } = state;
  let pressure: Pressure = (capture.pressure ?? createPressure)(pass().gaveWay);
  let first: { atMs: number; frames: number } | undefined;
  // An engine that takes a recorder back finds the alarm of the one before.
  let isTold = pass().alarms.findLast(({ kind }) => kind === 'under-pressure')?.clearedFrame === null;

  /** Writes down what was decided, and does it. */
  function take(steps: readonly PressureStep[]): void {
    if (steps.length === 0 || state.isClosing) return;
    const frame = state.reading?.frames ?? pass().frames;
    state.journal.append(
      steps.map(
        (step): PassEvent =>
          step.do === 'give-way'
            ? {
                type: 'pass.derived-gave-way',
                payload: { passId, frame, work: step.work, reason: step.reason },
              }
            : { type: 'pass.derived-resumed', payload: { passId, frame, work: step.work } },
      ),
    );
    state.following?.giveWay(pressure.gaveWay());
  }

  function tell(reason: string | undefined): void {
    if (reason !== undefined && !isTold) state.raise('under-pressure', `${reason} Derived work gives way.`);
    if (reason === undefined && isTold) state.alarmOver('under-pressure');
    isTold = reason !== undefined;
  }

  function behindS(): number | null {
    const { reading, followState } = state;
    const fps = toNumber(pass().video.frameRate);
    if (!reading || !followState || reading.lagS === null) return null;
    first ??= { atMs: reading.atMs, frames: reading.frames };
    const elapsedMs = reading.atMs - first.atMs;
    const pace = ((reading.frames - first.frames) * 1000) / (elapsedMs * fps);
    if (elapsedMs < paceAfterMs || pace > realTimeAtMost) return null;
    return Math.max(0, reading.frames - followState.frames) / fps;
  }

  return {
    /** At every reading of the gauges. */
    look(): void {
      const { reading } = state;
      if (!reading || pass().state !== 'recording') return;
      const writeLatencyMs = reading.writeLatency?.lastMs ?? 0;
      const step = pressure.add({ ...reading, writeLatencyMs, behindS: behindS() });
      if (step?.do === 'give-way') tell(step.reason);
      else if (!pressure.isPressed()) tell(undefined);
      if (step) take([step]);
    },
    /** The tape has been played: what can go on goes on; what has a gap is made up for later (follow-late.ts). */
    recordingOver(): void {
      tell(undefined);
      take(pressure.recordingOver());
    },
    /** Everything is being made now. */
    over(): void {
      tell(undefined);
      take(pressure.over());
      pressure = createPressure();
    },
    gaveWay: (): readonly DerivedWork[] => pressure.gaveWay(),
  };
}
