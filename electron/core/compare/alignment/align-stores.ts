import { Worker } from 'node:worker_threads';
import { readSampleStore } from '#core/qc/sample-reader.ts';
import { alignCurves, type CurveAlignment } from './align-curves.ts';
import { passCurves } from './pass-curves.ts';

/** What an aligning thread begins with. */
export interface AligningOrder {
  samplesPathA: string;
  samplesPathB: string;
}

/** Ten minutes: aligned in less time than a thread takes to start. */
const longFrom = 15_000;

/**
 * Aligns two passes from their sample stores. Long ones are aligned in a thread: an hour takes some ten seconds, in which the engine
 * has recordings to look after. Throws HelicalError FILE_UNREADABLE where there is no store.
 */
export async function alignStores(order: AligningOrder, threadFrom = longFrom): Promise<CurveAlignment> {
  const stored = [readSampleStore(order.samplesPathA), readSampleStore(order.samplesPathB)] as const;
  if (Math.max(stored[0].frames, stored[1].frames) < threadFrom) {
    return alignCurves(passCurves(stored[0]), passCurves(stored[1]));
  }
  const worker = new Worker(threadUrl(), { workerData: order });
  const aligned = Promise.withResolvers<CurveAlignment>();
  worker.on('message', aligned.resolve);
  worker.on('error', aligned.reject);
  worker.on('exit', (code) => aligned.reject(new Error(`The aligning thread ended with code ${code}.`)));
  return aligned.promise;
}

/** From source a file beside this one; in a bundle, where all code lies in one folder, an entry of its own. */
function threadUrl(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? './aligning-thread.ts' : './aligning-thread.js', import.meta.url);
}
