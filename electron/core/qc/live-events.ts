import type { QcEvent } from '#shared/domain/qc.ts';

/**
 * What is known of a tape so far: events that ended before the window stay as they were found, everything else is as it is
 * found now. `found` counts frames from the window's first one. An event that reaches over the window's beginning goes on
 * where it began. All of it is provisional: the whole tape is judged again at its end.
 */
export function joinLive(
  known: readonly QcEvent[],
  found: readonly QcEvent[],
  firstFrame: number,
): QcEvent[] {
  const left: QcEvent[] = [];
  const reaching: QcEvent[] = [];
  for (const event of known) {
    if (event.endFrame < firstFrame) left.push(event);
    else if (event.startFrame < firstFrame) reaching.push(event);
  }
  const now = found.map((event): QcEvent => {
    const placed = {
      ...event,
      startFrame: event.startFrame + firstFrame,
      endFrame: event.endFrame + firstFrame,
    };
    if (event.startFrame > 0) return placed;
    const at = reaching.findIndex((one) => isSame(one, event));
    const [before] = at < 0 ? [] : reaching.splice(at, 1);
    return before ? { ...placed, startFrame: before.startFrame } : placed;
  });
  const cut = reaching.map((event) => ({ ...event, endFrame: firstFrame - 1 }));
  return [...left, ...cut, ...now].sort(
    (a, b) => a.startFrame - b.startFrame || a.check.localeCompare(b.check),
  );
}

function isSame(one: QcEvent, other: QcEvent): boolean {
  if (one.check !== other.check) return false;
  // A fault that one channel had first may have come to be that of two.
  return one.channels?.some((channel) => other.channels?.includes(channel)) ?? other.channels === undefined;
}
