import type { LiveMessage, LiveState, Session, Work } from '#shared/domain/live.ts';

/** Tells screens what happens now: a snapshot, then what changed, coalesced for each subscriber. */
export interface Publisher {
  /** Ends when `signal` aborts or the publisher closes. Messages are numbered from 0 without a gap. */
  subscribe(signal?: AbortSignal): AsyncGenerator<LiveMessage, void, void>;
  sessionChanged(session: Session, isGone: boolean): void;
  logChanged(log: LiveState['log']): void;
  /** Shows a piece of long work; call `end` whatever becomes of it. */
  beginWork(work: Omit<Work, 'done'>): { progress(done: number): void; end(): void };
  state(): LiveState;
  close(): void;
}

interface Subscriber {
  sessions: Set<string>;
  gone: Set<string>;
  work: boolean;
  log: boolean;
  wake: () => void;
}

/** @param intervalMs least time between two messages to one subscriber: ten a second is the interface's budget. */
export function createPublisher(initial: { log: LiveState['log'] }, intervalMs = 100): Publisher {
  const sessions = new Map<string, Session>();
  const work = new Map<string, Work>();
  let log = initial.log;
  let isClosed = false;
  const subscribers = new Set<Subscriber>();

  const state = (): LiveState => ({ sessions: [...sessions.values()], work: [...work.values()], log });
  const tell = (note: (subscriber: Subscriber) => void): void => {
    for (const subscriber of subscribers) {
      note(subscriber);
      subscriber.wake();
    }
  };

  const delta = (subscriber: Subscriber, seq: number): LiveMessage => ({
    kind: 'delta',
    seq,
    sessions: [...subscriber.sessions].flatMap((passId) => sessions.get(passId) ?? []),
    goneSessions: [...subscriber.gone] as Session['passId'][],
    work: subscriber.work ? [...work.values()] : null,
    log: subscriber.log ? log : null,
  });

  async function* subscribe(signal?: AbortSignal): AsyncGenerator<LiveMessage, void, void> {
    const subscriber = newSubscriber();
    const isOver = () => isClosed || signal?.aborted === true;
    const wakeUp = () => subscriber.wake();
    subscribers.add(subscriber);
    signal?.addEventListener('abort', wakeUp, { once: true });
    try {
      let seq = 0;
      yield { kind: 'snapshot', seq, state: state() };
      while (!isOver()) {
        await quiet(subscriber, intervalMs, isOver);
        await noteworthy(subscriber, isOver);
        if (isOver()) return;
        seq += 1;
        const message = delta(subscriber, seq);
        forget(subscriber);
        yield message;
      }
    } finally {
      subscribers.delete(subscriber);
      signal?.removeEventListener('abort', wakeUp);
    }
  }

  return {
    subscribe,
    state,
    sessionChanged(session, isGone) {
      if (isGone) sessions.delete(session.passId);
      else sessions.set(session.passId, session);
      tell((subscriber) => {
        subscriber.sessions[isGone ? 'delete' : 'add'](session.passId);
        subscriber.gone[isGone ? 'add' : 'delete'](session.passId);
      });
    },
    logChanged(next) {
      log = next;
      tell((subscriber) => {
        subscriber.log = true;
      });
    },
    beginWork(begun) {
      const changed = () =>
        tell((subscriber) => {
          subscriber.work = true;
        });
      work.set(begun.id, { ...begun, done: 0 });
      changed();
      return {
        progress(done) {
          work.set(begun.id, { ...begun, done });
          changed();
        },
        end() {
          work.delete(begun.id);
          changed();
        },
      };
    },
    close() {
      isClosed = true;
      tell(() => {});
    },
  };
}

function newSubscriber(): Subscriber {
  return { sessions: new Set(), gone: new Set(), work: false, log: false, wake: () => {} };
}

function forget(subscriber: Subscriber): void {
  subscriber.sessions.clear();
  subscriber.gone.clear();
  subscriber.work = false;
  subscriber.log = false;
}

function hasNews({ sessions, gone, work, log }: Subscriber): boolean {
  return sessions.size > 0 || gone.size > 0 || work || log;
}

/** Lets the interval pass; only the end of the subscription cuts it short. */
function quiet(subscriber: Subscriber, intervalMs: number, isOver: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, intervalMs);
  subscriber.wake = () => {
    if (!isOver()) return;
    clearTimeout(timer);
    resolve();
  };
  if (isOver()) subscriber.wake();
  return promise;
}

async function noteworthy(subscriber: Subscriber, isOver: () => boolean): Promise<void> {
  if (hasNews(subscriber) || isOver()) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  subscriber.wake = resolve;
  await promise;
}
