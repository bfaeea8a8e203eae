import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';

// One digest on a thread of its own. The bytes stay where they are, in memory that the reader shares: messages
// say only which slot holds how many.
const { algorithm, slots } = workerData as { algorithm: string; slots: SharedArrayBuffer[] };
const hash = createHash(algorithm);

parentPort?.on('message', (message: { slot: number; bytes: number } | 'end') => {
  if (message === 'end') {
    parentPort?.postMessage({ hex: hash.digest('hex') });
    parentPort?.close();
    return;
  }
  const slot = slots[message.slot];
  if (!slot) throw new RangeError(`no slot ${message.slot}`);
  hash.update(new Uint8Array(slot, 0, message.bytes));
  parentPort?.postMessage({ slot: message.slot });
});
