import { type ClientContext, createORPCClient, DynamicLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { z } from 'zod';
import type { Contract } from '#shared/contract/index.ts';
import { standingLink } from './connection.ts';
import { keepPort } from './port.ts';
import { keepSocket } from './socket.ts';

// Zod's fast path tries `eval` to see whether it may; the content security policy would report that each time.
z.config({ jitless: true });

/** The engine. Calls wait for a link that stands; nothing but this folder knows which kind it is. */
export const engine: ContractRouterClient<Contract> = createORPCClient(
  new DynamicLink<ClientContext>((options) => standingLink(options.signal)),
);

/** The same, as options for react-query. */
export const api = createTanstackQueryUtils(engine);

/** Begins to keep a link: a MessagePort in the app, a WebSocket in a browser. Called once, before the first screen. */
export function connect(): void {
  if (location.protocol === 'app:') keepPort();
  else void keepSocket();
}
