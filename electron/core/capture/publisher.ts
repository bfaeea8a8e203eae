import type { PassId } from '#shared/domain/ids.ts';
import type { Session } from '#shared/domain/live.ts';

type Listener = (session: Session, gone: boolean) => void;

export interface Publisher {
  add(listener: Listener): Disposable;
  /** Something about this session has changed: its view is taken later, once for all changes until then. */
  changed(passId: PassId): void;
  gone(session: Session): void;
  close(): void;
}

/** Not more than ten messages a second for each session (the house's budget); the last state is always told. */
const everyMs = 100;

export function createPublisher(view: (passId: PassId) => Session | undefined): Publisher {
  const listeners = new Set<{ listener: Listener }>();
  const timers = new Map<PassId, NodeJS.Timeout>();
  const toldAtMs = new Map<PassId, number>();

  function tell(session: Session, gone: boolean): void {
    for (const { listener } of [...listeners]) listener(session, gone);
  }

  return {
    add(listener) {
      const entry = { listener };
      listeners.add(entry);
      return {
        [Symbol.dispose]: () => {
          listeners.delete(entry);
        },
      };
    },
    changed(passId) {
      if (timers.has(passId)) return;
      const dueMs = (toldAtMs.get(passId) ?? 0) + everyMs - performance.now();
      const timer = setTimeout(
        () => {
          timers.delete(passId);
          toldAtMs.set(passId, performance.now());
          const session = view(passId);
          if (session) tell(session, false);
        },
        Math.max(0, dueMs),
      );
      timer.unref();
      timers.set(passId, timer);
    },
    gone(session) {
      clearTimeout(timers.get(session.passId));
      timers.delete(session.passId);
      toldAtMs.delete(session.passId);
      tell(session, true);
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      listeners.clear();
    },
  };
}
