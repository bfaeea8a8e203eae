import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Both ends of what a process writes. */
export interface ProcessOutlet {
  /** To be its standard output, and to be destroyed here when it has started. */
  theirs: Socket;
  /** Closes when the process has ended, behind its last byte. */
  ours: Socket;
}

/** What a socket holds, and a little more. */
const readAtOnceBytes = 256 * 1024;
/** Sockets' names are at most 104 bytes long on macOS. */
const longestPath = 100;

/**
 * A pair of sockets for what a process writes, read into one memory again and again. The pipes of Node take 64 KiB anew for each
 * piece that they read, three times the bytes of a picture, and all of it garbage. Undefined where there is no such pair: on Windows,
 * whose processes are given no sockets, and where a socket has no place (a full disk). There a pipe does it, with more garbage.
 * @param take is done with the bytes when it returns.
 */
export async function openProcessOutlet(
  take: (bytes: Uint8Array) => void,
): Promise<ProcessOutlet | undefined> {
  if (process.platform === 'win32') return undefined;
  // A folder of its own, that only this user may enter.
  const folder = await mkdtemp(join(tmpdir(), 'helical-outlet-')).catch(() => undefined);
  if (folder === undefined) return undefined;
  const server = createServer({ pauseOnConnect: true });
  try {
    const path = join(folder, 'socket');
    if (Buffer.byteLength(path) > longestPath) return undefined;
    server.listen(path);
    await once(server, 'listening');
    const accepting = once(server, 'connection') as Promise<[Socket]>;
    const ours = connect({
      path,
      onread: {
        buffer: Buffer.allocUnsafeSlow(readAtOnceBytes),
        callback(length, bytes) {
          take(bytes.subarray(0, length));
          return true;
        },
      },
    });
    const [[theirs]] = await Promise.all([accepting, once(ours, 'connect')]);
    return { theirs, ours };
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return undefined;
    throw error;
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
}
