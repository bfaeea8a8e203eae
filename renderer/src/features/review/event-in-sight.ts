import { create } from 'zustand';
import { type ShownEvent, severities } from '#shared/domain/qc.ts';

/** Which event was chosen from the list, and whether somebody is saying that the artist meant it. */
export const useChosen = create<{ key: string | null; isSaying: boolean }>()(() => ({
  key: null,
  isSaying: false,
}));

/** Names an event within its pass. */
export function eventKey({ check, startFrame, channels }: ShownEvent): string {
  return `${check}-${startFrame}-${channels?.join() ?? ''}`;
}

/**
 * The event that is looked at: the chosen one as long as the cursor is in it, else the shortest one under the cursor, since
 * what is said of the whole file lies under all others. Of two that are as long, the graver one: a lost signal takes the sound with it.
 */
export function eventInSight(
  events: readonly ShownEvent[],
  frame: number,
  chosenKey: string | null,
): ShownEvent | undefined {
  const under = events.filter(({ startFrame, endFrame }) => frame >= startFrame && frame <= endFrame);
  const length = ({ startFrame, endFrame }: ShownEvent) => endFrame - startFrame;
  const gravity = ({ severity }: ShownEvent) => severities.indexOf(severity);
  return (
    under.find((event) => eventKey(event) === chosenKey) ??
    under.toSorted((a, b) => length(a) - length(b) || gravity(b) - gravity(a))[0]
  );
}
