import type { EventType } from './events.ts';
import type { PassState } from './pass.ts';

/** The events that concern the state of one pass. */
export type PassEventType = Extract<EventType, `pass.${string}`>;

/** What has to be done next for a pass that has come into a state: the engine does it, the machine only names it. */
export type PassWork = 'none' | 'watch-recorder' | 'await-recorder-end' | 'recover' | 'follow-and-seal';

/** The machine's answer: the state after the event and the work that it asks for, or why the event cannot be. */
export type Transition = { ok: true; state: PassState; work: PassWork } | { ok: false; reason: string };

type Rule = Partial<Record<PassEventType, PassState>>;

/** Every event that may happen in a state, and the state it leads to. What is not here is refused. */
const rules: Record<PassState, Rule> = {
  prepared: {
    'pass.planned': 'prepared',
    'pass.recording-started': 'recording',
    'pass.failed': 'failed',
  },
  recording: {
    'pass.recorder-adopted': 'recording',
    'pass.marked': 'recording',
    'pass.alarm-raised': 'recording',
    'pass.alarm-cleared': 'recording',
    'pass.programme-started': 'recording',
    'pass.derived-gave-way': 'recording',
    'pass.derived-resumed': 'recording',
    'pass.timecode-broken': 'recording',
    'pass.stop-requested': 'stopping',
    'pass.recording-ended': 'following',
    'pass.interrupted': 'interrupted',
    'pass.failed': 'failed',
  },
  stopping: {
    'pass.recorder-adopted': 'stopping',
    'pass.marked': 'stopping',
    'pass.alarm-raised': 'stopping',
    'pass.alarm-cleared': 'stopping',
    'pass.programme-started': 'stopping',
    'pass.derived-gave-way': 'stopping',
    'pass.derived-resumed': 'stopping',
    'pass.timecode-broken': 'stopping',
    'pass.recording-ended': 'following',
    'pass.interrupted': 'interrupted',
    'pass.failed': 'failed',
  },
  interrupted: {
    'pass.alarm-raised': 'interrupted',
    'pass.alarm-cleared': 'interrupted',
    'pass.derived-gave-way': 'interrupted',
    'pass.derived-resumed': 'interrupted',
    'pass.recovered': 'following',
    'pass.failed': 'failed',
  },
  following: {
    'pass.alarm-raised': 'following',
    'pass.alarm-cleared': 'following',
    'pass.programme-started': 'following',
    'pass.derived-gave-way': 'following',
    'pass.derived-resumed': 'following',
    'pass.timecode-broken': 'following',
    'pass.followed': 'following',
    'pass.sealed': 'sealed',
    'pass.failed': 'failed',
  },
  sealed: {},
  failed: {},
};

/**
 * What an event does to a pass. `state` is undefined before the first event, which can only be `pass.prepared`.
 * Pure: neither the clock nor anything outside is read.
 */
export function passTransition(state: PassState | undefined, event: PassEventType): Transition {
  if (state === undefined) {
    if (event === 'pass.prepared') return { ok: true, state: 'prepared', work: 'none' };
    return { ok: false, reason: `${event} cannot be the first event of a pass.` };
  }
  const next = rules[state][event];
  if (next === undefined) return { ok: false, reason: `${event} cannot happen to a pass that is ${state}.` };
  return { ok: true, state: next, work: workOf(next) };
}

/** What has to be done for a pass that is found in this state, also by an engine that has just started. */
export function workOf(state: PassState): PassWork {
  return works[state];
}

/** True when nothing more will happen to the pass by itself. */
export function isSettled(state: PassState): boolean {
  return state === 'sealed' || state === 'failed';
}

const works: Record<PassState, PassWork> = {
  prepared: 'none',
  recording: 'watch-recorder',
  stopping: 'await-recorder-end',
  interrupted: 'recover',
  following: 'follow-and-seal',
  sealed: 'none',
  failed: 'none',
};
