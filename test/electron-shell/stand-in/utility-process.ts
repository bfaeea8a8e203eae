import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { MessagePortMain } from './message-port.ts';

/** What goes over the child's IPC: messages of `parentPort`, and those of every port that was handed over. */
export type Wire =
  | { kind: 'parent'; message: unknown; ports: number[] }
  | { kind: 'port'; id: number; message: unknown }
  | { kind: 'port-closed'; id: number };

let lastPort = 0;

/** Electron's UtilityProcess as a forked Node with a `parentPort`. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #ports = new Map<number, ReturnType<MessagePortMain['transfer']>>();

  constructor(modulePath: string, args: string[]) {
    super();
    const shim = fileURLToPath(new URL('./utility-child.ts', import.meta.url));
    this.#child = fork(modulePath, args, {
      execArgv: ['--import', shim],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.on('message', (wire: Wire) => this.#receive(wire));
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.once('exit', (exitCode, signal) => {
      for (const port of this.#ports.values()) port.close();
      this.emit('exit', exitCode ?? (signal === 'SIGKILL' ? 9 : 15));
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  postMessage(message: unknown, transfer: MessagePortMain[] = []): void {
    const ports = transfer.map((port) => {
      lastPort += 1;
      const id = lastPort;
      const end = port.transfer({
        deliver: (data) => this.#send({ kind: 'port', id, message: data }),
        closed: () => this.#send({ kind: 'port-closed', id }),
      });
      this.#ports.set(id, end);
      return id;
    });
    this.#send({ kind: 'parent', message, ports });
  }

  kill(): boolean {
    return this.#child.kill();
  }

  #receive(wire: Wire): void {
    if (wire.kind === 'parent') this.emit('message', wire.message);
    else if (wire.kind === 'port') this.#ports.get(wire.id)?.send(wire.message);
    else this.#ports.get(wire.id)?.close();
  }

  #send(wire: Wire): void {
    if (!this.#child.connected) return;
    // A child that was killed can break the channel between the look and the call; its 'exit' tells.
    this.#child.send(wire, () => {});
  }
}

export const utilityProcess = {
  fork: (modulePath: string, args: string[] = [], _options?: object) => new UtilityProcess(modulePath, args),
};
