import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Context } from '#core/api/procedures.ts';
import type { Core } from '#core/core.ts';
import type { Admission, Caller } from './admission.ts';
import type { Admitted } from './sessions.ts';

/** A list of 100,000 tapes travels in one message. */
const maximumMessageBytes = 64 * 1024 * 1024;
/** A peer that does not answer two of these has gone without saying so. */
const heartbeatMs = 15_000;

/** The contract over WebSocket, at /rpc. */
export function createRpcSocket(
  core: Pick<Core, 'router' | 'context' | 'stationWindow'>,
  admission: Admission,
  isThisMachine: boolean,
) {
  const server = new WebSocketServer({ noServer: true, maxPayload: maximumMessageBytes });
  const handler = new RPCHandler(core.router);
  const alive = new WeakSet<WebSocket>();
  const windows = new WeakMap<Admitted, Context>();
  /** A browser on this machine that was let in without a name is a window of the station; over a network each has their own link. */
  const contextOf = (admitted: Admitted): Context => {
    const isStation = isThisMachine && admitted.role !== 'local' && admitted.personId === undefined;
    if (!isStation) return core.context(admitted.role, admitted.personId);
    const context = windows.get(admitted) ?? core.stationWindow(admitted.role);
    windows.set(admitted, context);
    return context;
  };
  const heartbeat = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.has(socket)) socket.terminate();
      alive.delete(socket);
      socket.ping();
    }
  }, heartbeatMs);
  heartbeat.unref();

  return {
    upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
      const refusal = whyRefused(request, admission);
      if (refusal !== undefined) {
        stream.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      const admitted = admission.admit(callerOf(request));
      if (admitted === undefined) return;
      server.handleUpgrade(request, stream, head, (socket) => {
        alive.add(socket);
        socket.on('pong', () => alive.add(socket));
        // A broken peer: 'close' follows and ends its calls.
        socket.on('error', () => socket.terminate());
        void handler.upgrade(socket, { context: contextOf(admitted) });
      });
    },
    /** Resolves when every peer has left. */
    async whenEmpty(): Promise<void> {
      await Promise.all([...server.clients].map((socket) => closed(socket)));
    },
    async close(): Promise<void> {
      clearInterval(heartbeat);
      const sockets = [...server.clients];
      for (const socket of sockets) socket.close(1001, 'The engine ends.');
      const patience = setTimeout(() => {
        for (const socket of sockets) socket.terminate();
      }, 1000);
      await Promise.all(sockets.map((socket) => closed(socket)));
      clearTimeout(patience);
      server.close();
    },
  };
}

function closed(socket: WebSocket): Promise<void> {
  if (socket.readyState === socket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

/** A page's WebSocket is not held back by the same-origin rule: its Origin has to be asked for. */
function whyRefused(request: IncomingMessage, admission: Admission): string | undefined {
  const caller = callerOf(request);
  if (!admission.isOurHost(caller) || !admission.isOurOrigin(caller)) return '403 Forbidden';
  const path = new URL(request.url ?? '/', 'http://engine').pathname;
  if (path !== '/rpc') return '404 Not Found';
  if (caller.authorization === undefined && caller.origin === undefined) return '403 Forbidden';
  return admission.admit(caller) === undefined ? '401 Unauthorized' : undefined;
}

function callerOf({ headers }: IncomingMessage): Caller {
  return {
    host: headers.host,
    origin: headers.origin,
    cookie: headers.cookie,
    authorization: headers.authorization,
  };
}
