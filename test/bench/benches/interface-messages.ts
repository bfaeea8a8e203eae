import { join } from 'node:path';
import { absoluteRow, type Bench } from '../bench.ts';
import { ownEngine } from '../own-engine.ts';
import { startRecording, untilSealed } from '../recording.ts';
import { writeRecipe } from '../simulated-source.ts';

const defaultSeconds = 20;

/** Messages that a screen is sent while a tape plays, until it is sealed: the most in any one second. */
export const interfaceMessages: Bench = {
  name: 'interface-messages',
  async run({ folder, seconds = defaultSeconds }) {
    await using engine = await ownEngine(join(folder, 'data'));
    const { client } = engine;
    const raster = { width: 192, height: 144 };
    const recipePath = await writeRecipe(folder, { raster, segments: [{ content: 'scene', seconds }] });
    const passId = await startRecording(client, 'BENCH', recipePath);
    const arrivals: number[] = [];
    await untilSealed(client, passId, (_session, message) => {
      if (message.kind === 'delta') arrivals.push(performance.now());
    });
    const first = arrivals[0] ?? Number.NaN;
    const last = arrivals.at(-1) ?? Number.NaN;
    const average = (1000 * (arrivals.length - 1)) / (last - first);
    return [
      absoluteRow(
        {
          name: 'interface-messages',
          what: 'The most messages about one recording in any one second',
          unit: '/s',
          budget: { of: 'value', limit: 'at-most', value: 10 },
          notes: [
            `${arrivals.length} messages in ${((last - first) / 1000).toFixed(1)} s, ${average.toFixed(1)} a second on average.`,
          ],
        },
        [mostInOneSecond(arrivals)],
      ),
    ];
  },
};

/** @param arrivals in milliseconds, ascending. A second includes its start and not its end. */
export function mostInOneSecond(arrivals: readonly number[]): number {
  let most = 0;
  let from = 0;
  for (const [index, atMs] of arrivals.entries()) {
    while ((arrivals[from] ?? atMs) <= atMs - 1000) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}
