import { EventEmitter } from 'node:events';
import { MessagePortMain } from './message-port.ts';
import type { Wire } from './utility-process.ts';

/** Gives a forked Node the `process.parentPort` that Electron gives a utility process. */
const ports = new Map<number, ReturnType<MessagePortMain['transfer']>>();
const waiting: object[] = [];

class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    send({ kind: 'parent', message, ports: [] });
  }
}

const parentPort = new ParentPort();
Object.defineProperty(process, 'parentPort', { value: parentPort });

// Messages wait until somebody listens, as Electron has it.
parentPort.on('newListener', (event) => {
  if (event !== 'message') return;
  queueMicrotask(() => {
    for (const each of waiting.splice(0)) parentPort.emit('message', each);
  });
});

process.on('message', (wire: Wire) => {
  if (wire.kind === 'port') ports.get(wire.id)?.send(wire.message);
  else if (wire.kind === 'port-closed') ports.get(wire.id)?.close();
  else {
    const event = { data: wire.message, ports: wire.ports.map(receivePort) };
    if (parentPort.listenerCount('message') > 0) parentPort.emit('message', event);
    else waiting.push(event);
  }
});
// Without its shell a utility process ends at once.
process.on('disconnect', () => process.exit(1));

function receivePort(id: number): MessagePortMain {
  const [here, there] = MessagePortMain.pair();
  const end = there.transfer({
    deliver: (message) => send({ kind: 'port', id, message }),
    closed: () => send({ kind: 'port-closed', id }),
  });
  ports.set(id, end);
  return here;
}

function send(wire: Wire): void {
  if (process.connected) process.send?.(wire);
}
