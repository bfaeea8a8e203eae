/**
 * Runs a preload in an isolated world of a real page, as Electron does with `contextIsolation`: the page's scripts see
 * neither it nor what it uses. The text below is the world's side; `standInTell` is a binding that only this world has.
 */
export const worldName = 'electron-stand-in-preload';
export const bindingName = 'standInTell';

/** From the page's world. A port's messages are text, or bytes as base64. */
export type FromWorld =
  | { kind: 'send'; channel: string; args: unknown[] }
  | { kind: 'port'; id: number; message: Packed }
  | { kind: 'port-closed'; id: number };

/** To the page's world. */
export type ToWorld =
  | { kind: 'message'; channel: string; message: unknown; ports: number[] }
  | { kind: 'port'; id: number; message: Packed }
  | { kind: 'port-closed'; id: number };

export type Packed = { text: string } | { base64: string };

export function pack(message: unknown): Packed {
  if (typeof message === 'string') return { text: message };
  if (message instanceof Uint8Array) return { base64: Buffer.from(message).toString('base64') };
  if (message instanceof ArrayBuffer) return { base64: Buffer.from(message).toString('base64') };
  throw new Error('the stand-in carries text and bytes only');
}

export function unpack(packed: Packed): string | Uint8Array {
  return 'text' in packed ? packed.text : new Uint8Array(Buffer.from(packed.base64, 'base64'));
}

/** Script that runs before any of the page's own, in the top frame only. */
export function preloadScript(preloadSource: string): string {
  return `(() => {
    if (window !== window.top) return;
    const tell = (message) => globalThis.${bindingName}(JSON.stringify(message));
    const listeners = [];
    const ports = new Map();
    const pack = (data) => {
      if (typeof data === 'string') return { text: data };
      const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
      if (!(bytes instanceof Uint8Array)) throw new Error('the stand-in carries text and bytes only');
      return { base64: bytes.toBase64() };
    };
    const receivePort = (id) => {
      const { port1, port2 } = new MessageChannel();
      ports.set(id, port1);
      port1.addEventListener('message', (event) => tell({ kind: 'port', id, message: pack(event.data) }));
      port1.addEventListener('close', () => tell({ kind: 'port-closed', id }));
      port1.start();
      return port2;
    };
    globalThis.standInReceive = (wire) => {
      if (wire.kind === 'message') {
        const event = { ports: wire.ports.map(receivePort) };
        for (const each of listeners) if (each.channel === wire.channel) each.listener(event, wire.message);
      } else if (wire.kind === 'port') {
        const { text, base64 } = wire.message;
        ports.get(wire.id)?.postMessage(text ?? Uint8Array.fromBase64(base64));
      } else {
        ports.get(wire.id)?.close();
        ports.delete(wire.id);
      }
    };
    const ipcRenderer = {
      on: (channel, listener) => void listeners.push({ channel, listener }),
      send: (channel, ...args) => tell({ kind: 'send', channel, args }),
    };
    const module = { exports: {} };
    const require = (name) => {
      if (name === 'electron') return { ipcRenderer };
      throw new Error('a sandboxed preload cannot load ' + name);
    };
    ((require, module, exports) => {
      ${preloadSource}
    })(require, module, module.exports);
  })();`;
}
