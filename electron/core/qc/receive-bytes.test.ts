import { connect, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { receiveBytes } from './receive-bytes.ts';

it('takes every byte of a connection, all by way of one piece of memory, and says when it ends', async () => {
  const accepted = Promise.withResolvers<Socket>();
  const server = createServer({ pauseOnConnect: true }, accepted.resolve);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const sent = Uint8Array.from({ length: 1_000_000 }, (_, at) => (at * 31) >> 3);
  const client = connect((server.address() as { port: number }).port, '127.0.0.1').end(sent);

  const received: Buffer[] = [];
  const memories = new Set<ArrayBufferLike>();
  const socket = receiveBytes(await accepted.promise, (bytes) => {
    received.push(Buffer.from(bytes));
    memories.add(bytes.buffer);
  });
  await new Promise((closed) => socket.on('close', closed));

  expect(Buffer.concat(received).equals(sent)).toBe(true);
  // More than one says that Node no longer lets a server's connection be taken over: see why that matters there.
  expect(memories.size).toBe(1);
  expect(received.length).toBeGreaterThan(1);
  client.destroy();
  server.close();
});
