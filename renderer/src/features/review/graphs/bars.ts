import type { Note } from '#shared/domain/note.ts';
import { isOfFile, type ShownEvent, severities } from '#shared/domain/qc.ts';
import type { Bar } from './scene.ts';

/** The events as bars, the gravest drawn last, above the others; of the same weight the shorter; what the artist meant below all. */
export function barsOf(events: readonly ShownEvent[]): Bar[] {
  const order = ({ weight }: Bar) =>
    weight === 'intended' || weight === 'note' ? -1 : severities.indexOf(weight);
  const length = ({ startFrame, endFrame }: Bar) => endFrame - startFrame;
  return events
    .filter((event) => !isOfFile(event))
    .map(
      ({ startFrame, endFrame, severity, intended }): Bar => ({
        startFrame,
        endFrame,
        weight: intended ? 'intended' : severity,
      }),
    )
    .sort((a, b) => order(a) - order(b) || length(b) - length(a));
}

/** The notes that stand, the longest below. */
export function noteBarsOf(notes: readonly Pick<Note, 'startFrame' | 'endFrame' | 'withdrawn'>[]): Bar[] {
  return notes
    .filter(({ withdrawn }) => withdrawn === null)
    .map(({ startFrame, endFrame }): Bar => ({ startFrame, endFrame, weight: 'note' }))
    .sort((a, b) => b.endFrame - b.startFrame - (a.endFrame - a.startFrame));
}
