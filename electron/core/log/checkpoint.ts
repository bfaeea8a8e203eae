import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

/** A signed statement: at this moment the chain of this database ended in this event. */
export interface Checkpoint {
  databaseId: string;
  stationId: string;
  seq: number;
  hash: string;
  /** What ended: a pass, a package, a day. */
  reason: string;
  /** UTC ISO 8601 with milliseconds. */
  signedAt: string;
  /** First 16 hex digits of the SHA-256 of the public key's SPKI DER. */
  keyId: string;
  /** Ed25519, base64. */
  signature: string;
}

/** The bytes that are signed: a label and seven fields, each ended by a line break. */
export function checkpointMessage(checkpoint: Omit<Checkpoint, 'signature'>): Buffer {
  const { databaseId, stationId, seq, hash, reason, signedAt, keyId } = checkpoint;
  const fields = [databaseId, stationId, String(seq), hash, reason, signedAt, keyId];
  if (fields.some((field) => field.includes('\n')))
    throw new TypeError('A checkpoint field holds a line break');
  return Buffer.from(['helical-checkpoint-1', ...fields, ''].join('\n'), 'utf8');
}

/** The id of a public key: first 16 hex digits of SHA-256 over its SPKI (DER). */
export function keyIdOf(publicKey: KeyObject): string {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex').slice(0, 16);
}

/**
 * Whether this key signed this checkpoint. Pure: a package alone suffices. False, never an exception, for a
 * checkpoint of another key or a damaged one; throws only where `publicKeyPem` is no public key.
 */
export function verifyCheckpoint(checkpoint: Checkpoint, publicKeyPem: string): boolean {
  const publicKey = createPublicKey(publicKeyPem);
  if (publicKey.asymmetricKeyType !== 'ed25519' || keyIdOf(publicKey) !== checkpoint.keyId) return false;
  const fields = [checkpoint.databaseId, checkpoint.stationId, checkpoint.reason, checkpoint.signedAt];
  if (fields.some((field) => field.includes('\n')) || checkpoint.hash.includes('\n')) return false;
  return verify(null, checkpointMessage(checkpoint), publicKey, Buffer.from(checkpoint.signature, 'base64'));
}

/** Whether `pem` is a public key with this id. A forged log may hold anything in its place. */
export function isPublicKey(pem: unknown, keyId: string): pem is string {
  if (typeof pem !== 'string') return false;
  try {
    return keyIdOf(createPublicKey(pem)) === keyId;
  } catch {
    // Not a key at all: nothing can have been signed with it.
    return false;
  }
}
