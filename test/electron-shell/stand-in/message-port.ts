import { EventEmitter } from 'node:events';

/** Electron's MessagePortMain: queues until `start`, says 'close' when the other end has closed. */
export class MessagePortMain extends EventEmitter {
  #peer: MessagePortMain | undefined;
  #queue: unknown[] | undefined = [];
  #isClosed = false;
  #isTransferred = false;

  static pair(): [MessagePortMain, MessagePortMain] {
    const [one, two] = [new MessagePortMain(), new MessagePortMain()];
    one.#peer = two;
    two.#peer = one;
    return [one, two];
  }

  postMessage(message: unknown): void {
    if (this.#isTransferred) throw new Error('this port was transferred to another process');
    this.#send(message);
  }

  start(): void {
    if (this.#isTransferred) throw new Error('this port was transferred to another process');
    this.#begin();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#peer?.close();
    queueMicrotask(() => this.emit('close'));
  }

  /** Gives this end to another process: afterwards only `wire` speaks for it, as after a transfer. */
  transfer(wire: { deliver(message: unknown): void; closed(): void }): {
    send(message: unknown): void;
    close(): void;
  } {
    if (this.#isTransferred) throw new Error('a port can be transferred once');
    this.#isTransferred = true;
    this.on('message', (event: { data: unknown }) => wire.deliver(event.data));
    this.on('close', () => wire.closed());
    this.#begin();
    return { send: (message) => this.#send(message), close: () => this.close() };
  }

  #begin(): void {
    const queued = this.#queue ?? [];
    this.#queue = undefined;
    for (const message of queued) this.#deliver(message);
  }

  #send(message: unknown): void {
    const peer = this.#peer;
    if (peer && !this.#isClosed) peer.#deliver(message);
  }

  #deliver(message: unknown): void {
    if (this.#queue) this.#queue.push(message);
    else queueMicrotask(() => this.emit('message', { data: message, ports: [] }));
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    [this.port1, this.port2] = MessagePortMain.pair();
  }
}
