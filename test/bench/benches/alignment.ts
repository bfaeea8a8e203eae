import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { alignCurves } from '#core/compare/alignment/align-curves.ts';
import type { Curves } from '#core/compare/alignment/curves.ts';
import { passCurves } from '#core/compare/alignment/pass-curves.ts';
import {
  played,
  playedFrames,
  seededNumbers,
  tapeScript,
} from '#core/compare/alignment/played-tape.fixture.ts';
import type { Measure } from '#core/qc/measures.ts';
import { readSampleStore } from '#core/qc/sample-reader.ts';
import { createSampleStore } from '#core/qc/sample-store.ts';
import { frameOfB } from '#shared/domain/alignment.ts';
import { absoluteRow, type Bench } from '../bench.ts';

const frames = 90_000;
const columns = { level0: 'yAvg', level1: 'yLow', level2: 'yHigh', level3: 'uAvg', level4: 'vAvg' } as const;
const losses = 40;

/** Two playings of an hour, with other levels, noise, damage, and 40 places where one of them lost or repeated frames. */
export const alignment: Bench = {
  name: 'alignment',
  async run({ folder, say, seed = 1 }) {
    say('writing the samples of two passes of an hour');
    const tape = tapeScript(frames + 2_000, seed);
    const random = seededNumbers(seed + 1);
    const faults = (offset: number) =>
      Array.from({ length: losses / 2 }, (_, index) => {
        const at = offset + Math.round((index + 0.1 + 0.6 * random()) * (frames / (losses / 2)));
        const count = 1 + Math.floor(random() ** 3 * 200);
        return index % 3 === 2 ? { at, repeated: count } : { at, lost: count };
      });
    const framesA = playedFrames(700, frames + 700, faults(1_000));
    const framesB = playedFrames(0, frames + 500, faults(3_000));
    const paths = [join(folder, 'a.samples.arrows'), join(folder, 'b.samples.arrows')] as const;
    await writeStore(paths[0], played(tape, { seed: seed + 2, frames: framesA }));
    await writeStore(
      paths[1],
      played(tape, { seed: seed + 3, frames: framesB, gain: 0.85, noise: 0.6, soundGain: -6 }),
    );
    const startedAtMs = performance.now();
    const found = alignCurves(passCurves(readSampleStore(paths[0])), passCurves(readSampleStore(paths[1])));
    const tookS = (performance.now() - startedAtMs) / 1000;
    const { wrong, missed } = mistakes(framesA, framesB, found);
    return [
      absoluteRow(
        {
          name: 'alignment',
          what: `Time to lay two passes of an hour on each other from their samples, with ${losses} losses and repeats`,
          unit: 's',
          budget: { of: 'value', limit: 'at-most', value: 30 },
          notes: [`${found.stretches.length} stretches, confidence ${found.confidence.toFixed(3)}.`],
        },
        [tookS],
      ),
      absoluteRow(
        {
          name: 'alignment/wrong',
          what: 'Frames that were laid more than one frame beside where they belong, or on none though there is one',
          unit: '%',
          budget: { of: 'value', limit: 'at-most', value: 1 },
          notes: [
            `${wrong} beside, ${missed} on none, of ${framesA.length}. About a third of the shots stand still: where a loss falls into one of them without sound, its place cannot be told.`,
          ],
        },
        [(100 * (wrong + missed)) / framesA.length],
      ),
    ];
  },
};

async function writeStore(path: string, curves: Curves): Promise<void> {
  const ids = [...Object.values(columns), 'yDif', 'rmsDbfs.1'];
  const measures = ids.map((id): Measure => {
    return { id, medium: id.includes('.') ? 'audio' : 'video', unit: 'code', key: undefined };
  });
  const description = { frameRate: curves.frameRate, bitDepth: 10, channels: 1, standard: 'PAL' };
  const store = createSampleStore(path, measures, description);
  const values = new Float32Array(ids.length);
  for (let frame = 0; frame < curves.frames; frame++) {
    for (const [at, { id, values: curve }] of curves.curves.entries()) {
      const value = curve[frame] as number;
      values[at] = id === 'motion' ? Math.exp(value) : value;
    }
    store.append(values);
    if (frame % 5_000 === 0) await breathe();
  }
  await store.close();
}

function mistakes(
  framesA: Int32Array,
  framesB: Int32Array,
  found: Parameters<typeof frameOfB>[0],
): { wrong: number; missed: number } {
  const inB = new Set(framesB);
  let [wrong, missed] = [0, 0];
  for (const [place, frame] of framesA.entries()) {
    const partner = frameOfB(found, place);
    if (partner === undefined) missed += inB.has(frame) ? 1 : 0;
    else if (Math.abs((framesB[partner] as number) - frame) > 1) wrong++;
  }
  return { wrong, missed };
}
