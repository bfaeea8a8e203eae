/**
 * The code of one digest thread, as text: a thread that starts from text needs no file of its own, so it starts the same
 * from source, from a bundle and from an Electron archive (Vite leaves `new URL('./worker.ts', import.meta.url)` as it is in
 * builds for Node, and the file would be missing).
 *
 * The bytes stay where they are, in memory that the reader shares: messages say only which slot holds how many.
 * `{ slot, bytes }` is answered by `{ slot }` when the slot has been hashed, `'end'` by `{ hex }`.
 */
export const digestWorkerSource = `
  const { createHash } = require('node:crypto');
  const { parentPort, workerData } = require('node:worker_threads');
  const hash = createHash(workerData.algorithm);
  parentPort.on('message', (message) => {
    if (message === 'end') {
      parentPort.postMessage({ hex: hash.digest('hex') });
      parentPort.close();
      return;
    }
    hash.update(new Uint8Array(workerData.slots[message.slot], 0, message.bytes));
    parentPort.postMessage({ slot: message.slot });
  });
`;
