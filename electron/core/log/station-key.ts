import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { chmodSync, existsSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HelicalError } from '#shared/domain/errors.ts';
import { type Checkpoint, checkpointMessage, keyIdOf } from './checkpoint.ts';
import { statementMessage } from './signed-text.ts';

/** Signs in the name of a station: checkpoints, and what a package states of its selection of events. */
export interface Signer {
  readonly keyId: string;
  readonly publicKeyPem: string;
  sign(checkpoint: Omit<Checkpoint, 'signature'>): Checkpoint;
  /** The signature under any other text, base64; `verifyStatement` reads it. */
  signText(text: string): string;
}

/**
 * The station's signer, from `station-key.pem` in the data folder (Ed25519, PKCS 8, mode 0600); the key pair is made
 * where the file is absent. Throws HelicalError FILE_UNREADABLE for a file that holds no such key.
 */
export function openStationKey(dataFolder: string): Signer {
  const path = join(dataFolder, 'station-key.pem');
  if (!existsSync(path)) createKeyFile(path);
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  return signerOf(readFileSync(path, 'utf8'), path);
}

function createKeyFile(path: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const partialPath = `${path}.partial-${process.pid}`;
  writeFileSync(partialPath, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  // link, unlike rename, never replaces a key that has appeared meanwhile.
  linkSync(partialPath, path);
  rmSync(partialPath);
}

function signerOf(pem: string, path: string): Signer {
  try {
    const privateKey = createPrivateKey(pem);
    if (privateKey.asymmetricKeyType !== 'ed25519')
      throw new TypeError(`it holds ${privateKey.asymmetricKeyType}`);
    const publicKey = createPublicKey(privateKey);
    return {
      keyId: keyIdOf(publicKey),
      publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      sign: (checkpoint) => ({
        ...checkpoint,
        signature: sign(null, checkpointMessage(checkpoint), privateKey).toString('base64'),
      }),
      signText: (text) => sign(null, statementMessage(text), privateKey).toString('base64'),
    };
  } catch (cause) {
    throw new HelicalError(
      'FILE_UNREADABLE',
      {
        problem: `${path} is not the station's Ed25519 key.`,
        safe: 'The log and all files are untouched.',
        remedy:
          'Put the key back from a backup. Moving the file away makes a new key, which the log records.',
      },
      { cause },
    );
  }
}
