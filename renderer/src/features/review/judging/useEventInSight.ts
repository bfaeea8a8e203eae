import type { ShownEvent } from '#shared/domain/qc.ts';
import { useCursor } from '../cursor.ts';
import { eventInSight, useChosen } from '../event-in-sight.ts';

/** The event under the cursor, or the chosen one among several. */
export function useEventInSight(events: readonly ShownEvent[]): ShownEvent | undefined {
  const frame = useCursor((cursor) => cursor.frame);
  const chosen = useChosen((one) => one.key);
  return eventInSight(events, frame, chosen);
}
