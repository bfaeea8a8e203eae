import type { LogEvent } from './event.ts';

/** The tables that one area derives from the log. */
export interface Projection {
  /** Name of the area, for messages: `tapes`. */
  readonly area: string;
  /** Every table that `apply` writes, and nothing else does; `rebuild` empties and refills them. */
  readonly tables: readonly string[];
  /**
   * Brings the tables up to date with one event; called for every event in the order of seq, within the transaction
   * that records it. It reads nothing but the event and its own tables (no clock, no random ids, no files), so that a
   * rebuild gives the same rows. What it throws refuses the event.
   */
  apply(event: LogEvent): void;
}
