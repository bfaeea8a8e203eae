/** Somebody who has a decoder. */
export interface SlotHolder {
  /** Nothing is asked of its decoder now. */
  readonly isIdle: boolean;
  /** Ends its decoder. */
  rest(): Promise<void>;
}

/** Lets so many decoders run at once, and no more. */
export interface DecoderSlots {
  /** Resolves when the holder may run a decoder: at the cost of the one that was idle longest, or when one becomes idle. */
  take(holder: SlotHolder): Promise<void>;
  /** To be called when a holder has become idle: somebody may wait for that. */
  offer(holder: SlotHolder): void;
  /** The holder's decoder has ended. */
  give(holder: SlotHolder): void;
}

export function createDecoderSlots(atMost: number): DecoderSlots {
  /** The one used longest ago first. */
  const holders = new Set<SlotHolder>();
  const waiting: (() => void)[] = [];

  function give(holder: SlotHolder): void {
    if (holders.delete(holder)) waiting.shift()?.();
  }

  return {
    async take(holder) {
      while (!holders.has(holder) && holders.size >= atMost) {
        const idle = holders.values().find(({ isIdle }) => isIdle);
        if (idle) {
          holders.delete(idle);
          await idle.rest();
        } else {
          const { promise, resolve } = Promise.withResolvers<void>();
          waiting.push(resolve);
          await promise;
        }
      }
      holders.delete(holder);
      holders.add(holder);
    },
    offer(holder) {
      if (waiting.length === 0 || !holders.delete(holder)) return;
      void holder.rest().then(() => waiting.shift()?.());
    },
    give,
  };
}
