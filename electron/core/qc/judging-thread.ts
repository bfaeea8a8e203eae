import { parentPort, workerData } from 'node:worker_threads';
import { createColumnShelf } from './column-shelf.ts';
import { judgeTape } from './judge.ts';
import type { JudgingOrder } from './judge-store.ts';
import { readSampleStore } from './sample-reader.ts';

/** The thread in which a long tape is judged: it ends when it has said what was found. */
const { samplesPath, profile, judgedChannels, timeGaps } = workerData as JudgingOrder;
const stored = readSampleStore(samplesPath);
const series = { ...stored, ...createColumnShelf(stored), judgedChannels, timeGaps };
parentPort?.postMessage(judgeTape(series, profile));
