import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#shared/contract/index.ts';

/** What a spec finds in the page as `window.spec`: a client of its own for every port that the page is given. */
export interface PageSpec {
  clients: ContractRouterClient<Contract>[];
  /** How many of those ports have been closed at the other end. */
  closed: number;
}

const spec: PageSpec = { clients: [], closed: 0 };
Object.assign(window, { spec });

// Registered before the page's own listener, which then gets no port: two clients would mix up each other's answers.
window.addEventListener('message', (event) => {
  if (event.source !== window || event.data !== 'helical:port') return;
  event.stopImmediatePropagation();
  const [port] = event.ports;
  if (!port) return;
  port.addEventListener('close', () => {
    spec.closed += 1;
  });
  spec.clients.push(createORPCClient(new RPCLink({ port })));
  port.start();
});
