import { parentPort, workerData } from 'node:worker_threads';
import { readSampleStore } from '#core/qc/sample-reader.ts';
import { alignCurves } from './align-curves.ts';
import type { AligningOrder } from './align-stores.ts';
import { passCurves } from './pass-curves.ts';

/** The thread in which two long passes are aligned: it ends when it has said how they lie. */
const { samplesPathA, samplesPathB } = workerData as AligningOrder;
const [a, b] = [samplesPathA, samplesPathB].map((path) => passCurves(readSampleStore(path)));
if (a && b) parentPort?.postMessage(alignCurves(a, b));
