import { hash as digest } from 'node:crypto';
import canonicalize from 'canonicalize';

/** First line of what is hashed: a new recipe gets a new label, so that old chains stay verifiable. */
export const hashLabel = 'helical-event-1';

/** What stands in the place of the hash before the first event. */
export const genesisHash = '0'.repeat(64);

/** An event as the chain sees it: `payload` is the canonical JSON text itself. */
export interface ChainRow {
  seq: number;
  eventUuid: string;
  recordedAt: string;
  occurredAt: string;
  type: string;
  actorId: string | null;
  stationId: string;
  payload: string;
  prevHash: string;
  hash: string;
}

/** Canonical JSON (RFC 8785). Throws on what JSON cannot say: NaN, Infinity, a lone surrogate, a cycle, undefined. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('This value has no JSON form');
  return text;
}

/**
 * The hash of one event, lower-case hex: SHA-256 over ten lines: label, seq, event uuid, recorded at, occurred at,
 * type, actor (empty for none), station, hash before, SHA-256 of the canonical payload.
 */
export function eventHash(row: Omit<ChainRow, 'hash'>): string {
  const { seq, eventUuid, recordedAt, occurredAt, type, actorId, stationId, prevHash } = row;
  const payloadSha256 = digest('sha256', row.payload);
  const fields = [eventUuid, recordedAt, occurredAt, type, actorId ?? '', stationId, prevHash, payloadSha256];
  const lines = `${hashLabel}\n${seq}\n${fields.join('\n')}`;
  // A line break inside a field would let two different events have the same lines.
  if (lines.split('\n').length !== fields.length + 2)
    throw new TypeError(`Event ${seq}: a field holds a line break`);
  return digest('sha256', lines);
}
