import { once } from 'node:events';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import { dataFolder } from '#core/config.ts';
import { lockHolder } from '#core/engine-lock.ts';
import { readServiceFile, type Service } from '#core/service-file.ts';
import type { Contract } from '#shared/contract/index.ts';

/** The contract as a caller sees it, whichever link is behind it. */
export type HelicalClient = ContractRouterClient<Contract>;

export interface Attached {
  client: HelicalClient;
  close(): Promise<void>;
}

/** Reaches the engine that a service file names. Undefined when nobody answers there, or refuses the token. */
export async function attach({ port, token, secure }: Service): Promise<Attached | undefined> {
  // A certificate names the machine as others see it, not the loopback that this goes over.
  const socket = new WebSocket(`${secure ? 'wss' : 'ws'}://127.0.0.1:${port}/rpc`, {
    headers: { authorization: `Bearer ${token}` },
    rejectUnauthorized: false,
    // An engine that is just starting may take the connection and not the question.
    handshakeTimeout: 10_000,
  });
  try {
    await once(socket, 'open');
  } catch {
    // Refused or unanswered: the engine that wrote the file has ended, or is about to.
    return undefined;
  }
  socket.on('error', () => socket.terminate());
  // ws has the browser's interface but for the types of its events.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return {
    client: createORPCClient<HelicalClient>(link),
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return;
      const ended = once(socket, 'close');
      socket.close();
      await ended;
    },
  };
}

/** A service file may be left over from an engine that was killed: it counts when it is of the lock's holder. */
export async function attachToHolder(dataDir: string): Promise<Attached | undefined> {
  const folder = dataFolder(dataDir);
  const holder = await lockHolder(folder.lockPath);
  if (holder === undefined) return undefined;
  const service = readServiceFile(folder.servicePath);
  return service && holder.pid === service.pid ? attach(service) : undefined;
}
