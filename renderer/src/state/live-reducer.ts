import type { LiveMessage, LiveState, Session } from '#shared/domain/live.ts';

export interface LiveView {
  /** Number of the last message taken in; null before the first snapshot. */
  seq: number | null;
  state: LiveState;
}

export const emptyView: LiveView = {
  seq: null,
  state: { sessions: [], work: [], log: { seq: 0, verifiedSeq: 0, ok: true } },
};

/**
 * Takes one live message into the view. `gap` when a delta does not follow the message before it: what is shown can no
 * longer be trusted and a fresh snapshot has to be asked for.
 */
export function takeIn(view: LiveView, message: LiveMessage): LiveView | 'gap' {
  if (message.kind === 'snapshot') return { seq: message.seq, state: message.state };
  if (view.seq === null || message.seq !== view.seq + 1) return 'gap';
  return {
    seq: message.seq,
    state: {
      sessions: merged(view.state.sessions, message.sessions, message.goneSessions),
      work: message.work ?? view.state.work,
      log: message.log ?? view.state.log,
    },
  };
}

function merged(before: Session[], changed: Session[], gone: readonly string[]): Session[] {
  if (changed.length === 0 && gone.length === 0) return before;
  const byId = new Map(changed.map((session) => [session.passId, session]));
  const kept = before
    .filter((session) => !gone.includes(session.passId))
    .map((session) => {
      const next = byId.get(session.passId);
      byId.delete(session.passId);
      return next ?? session;
    });
  return [...kept, ...byId.values()];
}
