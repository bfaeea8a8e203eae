import { type DerivedWork, derivedWorks } from '#shared/domain/pass.ts';
import { canResume } from './follower-gates.ts';

/** What a machine's pressure on a recorder is judged by. Times are of a monotonic clock. */
export interface PressureFacts {
  atMs: number;
  /** As the gauges say; a source that can wait is under no pressure. */
  lagS: number | null;
  filled: number;
  untilLossS: number | null;
  isSteady: boolean;
  writeLatencyMs: number;
  /** Seconds of tape by which the follower is behind the recorder; null where it is not to keep up. */
  behindS: number | null;
}

/** One work gave way, and why; or came back. */
export type PressureStep =
  | { do: 'give-way'; work: DerivedWork; reason: string }
  | { do: 'resume'; work: DerivedWork };

export interface Pressure {
  /** What is to be done now: one step at a time, in the fixed order. */
  add(facts: PressureFacts): PressureStep | undefined;
  gaveWay(): DerivedWork[];
  /** It has not been calm for long since the last work gave way. */
  isPressed(): boolean;
  /** The recording is over: what is of use with a gap comes back, the last one first. */
  recordingOver(): PressureStep[];
  /** Everything comes back. */
  over(): PressureStep[];
}

/** A jam shorter than this passes by itself (alarms/queue-alarms.ts has the same). */
const passingJamS = 1;
const slowWriteMs = 1_000;
/** A live picture of half a minute ago is of no use at the deck, and the end of a tape is seen too late. */
const behindS = 30;
/** How long it has to last before the first step, and how long a step is given to show what it frees. */
const lastingS = { queue: 1, disk: 2, behind: 10 };
const settleMs = 3_000;
/** Where frames are lost so soon, nothing is waited for. */
const urgentS = 10;
const urgentSettleMs = 1_000;
/** How long it has to be calm before a work comes back, doubled each time when that was too early. */
const calmMs = 20_000;
const calmAtMostMs = 320_000;
const tooEarlyMs = 60_000;

/**
 * Decides which derived work gives way to the recorder: access copy, thumbnails, samples, live picture, in this order, one
 * step at a time; back in the opposite one. For a follower that cannot keep up, the access copy alone gives way: it is the dearest
 * by far, and the measures that see a tape's end are not its to take. Pure but for its memory. `standing` is what gave way already.
 */
export function createPressure(standing: readonly DerivedWork[] = []): Pressure {
  let gaveWay = derivedWorks.filter((work) => standing.includes(work));
  const since = new Map<string, number>();
  let steppedAtMs = Number.NEGATIVE_INFINITY;
  let resumedAtMs = Number.NEGATIVE_INFINITY;
  let calmForMs = calmMs;
  let isPressed = false;

  /** Seconds for which a condition has held. */
  function held(name: string, holds: boolean, atMs: number): number {
    if (!holds) since.delete(name);
    else if (!since.has(name)) since.set(name, atMs);
    return holds ? (atMs - (since.get(name) ?? atMs)) / 1000 : -1;
  }

  function reasonNow(facts: PressureFacts): string | undefined {
    const { atMs, lagS, writeLatencyMs } = facts;
    const isJammed = held('queue', isQueueFilling(facts), atMs) >= lastingS.queue;
    const isDiskSlow = held('disk', writeLatencyMs >= slowWriteMs, atMs) >= lastingS.disk;
    const isBehind = held('behind', (facts.behindS ?? 0) >= behindS, atMs) >= lastingS.behind;
    if (isJammed) return `The recorder is ${(lagS ?? 0).toFixed(1)} s behind the tape.`;
    if (isDiskSlow) return `A write of the master took ${(writeLatencyMs / 1000).toFixed(1)} s.`;
    if (isBehind && gaveWay.length === 0)
      return `Derived work is ${Math.round(facts.behindS ?? 0)} s behind the recorder.`;
    return undefined;
  }

  function giveWay(atMs: number, reason: string): PressureStep | undefined {
    const work = derivedWorks[gaveWay.length];
    if (!work) return undefined;
    if (atMs - resumedAtMs < tooEarlyMs) calmForMs = Math.min(calmAtMostMs, calmForMs * 2);
    gaveWay = [...gaveWay, work];
    steppedAtMs = atMs;
    isPressed = true;
    return { do: 'give-way', work, reason };
  }

  function resume(which: (work: DerivedWork) => boolean): PressureStep[] {
    const back = gaveWay.filter(which).toReversed();
    gaveWay = gaveWay.filter((work) => !which(work));
    isPressed = false;
    return back.map((work) => ({ do: 'resume', work }));
  }

  return {
    gaveWay: () => [...gaveWay],
    add(facts) {
      const { atMs, untilLossS } = facts;
      const reason = reasonNow(facts);
      const calmForS = held('calm', isCalmNow(facts), atMs);
      const isCalm = calmForS * 1000 >= calmForMs;
      if (calmForS * 1000 >= calmMs) isPressed = false;
      const settled = untilLossS !== null && untilLossS < urgentS ? urgentSettleMs : settleMs;
      if (reason !== undefined) return atMs - steppedAtMs >= settled ? giveWay(atMs, reason) : undefined;
      const last = gaveWay.at(-1);
      if (!isCalm || last === undefined || !canResume(last) || atMs - steppedAtMs < calmForMs)
        return undefined;
      gaveWay = gaveWay.slice(0, -1);
      steppedAtMs = atMs;
      resumedAtMs = atMs;
      return { do: 'resume', work: last };
    },
    isPressed: () => isPressed,
    recordingOver: () => resume(canResume),
    over: () => resume(() => true),
  };
}

function isQueueFilling({ lagS, filled, untilLossS, isSteady }: PressureFacts): boolean {
  if (lagS === null) return false;
  const isSoon = untilLossS !== null && untilLossS < 60;
  if (isSteady && isSoon) return true;
  return lagS >= passingJamS && (filled >= 0.2 || isSoon);
}

function isCalmNow({ lagS, filled, untilLossS, writeLatencyMs, behindS: behind }: PressureFacts): boolean {
  return (
    (lagS ?? 0) < passingJamS / 2 &&
    filled < 0.1 &&
    untilLossS === null &&
    writeLatencyMs < slowWriteMs / 2 &&
    (behind ?? 0) < behindS / 3
  );
}
