import { parentPort, workerData } from 'node:worker_threads';
import { type AligningOrder, curvesOf } from './align-apart.ts';
import { alignCurves } from './align-curves.ts';

/** The thread in which two long recordings are aligned: it ends when it has said how they lie. */
const { a, b } = workerData as AligningOrder;
parentPort?.postMessage(alignCurves(curvesOf(a), curvesOf(b)));
