import { type Checkpoint, verifyCheckpoint } from './checkpoint.ts';
import type { ChainBreak, ChainHead } from './verify-chain.ts';

export interface CheckpointEvidence {
  head: ChainHead;
  /** Hash of the event with this seq as the chain has it now. */
  hashAt: (seq: number) => string | undefined;
  /** Public keys (SPKI PEM) by key id. */
  publicKeys: ReadonlyMap<string, string>;
}

/**
 * Why a checkpoint and the chain cannot both be true, or undefined. Finds what a chain alone cannot show: a tail that
 * was cut off, and a history that was written anew with fitting hashes. Pure.
 */
export function whyCheckpointFails(
  checkpoint: Checkpoint,
  evidence: CheckpointEvidence,
): ChainBreak | undefined {
  const { seq, hash, signedAt, keyId } = checkpoint;
  const { head, hashAt, publicKeys } = evidence;
  const publicKey = publicKeys.get(keyId);
  if (publicKey === undefined) {
    return {
      seq,
      reason: `The checkpoint of ${signedAt} is signed by key ${keyId}, which this log does not name.`,
    };
  }
  if (!verifyCheckpoint(checkpoint, publicKey)) {
    return { seq, reason: `The signature of the checkpoint of ${signedAt} at event ${seq} is not valid.` };
  }
  if (seq > head.seq) {
    const reason = `The log ends at event ${head.seq}, but on ${signedAt} it reached event ${seq}: its end is missing.`;
    return { seq: head.seq + 1, reason };
  }
  if (hashAt(seq) !== hash) {
    const reason = `Event ${seq} is not the one that was signed on ${signedAt}: it or one before it was replaced.`;
    return { seq, reason };
  }
  return undefined;
}
