import { setTimeout as wait } from 'node:timers/promises';
import type { EndReason } from '#shared/domain/pass.ts';
import type { Recorder } from './recorder.ts';
import type { RecordingReading } from './recording-watch.ts';

/** What was on its way from the tape to the master when a recording was asked to end. */
export interface OnTheWay {
  /** Frames that the tape had given by then: the master is to hold them, but for those that the card threw away. */
  tapeFrames: number;
  droppedFrames: number;
  /** Counted by the card, or reckoned from how far the recorder was behind by the clock. */
  basis: 'card' | 'clock';
  /** How long the recorder may take to take them in; 0: the recording must be ended at once. */
  withinMs: number;
}

/** A lag that is shorter than this is the usual coming and going of a busy machine. */
const passingLagS = 1;
/** Beyond what the queue can hold: the recorder tells its count five times a second, a busy machine later. */
const leewayMs = 3_000;

/** Ends of which nothing more can come, or nothing more may be written. */
const atOnce: readonly EndReason[] = ['device-gone', 'standard-changed', 'audio-missing', 'source-stalled'];

/**
 * What a card holds, or a recorder is behind, at the moment of a stop. Undefined where nothing is on its way: a source that waits,
 * a recorder that is not behind, or an end after which nothing can come. A planned length is never asked for more than it has.
 */
export function onTheWay(
  reason: EndReason,
  now: Pick<RecordingReading, 'frames' | 'lagS' | 'queueS'> & {
    card:
      | Pick<NonNullable<RecordingReading['card']>, 'capturedFrames' | 'droppedFrames' | 'queuedFrames'>
      | undefined;
  },
  recording: { live: boolean; framesPerSecond: number; plannedFrames: number | null },
): OnTheWay | undefined {
  const { live, framesPerSecond, plannedFrames } = recording;
  if (!live || atOnce.includes(reason)) return undefined;
  const isFull = reason === 'disk-nearly-full';
  const { card, frames, lagS } = now;
  const isBehind = (card ? card.queuedFrames / framesPerSecond : (lagS ?? 0)) >= passingLagS;
  // Without a card's count a lag is an estimate; a full disk leaves behind what is under way at any moment.
  if ((isFull || !card) && !isBehind) return undefined;
  const came = card ? card.capturedFrames : frames + Math.ceil((lagS ?? 0) * framesPerSecond);
  const droppedFrames = card?.droppedFrames ?? 0;
  return {
    tapeFrames: Math.min(came, plannedFrames === null ? came : plannedFrames + droppedFrames),
    droppedFrames,
    basis: card ? 'card' : 'clock',
    withinMs: isFull ? 0 : (now.queueS ?? 0) * 1_000 + leewayMs,
  };
}

/**
 * Resolves when the recorder has taken in what was on its way, when it has ended, when time is up, or when it is called off. The
 * tape plays on meanwhile: the master ends a little later, never earlier than it was asked to.
 */
export async function untilTaken(recorder: Recorder, asked: OnTheWay, calledOff: AbortSignal): Promise<void> {
  const deadline = performance.now() + asked.withinMs;
  const wanted = asked.tapeFrames - asked.droppedFrames;
  let hasEnded = false;
  void recorder.ended.then(() => {
    hasEnded = true;
  });
  while (!hasEnded && !calledOff.aborted && performance.now() < deadline) {
    if ((await recorder.reading()).frames >= wanted) return;
    await wait(50, undefined, { signal: calledOff }).catch(() => {});
  }
}

/** Frames that had come when the stop was asked for, and that are neither in the master nor counted as missing. */
export function leftBehind(
  asked: OnTheWay,
  ended: { frames: number; missingFrames: number; droppedFrames: number },
): number {
  const unreadable = Math.max(0, ended.missingFrames - ended.droppedFrames);
  return Math.max(0, asked.tapeFrames - asked.droppedFrames - unreadable - ended.frames);
}

/** What a stop left behind, as a sentence for people. */
export function leftInWords(frames: number, basis: OnTheWay['basis'], framesPerSecond: number): string {
  const seconds = (frames / framesPerSecond).toFixed(1);
  return basis === 'card'
    ? `The card held ${frames} frames (${seconds} s) when the stop was asked for, and the recorder did not take them: they are lost.`
    : `The recorder was behind when the stop was asked for: by the clock ${seconds} s that the deck had played are not in the master.`;
}
