import { Socket, type SocketConstructorOpts } from 'node:net';

/** Holds what a Unix socket has in store at once, on Linux and on macOS. */
const memoryBytes = 256 * 1024;

/**
 * Takes the bytes of a socket that a server has accepted, all of them by way of one piece of memory: what `take` is given
 * holds only while it runs. Gives back the socket whose `error` and `close` say how it went on; the other one is done with.
 *
 * The usual `data` events allocate 64 KiB for each read: 3 MB for each frame, for which the collector of garbage went
 * through the whole heap every eighth frame (5 ms of CPU a frame). Node reads into memory that it is given (`onread`), but lets no
 * server ask for it, so that the connection's handle is taken over; where there is none, `data` events do.
 */
export function receiveBytes(accepted: Socket, take: (bytes: Uint8Array) => void): Socket {
  const owner = accepted as { _handle?: SocketConstructorOpts['handle'] | null };
  const handle = owner._handle;
  if (!handle) return accepted.on('data', take).resume();
  owner._handle = null;
  const memory = new Uint8Array(memoryBytes);
  const callback = (bytes: number): boolean => {
    take(memory.subarray(0, bytes));
    return true;
  };
  const onread = { buffer: memory, callback };
  return new Socket({ handle, readable: true, writable: false, onread }).resume();
}
