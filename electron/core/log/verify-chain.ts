import { type ChainRow, canonicalJson, eventHash, genesisHash } from './chain.ts';

/** The first event that does not fit, and why, as a sentence. */
export interface ChainBreak {
  seq: number;
  reason: string;
}

/** The last event of a chain; seq 0 and the genesis hash for an empty one. */
export interface ChainHead {
  seq: number;
  hash: string;
}

export interface ChainVerdict {
  /** Events that were looked at up to and without the first broken one. */
  events: number;
  head: ChainHead;
  firstBroken?: ChainBreak;
}

export interface VerifyChainOptions {
  /** Where the rows go on from. Default: the genesis. */
  after?: ChainHead;
  /**
   * The rows are a selection (the events of one tape in a package): gaps are allowed, the order is not free, and
   * neighbours must still be linked.
   */
  selection?: boolean;
}

/**
 * Recomputes the hash of each row and its link to the row before. Needs no database: the rows of a package do. The
 * rows must come in the order of their seq, as they were written.
 */
export function verifyChainRows(rows: Iterable<ChainRow>, options: VerifyChainOptions = {}): ChainVerdict {
  let head: ChainHead = options.after ?? { seq: 0, hash: genesisHash };
  let events = 0;
  for (const row of rows) {
    const reason = whyBroken(row, head, options.selection ?? false);
    if (reason !== undefined) return { events, head, firstBroken: { seq: row.seq, reason } };
    head = { seq: row.seq, hash: row.hash };
    events += 1;
  }
  return { events, head };
}

function whyBroken(row: ChainRow, before: ChainHead, selection: boolean): string | undefined {
  if (row.seq <= before.seq) return `Event ${row.seq} stands behind event ${before.seq}.`;
  const isNext = row.seq === before.seq + 1;
  if (!isNext && !selection) return `Event ${before.seq + 1} is missing before event ${row.seq}.`;
  if (isNext && row.prevHash !== before.hash)
    return `Event ${row.seq} does not follow from event ${before.seq}.`;
  let computed: string;
  try {
    computed = eventHash(row);
  } catch (cause) {
    return (cause as Error).message;
  }
  if (computed !== row.hash) return `The content of event ${row.seq} is not what was recorded.`;
  if (!isCanonical(row.payload)) return `The payload of event ${row.seq} is not canonical JSON.`;
  return undefined;
}

function isCanonical(payload: string): boolean {
  try {
    return canonicalJson(JSON.parse(payload)) === payload;
  } catch {
    // Not JSON, or JSON that has no canonical form (a lone surrogate).
    return false;
  }
}
