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

const lengthOf = ({ startFrame, endFrame }: ShownEvent) => endFrame - startFrame;
const gravityOf = ({ severity }: ShownEvent) => severities.indexOf(severity);
const shortestFirst = (a: ShownEvent, b: ShownEvent) =>
  lengthOf(a) - lengthOf(b) || gravityOf(b) - gravityOf(a);

/** Events as they are listed and gone through: by their first frame, of those that begin together the one first that is looked at there. */
export function inOrder(events: readonly ShownEvent[]): ShownEvent[] {
  return events.toSorted((a, b) => a.startFrame - b.startFrame || shortestFirst(a, b));
}

/**
 * The event before or after the one that is looked at, where there is one. Several that begin in one frame are gone through
 * one after another; within an event, backwards leads to its own beginning.
 */
export function neighbourEvent(
  events: readonly ShownEvent[],
  frame: number,
  chosenKey: string | null,
  direction: 1 | -1,
): ShownEvent | undefined {
  const ordered = inOrder(events);
  const looked = eventInSight(ordered, frame, chosenKey);
  if (looked?.startFrame === frame) return ordered[ordered.indexOf(looked) + direction];
  return direction > 0
    ? ordered.find(({ startFrame }) => startFrame >= frame)
    : ordered.findLast(({ startFrame }) => startFrame < frame);
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
  return under.find((event) => eventKey(event) === chosenKey) ?? under.toSorted(shortestFirst)[0];
}
