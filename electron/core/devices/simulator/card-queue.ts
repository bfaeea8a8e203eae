import type { CardReport } from '../card-report.ts';

/** The card's memory, counted in frames. A frame that does not fit is gone, and the card says so. */
export interface CardQueue {
  /** Takes the next frame off the tape. False when there was no room and it was dropped. */
  capture(): boolean;
  /** The frame that is to be handed over next; undefined when none waits. It stays until `delivered`. */
  next(): number | undefined;
  /** The frame that was next is with the reader now. */
  delivered(): void;
  counts(): Omit<CardReport, 'state' | 'pid' | 'signal' | 'atMs' | 'problem'>;
}

/** An empty queue of this many frames. At all times captured = delivered + dropped + queued. */
export function cardQueue(queueCapacityFrames: number): CardQueue {
  const waiting: number[] = [];
  const drops: CardReport['drops'] = [];
  let capturedFrames = 0;
  let deliveredFrames = 0;
  let droppedFrames = 0;
  return {
    capture() {
      const frame = capturedFrames++;
      if (waiting.length < queueCapacityFrames) {
        waiting.push(frame);
        return true;
      }
      droppedFrames++;
      const last = drops.at(-1);
      if (last && last.firstFrame + last.frames === frame) last.frames++;
      else drops.push({ firstFrame: frame, frames: 1 });
      return false;
    },
    next: () => waiting[0],
    delivered() {
      if (waiting.shift() === undefined) throw new RangeError('no frame was waiting');
      deliveredFrames++;
    },
    counts: () => ({
      capturedFrames,
      deliveredFrames,
      droppedFrames,
      queuedFrames: waiting.length,
      queueCapacityFrames,
      drops,
    }),
  };
}
