import type { QcEvent } from '#shared/domain/qc.ts';

/** Frames of the master, both counted in. */
type Place = Pick<QcEvent, 'startFrame' | 'endFrame'>;

/** What a note begins with: where it is, and the event whose term and severity it may take over. */
interface NoteBeginning<Event extends Place> extends Place {
  about: Event | undefined;
}

/**
 * The marked range where the cursor is in it, or where no event is in sight; else the event in sight, else the cursor's frame. A mark that
 * stands alone reaches to the cursor. An event lends its words only to frames that it lies on: a note is signed as it stands.
 */
export function noteBeginning<Event extends Place>(
  { frame, inFrame, outFrame }: { frame: number; inFrame: number | null; outFrame: number | null },
  event: Event | undefined,
): NoteBeginning<Event> {
  const marked = { startFrame: inFrame ?? frame, endFrame: outFrame ?? frame };
  const isMarked = (inFrame !== null || outFrame !== null) && marked.startFrame <= marked.endFrame;
  const isInSight = isMarked && frame >= marked.startFrame && frame <= marked.endFrame;
  const place =
    isInSight || (isMarked && !event) ? marked : (event ?? { startFrame: frame, endFrame: frame });
  const { startFrame, endFrame } = place;
  const isOnEvent = event !== undefined && event.startFrame <= endFrame && event.endFrame >= startFrame;
  return { startFrame, endFrame, about: isOnEvent ? event : undefined };
}

/** The frame a note keeps as its still: the cursor's where it is one of the note's, else the first of them. */
export function stillFrameOf({ startFrame, endFrame }: Place, frame: number): number {
  return frame >= startFrame && frame <= endFrame ? frame : startFrame;
}
