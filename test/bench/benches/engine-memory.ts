import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HelicalError } from '#shared/domain/errors.ts';
import { absoluteRow, type Bench } from '../bench.ts';
import { memoryTrend, sampleMemory } from '../process-memory.ts';
import { startRecording, untilSealed } from '../recording.ts';
import { startServedEngine } from '../served-engine.ts';
import { writeRecipe } from '../simulated-source.ts';

const defaultSeconds = 600;
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
    const { growthMib, inWords } = memoryTrend(await sampled);
    return [
      absoluteRow(
        {
          name: 'engine-memory',
          what: `Growth of the engine's resident memory over a recording of ${seconds} s, last third against first`,
          unit: 'MiB',
          budget: { of: 'value', limit: 'at-most', value: growthBudgetMib },
          notes: [`${frames} frames 192x144, ${inWords}`],
        },
        [growthMib],
      ),
    ];
  },
};
