import type { LogEvent } from '#core/log/event.ts';
import type { EventPayload, EventType } from '#shared/domain/events.ts';

/** What a store does with each event that concerns it. Events it has no handler for leave its tables as they are. */
export type EventHandlers = {
  [Type in EventType]?: (event: LogEvent<Type, EventPayload<Type>>) => void;
};

/** One function for the log, which parsed the payload by its type when the event was written. */
export function applyEvents(handlers: EventHandlers): (event: LogEvent) => void {
  const byType = handlers as Record<string, ((event: LogEvent) => void) | undefined>;
  return (event) => byType[event.type]?.(event);
}
