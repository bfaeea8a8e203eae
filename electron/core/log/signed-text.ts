import { createPublicKey, verify } from 'node:crypto';

/** The bytes that are signed: a label of their own, so that no statement can ever pass for a checkpoint. */
export function statementMessage(text: string): Buffer {
  return Buffer.from(`helical-statement-1\n${text}`, 'utf8');
}

/** Whether this key signed this text (Ed25519, base64). Throws only where `publicKeyPem` is no public key. */
export function verifyStatement(text: string, signature: string, publicKeyPem: string): boolean {
  const publicKey = createPublicKey(publicKeyPem);
  if (publicKey.asymmetricKeyType !== 'ed25519') return false;
  return verify(null, statementMessage(text), publicKey, Buffer.from(signature, 'base64'));
}
