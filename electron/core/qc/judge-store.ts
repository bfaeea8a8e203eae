import { Worker } from 'node:worker_threads';
import type { QcProfile } from '#shared/domain/profiles.ts';
import { type JudgedTape, judgeTape } from './judge.ts';
import { longFrom } from './long-tape.ts';
import { readSampleStore } from './sample-reader.ts';
import type { Series } from './series.ts';
import { threadUrl } from './thread-url.ts';

/** What a judging thread begins with. */
export interface JudgingOrder {
  samplesPath: string;
  profile: QcProfile;
  /** Undefined: all. */
  judgedChannels: readonly number[] | undefined;
  /** As in a series. */
  timeGaps?: Series['timeGaps'];
}

/**
 * By itself a thread lets a hundred megabytes of short-lived objects gather before it looks. What lives of ten hours are some twenty; the room
 * above is for a tape of which nearly every second is told.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 1024 };

/**
 * Judges a whole tape from its store. A long one is judged in a thread: ten hours take some ten seconds, in which the engine has recordings
 * to look after. Throws HelicalError FILE_UNREADABLE where there is no store.
 */
export async function judgeStore(order: JudgingOrder, threadFrom = longFrom): Promise<JudgedTape> {
  const series = readSampleStore(order.samplesPath);
  const { judgedChannels, timeGaps, profile } = order;
  if (series.frames < threadFrom) return judgeTape({ ...series, judgedChannels, timeGaps }, profile);
  const worker = new Worker(threadUrl('judging-thread'), { workerData: order, resourceLimits });
  const judged = Promise.withResolvers<JudgedTape>();
  worker.on('message', judged.resolve);
  worker.on('error', judged.reject);
  worker.on('exit', (code) => judged.reject(new Error(`The judging thread ended with code ${code}.`)));
  return judged.promise;
}
