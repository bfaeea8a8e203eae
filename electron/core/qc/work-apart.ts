import { Worker } from 'node:worker_threads';
import { type ErrorCode, type ErrorSentence, HelicalError } from '#shared/domain/errors.ts';
import { threadUrl } from './thread-url.ts';

/** How the work of a thread ended. An error of ours keeps its code and words on the way; any other ends the thread. */
type EndApart = { done: unknown } | { refused: { code: ErrorCode } & ErrorSentence };

/** In the thread: what it says at its end. */
export function endApart(work: Promise<unknown>): Promise<EndApart> {
  return work.then(
    (done): EndApart => ({ done }),
    (error: unknown): EndApart => {
      if (!(error instanceof HelicalError)) throw error;
      const { code, problem, safe, remedy } = error;
      return { refused: { code, problem, safe, remedy } };
    },
  );
}

/** In the engine: starts a thread with an order and waits for its end. Throws what the work threw, or why the thread ended. */
export async function workApart<Done>(thread: Parameters<typeof threadUrl>[0], order: object): Promise<Done> {
  const worker = new Worker(threadUrl(thread), { workerData: order });
  const ended = Promise.withResolvers<EndApart>();
  worker.on('message', ended.resolve);
  worker.on('error', ended.reject);
  worker.on('exit', (code) => ended.reject(new Error(`The thread ${thread} ended with code ${code}.`)));
  const end = await ended.promise;
  if ('done' in end) return end.done as Done;
  const { code, ...sentence } = end.refused;
  throw new HelicalError(code, sentence);
}
