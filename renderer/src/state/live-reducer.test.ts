import { describe, expect, test } from 'vitest';
import type { LiveMessage, LiveState, Session } from '#shared/domain/live.ts';
import { emptyView, type LiveView, takeIn } from './live-reducer.ts';

const session = (passId: string, frames: number) => ({ passId, frames }) as unknown as Session;
const state = (...sessions: Session[]): LiveState => ({
  sessions,
  work: [],
  log: { seq: 7, verifiedSeq: 7, ok: true },
});
const delta = (seq: number, change: Partial<Extract<LiveMessage, { kind: 'delta' }>>): LiveMessage => ({
  kind: 'delta',
  seq,
  sessions: [],
  goneSessions: [],
  work: null,
  log: null,
  ...change,
});

function taken(view: LiveView, ...messages: LiveMessage[]): LiveView {
  let now = view;
  for (const message of messages) {
    const next = takeIn(now, message);
    if (next === 'gap') throw new Error(`gap at ${message.seq}`);
    now = next;
  }
  return now;
}

describe('live messages', () => {
  test('a delta changes, adds and removes sessions and leaves the rest', () => {
    const view = taken(
      emptyView,
      { kind: 'snapshot', seq: 3, state: state(session('a', 10), session('b', 20)) },
      delta(4, { sessions: [session('b', 25), session('c', 1)] }),
      delta(5, { goneSessions: ['a' as Session['passId']], log: { seq: 8, verifiedSeq: 7, ok: true } }),
    );
    expect(view.seq).toBe(5);
    expect(view.state.sessions.map(({ passId, frames }) => [passId, frames])).toEqual([
      ['b', 25],
      ['c', 1],
    ]);
    expect(view.state.log.seq).toBe(8);
  });

  test('a missing message is a gap, and so is a delta before any snapshot', () => {
    const view = taken(emptyView, { kind: 'snapshot', seq: 3, state: state() });
    expect(takeIn(view, delta(5, {}))).toBe('gap');
    expect(takeIn(view, delta(3, {}))).toBe('gap');
    expect(takeIn(emptyView, delta(1, {}))).toBe('gap');
  });

  test('a snapshot is taken whatever came before', () => {
    const view = taken(emptyView, { kind: 'snapshot', seq: 9, state: state(session('a', 1)) });
    expect(taken(view, { kind: 'snapshot', seq: 1, state: state() }).state.sessions).toEqual([]);
  });
});
