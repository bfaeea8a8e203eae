import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { HelicalError } from '#shared/domain/errors.ts';
import { digestWorkerSource } from './digest-worker.ts';

export type DigestAlgorithm = 'md5' | 'sha256' | 'sha512';

export const digestAlgorithms: readonly DigestAlgorithm[] = ['md5', 'sha256', 'sha512'];

/** Digests of all bytes of one file, in lower-case hex, with its size. */
export interface FileDigests {
  sizeBytes: number;
  md5: string;
  sha256: string;
  sha512: string;
}

export interface DigestOptions<A extends DigestAlgorithm = DigestAlgorithm> {
  algorithms?: readonly A[];
  /** Told how many bytes have been read so far, once per slot. */
  onBytes?: (bytesSoFar: number) => void;
  /** Ends the reading: the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Sees the same bytes in the same read, in order; the chunk is only valid during the call. */
  tap?: (chunk: Uint8Array) => void;
}

export type DigestsOf<A extends DigestAlgorithm> = { sizeBytes: number } & Pick<FileDigests, A>;

const slotBytes = 2 << 20;
const slotCount = 8;
/** Below this size starting threads costs more than they save. */
const threadedFromBytes = 16 << 20;

/**
 * All digests of a file in one read of it. Large files are hashed on a thread per digest, over shared memory, so that
 * on enough cores the slowest digest sets the pace. Throws HelicalError FILE_UNREADABLE when it cannot be read.
 */
export async function digestFile<A extends DigestAlgorithm = DigestAlgorithm>(
  path: string,
  options: DigestOptions<A> = {},
): Promise<DigestsOf<A>> {
  const algorithms = options.algorithms ?? (digestAlgorithms as readonly A[]);
  await using file = await openForReading(path);
  const { size } = await file.stat();
  const hashes = size < threadedFromBytes ? hashHere(algorithms) : hashOnThreads(algorithms);
  try {
    const sizeBytes = await readThrough(file, path, hashes, options);
    const hexes = await hashes.finish();
    const named = Object.fromEntries(algorithms.map((algorithm, index) => [algorithm, hexes[index]]));
    return { sizeBytes, ...named } as DigestsOf<A>;
  } finally {
    await hashes.stop();
  }
}

/** Memory to read into, and what hashes it. */
interface HashSet {
  /** A slot that nobody reads any more. */
  freeSlot(): Promise<number>;
  memory(slot: number): Uint8Array;
  update(slot: number, bytes: number): void;
  finish(): Promise<string[]>;
  stop(): Promise<void>;
}

async function readThrough(
  file: FileHandle,
  path: string,
  hashes: HashSet,
  options: Pick<DigestOptions, 'onBytes' | 'signal' | 'tap'>,
): Promise<number> {
  let sizeBytes = 0;
  for (;;) {
    options.signal?.throwIfAborted();
    const slot = await hashes.freeSlot();
    const memory = hashes.memory(slot);
    const { bytesRead } = await file.read(memory, 0, memory.length, sizeBytes).catch((cause: unknown) => {
      throw unreadable(path, cause);
    });
    if (bytesRead === 0) return sizeBytes;
    hashes.update(slot, bytesRead);
    options.tap?.(memory.subarray(0, bytesRead));
    sizeBytes += bytesRead;
    options.onBytes?.(sizeBytes);
  }
}

function hashHere(algorithms: readonly DigestAlgorithm[]): HashSet {
  const hashes = algorithms.map((algorithm) => createHash(algorithm));
  const memory = new Uint8Array(1 << 20);
  return {
    freeSlot: async () => 0,
    memory: () => memory,
    update: (_slot, bytes) => {
      for (const hash of hashes) hash.update(memory.subarray(0, bytes));
    },
    finish: async () => hashes.map((hash) => hash.digest('hex')),
    stop: async () => {},
  };
}

function hashOnThreads(algorithms: readonly DigestAlgorithm[]): HashSet {
  const slots = Array.from({ length: slotCount }, () => new SharedArrayBuffer(slotBytes));
  const readers = new Uint8Array(slotCount);
  const digests: PromiseWithResolvers<string>[] = algorithms.map(() => Promise.withResolvers());
  // A thread that dies is met where its digest, or a slot, is awaited.
  for (const digest of digests) digest.promise.catch(() => {});
  let freed: PromiseWithResolvers<void> | undefined;
  let failure: Error | undefined;

  const workers = algorithms.map((algorithm, index) => {
    const worker = new Worker(digestWorkerSource, { eval: true, workerData: { algorithm, slots } });
    worker.on('message', (message: { slot: number } | { hex: string }) => {
      if ('hex' in message) {
        digests[index]?.resolve(message.hex);
        return;
      }
      readers[message.slot] = (readers[message.slot] ?? 1) - 1;
      if (readers[message.slot] === 0) freed?.resolve();
    });
    const fail = (error: Error): void => {
      failure ??= error;
      digests[index]?.reject(error);
      freed?.resolve();
    };
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`The ${algorithm} thread ended with code ${code}.`)));
    return worker;
  });

  return {
    async freeSlot() {
      for (;;) {
        if (failure) throw failure;
        const slot = readers.indexOf(0);
        if (slot >= 0) return slot;
        freed = Promise.withResolvers();
        await freed.promise;
      }
    },
    memory: (slot) => new Uint8Array(slots[slot] ?? new SharedArrayBuffer(0)),
    update(slot, bytes) {
      readers[slot] = workers.length;
      for (const worker of workers) worker.postMessage({ slot, bytes });
    },
    finish() {
      for (const worker of workers) worker.postMessage('end');
      return Promise.all(digests.map((digest) => digest.promise));
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

async function openForReading(path: string): Promise<FileHandle> {
  return open(path, 'r').catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
}

function unreadable(path: string, cause: unknown): HelicalError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const sentence = {
    problem: `${path} cannot be read: ${why}.`,
    remedy: 'Check the disk, the path and its rights.',
  };
  return new HelicalError('FILE_UNREADABLE', sentence, { cause });
}
