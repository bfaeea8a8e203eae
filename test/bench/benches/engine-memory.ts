import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { HelicalError } from '#shared/domain/errors.ts';
import { absoluteRow, type Bench } from '../bench.ts';
import { median } from '../figures.ts';
import { startRecording, untilSealed } from '../recording.ts';
import { startServedEngine } from '../served-engine.ts';
import { writeRecipe } from '../simulated-source.ts';

const defaultSeconds = 600;
const sampleEveryMs = 1000;
/** Room for the garbage collector's own comings and goings. */
const growthBudgetMib = 8;

/**
 * Memory of an engine (served mode, a process of its own) while it records, follows and measures, with a screen listening.
 * Flat: the median of the last third is not above that of the first.
 */
export const engineMemory: Bench = {
  name: 'engine-memory',
  async run({ folder, seconds = defaultSeconds, say }) {
    if (!existsSync('/proc/self/status')) {
      throw new HelicalError('INVALID_INPUT', 'This bench reads /proc, which only Linux has.');
    }
    const dataDir = join(folder, 'data');
    const raster = { width: 192, height: 144 };
    const recipePath = await writeRecipe(folder, { raster, segments: [{ content: 'scene', seconds }] });
    await using engine = await startServedEngine(dataDir);
    const passId = await startRecording(engine.client, 'BENCH', recipePath);
    const sampling = new AbortController();
    const sampled = sampleMemory(engine.pid, sampling.signal);
    say(`recording ${seconds} s`);
    let frames = 0;
    await untilSealed(engine.client, passId, (session) => {
      if (session.state !== 'prepared' && session.state !== 'recording') sampling.abort();
      frames = session.frames;
    });
    const samples = await sampled;
    if (samples.length < 3) throw new Error(`${samples.length} samples are too few`);
    const third = Math.floor(samples.length / 3);
    const firstMib = median(samples.slice(0, third));
    const middleMib = median(samples.slice(third, -third));
    const lastMib = median(samples.slice(-third));
    const figures = [firstMib, middleMib, lastMib].map((figure) => figure.toFixed(1)).join(', ');
    return [
      absoluteRow(
        {
          name: 'engine-memory',
          what: `Growth of the engine's resident memory over a recording of ${seconds} s, last third against first`,
          unit: 'MiB',
          budget: { of: 'value', limit: 'at-most', value: growthBudgetMib },
          notes: [
            `${frames} frames 192x144, ${samples.length} samples. Medians of the thirds: ${figures} MiB; ` +
              `least ${Math.min(...samples).toFixed(1)}, most ${Math.max(...samples).toFixed(1)} MiB.`,
          ],
        },
        [lastMib - firstMib],
      ),
    ];
  },
};

/** Resident memory in MiB, every second until told to end. */
async function sampleMemory(pid: number, signal: AbortSignal): Promise<number[]> {
  const samples: number[] = [];
  while (!signal.aborted) {
    const [, kibibytes] = /VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
    samples.push(Number(kibibytes) / 1024);
    await wait(sampleEveryMs, undefined, { signal }).catch(() => {});
  }
  return samples;
}
