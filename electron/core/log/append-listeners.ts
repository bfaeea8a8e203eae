import type { Logger } from '#core/db/logger.ts';
import type { LogEvent } from './event.ts';

export type AppendListener = (events: readonly LogEvent[]) => void;

/** Tells listeners of committed events, in the order of seq even where a listener itself appends. */
export function appendListeners(logger: Logger) {
  const listeners = new Set<{ listener: AppendListener }>();
  const waiting: (readonly LogEvent[])[] = [];
  let telling = false;

  const tellOne = (listener: AppendListener, events: readonly LogEvent[]): void => {
    try {
      listener(events);
    } catch (cause) {
      // The events are on disk already: whoever appended them must not take this for their failure.
      logger.error({ err: cause, seq: events[0]?.seq }, 'a listener of the log failed');
    }
  };

  return {
    add(listener: AppendListener): Disposable {
      const entry = { listener };
      listeners.add(entry);
      return {
        [Symbol.dispose]: () => {
          listeners.delete(entry);
        },
      };
    },
    tell(events: readonly LogEvent[]): void {
      if (events.length === 0) return;
      waiting.push(events);
      if (telling) return;
      telling = true;
      try {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          for (const { listener } of [...listeners]) tellOne(listener, next);
        }
      } finally {
        telling = false;
      }
    },
  };
}
