import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import type { Core } from '#core/core.ts';
import { createAdmission } from './admission.ts';
import { createRpcSocket } from './rpc-socket.ts';
import { type Admitted, createSessions } from './sessions.ts';
import { createSite } from './site.ts';

export interface ServerOptions {
  core: Pick<Core, 'router' | 'fetch' | 'context' | 'stationWindow' | 'person'>;
  /** Address to bind. */
  address: string;
  /** 0: any that is free. */
  port: number;
  tls?: { cert: Buffer; key: Buffer } | undefined;
  bearerToken: string | undefined;
  /** What browsers get; undefined: no browser is served. */
  browsers: ({ rendererDir: string } & Admitted) | undefined;
  logger: Logger;
}

export interface EngineServer {
  port: number;
  /** An address with a fresh one-time token. */
  newLink(admitted: Admitted): string;
  /** Resolves when every peer has left. */
  whenEmpty(): Promise<void>;
  close(): Promise<void>;
}

/** Puts an engine on a port: pages, bytes and the contract. Throws the system's error where the port is taken. */
export async function startServer(options: ServerOptions): Promise<EngineServer> {
  const { core, address, tls, browsers, logger } = options;
  const scheme = tls ? 'https' : 'http';
  const server = tls ? createSecureServer(tls) : createServer();
  server.listen(options.port, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const sessions = createSessions();
  const admission = createAdmission({
    scheme,
    hosts: hostsOf(address, port, tls ? 443 : 80),
    // Cookies do not tell ports apart, and two engines may run side by side.
    cookieName: `helical-session-${port}`,
    sessions,
    bearerToken: options.bearerToken,
  });
  const newLink = (admitted: Admitted) =>
    `${scheme}://${shownHost(address)}:${port}/#token=${sessions.newToken(admitted)}`;
  const site = createSite({
    core,
    admission,
    sessions,
    isSecure: tls !== undefined,
    rendererDir: browsers?.rendererDir,
    newLink,
    admitted: { role: browsers?.role ?? 'reviewer', personId: browsers?.personId },
    logger,
  });
  const socket = createRpcSocket(core, admission, isLoopback(address));
  server.on('request', getRequestListener(site.fetch, { overrideGlobalObjects: false }));
  server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy());
    socket.upgrade(request, stream, head);
  });

  return {
    port,
    newLink,
    whenEmpty: () => socket.whenEmpty(),
    async close() {
      const ended = once(server, 'close');
      server.close();
      await socket.close();
      server.closeAllConnections();
      await ended;
    },
  };
}

export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address);
}

function hostsOf(address: string, port: number, standardPort: number): Set<string> {
  const names = isLoopback(address)
    ? ['127.0.0.1', 'localhost', '[::1]']
    : [shownHost(address), hostname().toLowerCase()];
  return new Set(names.flatMap((name) => [`${name}:${port}`, ...(port === standardPort ? [name] : [])]));
}

function shownHost(address: string): string {
  if (address === '0.0.0.0' || address === '::') return hostname().toLowerCase();
  return address.includes(':') ? `[${address}]` : address;
}
