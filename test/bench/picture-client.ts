import { once } from 'node:events';
import { connect } from 'node:net';
import { type PictureHeader, pictureHeaderName, pictureHeaderSchema } from '#shared/domain/picture-planes.ts';

/** A frame as it came over HTTP. */
export interface AnsweredPicture {
  header: PictureHeader;
  /** Used again for the next answer. */
  bytes: ArrayBuffer;
  /** From the question to the last byte. */
  tookMs: number;
}

/** One question at a time. */
export interface PictureClient extends Disposable {
  ask(frame: number): Promise<AnsweredPicture>;
}

const readAtOnceBytes = 256 * 1024;
const longestHeadBytes = 16 * 1024;

/**
 * Asks for frames of a pass's master over a connection that stays, and reads each answer into the same memory. `fetch`
 * and `node:http` hand over each 64 KiB of an answer in memory of its own: after three or four frames that has to be
 * collected, 10 to 15 ms of script on the cores that the decoder has at that moment. It was 4 ms of each seek, and none of them the engine's.
 * Rejects where an answer is another than a whole frame.
 */
export async function openPictureClient(
  { port, token }: { port: number; token: string },
  passId: string,
): Promise<PictureClient> {
  const head = Buffer.alloc(longestHeadBytes);
  let headBytes = 0;
  let answer: Record<string, string> | undefined;
  let memory = new ArrayBuffer(0);
  let read = 0;
  let settle = Promise.withResolvers<void>();
  settle.promise.catch(() => {});

  function takeHead(bytes: Uint8Array): number {
    const before = headBytes;
    head.set(bytes.subarray(0, longestHeadBytes - headBytes), headBytes);
    headBytes = Math.min(longestHeadBytes, headBytes + bytes.length);
    const end = head.subarray(0, headBytes).indexOf('\r\n\r\n');
    if (end === -1) return bytes.length;
    const [status = '', ...lines] = head.toString('latin1', 0, end).split('\r\n');
    answer = Object.fromEntries(lines.map((line) => headerOf(line)));
    const length = Number(answer['content-length']);
    if (!status.startsWith('HTTP/1.1 200 ') || !Number.isSafeInteger(length))
      throw new Error(`it answers ${status}`);
    if (memory.byteLength !== length) memory = new ArrayBuffer(length);
    return end + 4 - before;
  }

  function take(bytes: Uint8Array): void {
    const body = answer ? bytes : bytes.subarray(takeHead(bytes));
    if (body.length > memory.byteLength - read) throw new Error('more came than was announced');
    new Uint8Array(memory).set(body, read);
    read += body.length;
    if (answer && read === memory.byteLength) settle.resolve();
  }

  const socket = connect({
    ...{ host: '127.0.0.1', port, noDelay: true },
    onread: {
      buffer: Buffer.alloc(readAtOnceBytes),
      callback(length, bytes) {
        try {
          take(bytes.subarray(0, length));
        } catch (error) {
          settle.reject(error);
          socket.destroy();
        }
        return true;
      },
    },
  });
  socket.on('error', (error) => settle.reject(error));
  socket.on('close', () => settle.reject(new Error('the engine closed the connection')));

  await once(socket, 'connect');
  return {
    async ask(frame) {
      settle = Promise.withResolvers<void>();
      [headBytes, read, answer] = [0, 0, undefined];
      const startedAtMs = performance.now();
      socket.write(
        [
          `GET /media/passes/${passId}/pictures/master/${frame} HTTP/1.1`,
          `host: 127.0.0.1:${port}`,
          `authorization: Bearer ${token}`,
          '\r\n',
        ].join('\r\n'),
      );
      await settle.promise;
      const tookMs = performance.now() - startedAtMs;
      const said = (answer as Record<string, string> | undefined)?.[pictureHeaderName];
      return { header: pictureHeaderSchema.parse(JSON.parse(String(said))), bytes: memory, tookMs };
    },
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

function headerOf(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
