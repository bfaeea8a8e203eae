import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Measure } from '#core/qc/measures.ts';
import { readSampleStore } from '#core/qc/sample-reader.ts';
import { createSampleStore } from '#core/qc/sample-store.ts';
import { sampleWindow } from '#core/qc/sample-window.ts';
import { absoluteRow, type Bench } from '../bench.ts';

const frames = 10 * 90_000;
const points = 4_000;
const measures = Array.from(
  { length: 60 },
  (_, at): Measure => ({ id: `m${at}`, medium: 'video', unit: 'code', key: undefined }),
);
/** The lanes that a screen shows first. */
const lanes = ['m0', 'm3', 'm10', 'm30', 'm40', 'm50'];
const spike = { frame: 654_321, value: 5_000 };

/** What a report of ten hours takes to be opened: what it holds, and the first graphs of all of it. */
export const openReport: Bench = {
  name: 'open-report',
  async run({ folder, say }) {
    const path = join(folder, 'ten-hours.samples.arrows');
    say('writing ten hours of samples');
    await writeStore(path);
    const times = Array.from({ length: 5 }, () => {
      const startedAtMs = performance.now();
      const window = sampleWindow(readSampleStore(path), {
        measures: lanes,
        from: 0,
        to: frames - 1,
        points,
      });
      const tookS = (performance.now() - startedAtMs) / 1000;
      const highest = Math.max(...(window.measures.get('m3')?.max ?? []));
      if (highest !== spike.value) throw new Error('A spike of one frame was lost.');
      if (window.frames.length > points) throw new Error(`${window.frames.length} points were drawn.`);
      return tookS;
    });
    const megabytesAnHour = statSync(path).size / 1e6 / 10;
    return [
      absoluteRow(
        {
          name: 'open-report',
          what: `Time to open samples of 10 h x 60 measures and draw ${lanes.length} graphs of all of it`,
          unit: 's',
          budget: { of: 'value', limit: 'at-most', value: 1 },
          notes: [`Each graph has ${points} points; the spike of one frame is in it.`],
        },
        times,
      ),
      absoluteRow(
        {
          name: 'open-report/size',
          what: 'Samples on disk, an hour of PAL with 60 measures, most of them noise',
          unit: 'MB',
          budget: { of: 'value', limit: 'at-most', value: 30 },
        },
        [megabytesAnHour],
      ),
    ];
  },
};

async function writeStore(path: string): Promise<void> {
  const description = { frameRate: { num: 25, den: 1 }, bitDepth: 10, channels: 0, standard: 'PAL' };
  const store = createSampleStore(path, measures, description);
  const row = new Float32Array(measures.length);
  let seed = 1;
  for (let frame = 0; frame < frames; frame++) {
    seed = (seed * 48_271) % 2_147_483_647;
    // Extremes are whole codes, means differ in every bit.
    for (let at = 0; at < row.length; at++) {
      row[at] = at < 25 ? 400 + ((seed >> (at % 8)) & 15) : (seed / 2_147_483_647) * (at + 400);
    }
    if (frame === spike.frame) row[3] = spike.value;
    store.append(row);
    if (frame % 10_000 === 0) await breathe();
  }
  await store.close();
}
