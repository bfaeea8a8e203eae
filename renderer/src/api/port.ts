import { RPCLink } from '@orpc/client/message-port';
import { linkDown, linkUp } from './connection.ts';

/** Name of the message that carries a port of the engine into the page. */
export const portMessage = 'helical:port';

/**
 * Takes the ports that the preload hands to the page: one when the window opens, another each time the engine was
 * started anew. A port from anywhere but this window is not taken.
 */
export function keepPort(): void {
  let current: MessagePort | undefined;
  window.addEventListener('message', (event) => {
    if (event.source !== window || event.data !== portMessage) return;
    const [port] = event.ports;
    if (!port) return;
    current = port;
    // The port of an engine that was lost may close after its successor's has come.
    port.addEventListener('close', () => port === current && linkDown('lost'));
    linkUp(new RPCLink({ port }));
    port.start();
  });
}
