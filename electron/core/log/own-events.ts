import { hashLabel } from './chain.ts';
import type { Signer } from './station-key.ts';

/** The log's own events: they bind the chain to its database and its keys. Projections do not get them. */
export const ownTypes = { opened: 'log.opened', keyAdded: 'log.key-added' } as const;

export interface KeyAdded {
  keyId: string;
  publicKeyPem: string;
}

/** Payload of event 1. */
export interface LogOpened extends KeyAdded {
  databaseId: string;
  hashLabel: string;
}

export function isOwnType(type: string): boolean {
  return type.startsWith('log.');
}

export function openedBy(signer: Signer, databaseId: string): LogOpened {
  return { databaseId, hashLabel, ...keyOf(signer) };
}

export function keyOf({ keyId, publicKeyPem }: Signer): KeyAdded {
  return { keyId, publicKeyPem };
}
