import { parentPort, workerData } from 'node:worker_threads';
import { type ForeignOrder, takeForeignHere } from './reports/foreign-tape.ts';
import { type WritingOrder, writeHere } from './reports/write-samples.ts';
import { endApart } from './work-apart.ts';

/** The thread in which the report of a long tape is written, and that of another tool read: it ends when it has said what came of it. */
const order = workerData as WritingOrder | ForeignOrder;
const work = 'samplesPath' in order ? writeHere(order) : takeForeignHere(order);
parentPort?.postMessage(await endApart(work));
