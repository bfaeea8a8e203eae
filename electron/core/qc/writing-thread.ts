import { parentPort, workerData } from 'node:worker_threads';
import { HelicalError } from '#shared/domain/errors.ts';
import { type WritingEnd, type WritingOrder, writeHere } from './reports/write-samples.ts';

/** The thread in which the report of a long tape is written: it ends when it has said what came of it. */
const end = await writeHere(workerData as WritingOrder).then(
  (written): WritingEnd => ({ written }),
  (error: unknown): WritingEnd => {
    if (!(error instanceof HelicalError)) throw error;
    const { code, problem, safe, remedy } = error;
    return { refused: { code, problem, safe, remedy } };
  },
);
parentPort?.postMessage(end);
