import { Worker } from 'node:worker_threads';
import { readSampleStore } from '#core/qc/sample-reader.ts';
import { alignCurves, type CurveAlignment } from './align-curves.ts';
import type { Curves } from './curves.ts';
import { passCurves } from './pass-curves.ts';

/** A recording: its curves, or the path of the sample store that they are in. */
type Side = Curves | string;

/** What an aligning thread begins with. */
export interface AligningOrder {
  a: Side;
  b: Side;
}

/** Ten minutes: aligned in less time than a thread takes to start. */
const longFrom = 15_000;

/**
 * Aligns two recordings. Long ones are aligned in a thread: an hour takes some ten seconds, in which the engine has recordings
 * to look after. Throws HelicalError FILE_UNREADABLE where there is no store.
 */
export async function alignApart(order: AligningOrder, threadFrom = longFrom): Promise<CurveAlignment> {
  if (Math.max(framesOf(order.a), framesOf(order.b)) < threadFrom) {
    return alignCurves(curvesOf(order.a), curvesOf(order.b));
  }
  const worker = new Worker(threadUrl(), { workerData: order });
  const aligned = Promise.withResolvers<CurveAlignment>();
  worker.on('message', aligned.resolve);
  worker.on('error', aligned.reject);
  worker.on('exit', (code) => aligned.reject(new Error(`The aligning thread ended with code ${code}.`)));
  return aligned.promise;
}

export function curvesOf(side: Side): Curves {
  return typeof side === 'string' ? passCurves(readSampleStore(side)) : side;
}

function framesOf(side: Side): number {
  return typeof side === 'string' ? readSampleStore(side).frames : side.frames;
}

/** From source a file beside this one; in a bundle, where all code lies in one folder, an entry of its own. */
function threadUrl(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? './aligning-thread.ts' : './aligning-thread.js', import.meta.url);
}
