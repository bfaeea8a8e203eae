import { join } from 'node:path';
import { carrierFormats } from '#shared/domain/tape.ts';
import { absoluteRow, type Bench } from '../bench.ts';
import { median, percentile } from '../figures.ts';
import { ownEngine } from '../own-engine.ts';

const tapes = 100_000;
const calls = 60;
const sortings = ['identifier', 'title', 'artist', 'format', 'state', 'lastEventAt'] as const;
const words = [
  'water',
  'mirror',
  'study',
  'portrait',
  'noise',
  'garden',
  'signal',
  'monitor',
  'body',
  'room',
];
/** From what nearly all tapes have to what one has, and what none has. */
const filters = ['tape', 'mirror', 'garden study', 'artist 77', 'umatic', 'HEL-004242', 'absent-word'];

/** The Tapes screen's calls over the contract, in process, on a register of a hundred thousand tapes. */
export const tapesList: Bench = {
  name: 'tapes-list',
  async run({ folder, say }) {
    await using engine = await ownEngine(join(folder, 'data'));
    const { client } = engine;
    say(`registering ${tapes} tapes`);
    const { created, problems } = await client.tapes.import({ csv: tapeList() });
    if (created !== tapes) throw new Error(`${created} tapes: ${JSON.stringify(problems.slice(0, 3))}`);

    /** Waiting time, and the processor time within it: the rest is other programs' doing. */
    const measure = async (call: (index: number) => Promise<unknown>) => {
      await call(0);
      const times: number[] = [];
      const cpuTimes: number[] = [];
      for (let index = 0; index < calls; index++) {
        const cpuBefore = process.cpuUsage();
        const startedAtMs = performance.now();
        await call(index);
        times.push(performance.now() - startedAtMs);
        const { user, system } = process.cpuUsage(cpuBefore);
        cpuTimes.push((user + system) / 1000);
      }
      return { times, cpuTimes };
    };
    const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
    const kinds: [string, string, (index: number) => Promise<unknown>][] = [
      ['tapes-list/first-rows', 'the first 200 rows', () => client.tapes.list({})],
      [
        'tapes-list/sort',
        'the first 200 rows by each column, both ways',
        (index) =>
          client.tapes.list({
            sortBy: at(sortings, index),
            descending: Math.floor(index / sortings.length) % 2 === 1,
          }),
      ],
      [
        'tapes-list/filter',
        `rows that hold a text (${filters.join(', ')})`,
        (index) => client.tapes.list({ filter: at(filters, index) }),
      ],
      [
        'tapes-list/scroll',
        '200 rows anywhere in the list',
        (index) => client.tapes.list({ offset: (index * 16_411) % tapes }),
      ],
    ];
    const rows = [];
    for (const [name, what, call] of kinds) {
      const { times, cpuTimes } = await measure(call);
      const row = absoluteRow(
        {
          name,
          what: `p95 of ${calls} calls for ${what}, of ${tapes} tapes`,
          unit: 'ms',
          budget: { of: 'value', limit: 'at-most', value: 100 },
          notes: [`Processor time of a call: p95 ${percentile(cpuTimes, 0.95).toFixed(0)} ms.`],
        },
        [percentile(times, 0.95)],
      );
      if (name === 'tapes-list/filter')
        row.notes.push(`Medians of processor time: ${mediansByFilter(cpuTimes)}.`);
      const spread = { min: Math.min(...times), median: row.value, max: Math.max(...times) };
      rows.push({ ...row, runs: calls, spread: { ...row.spread, value: spread } });
    }
    return rows;
  },
};

function mediansByFilter(times: readonly number[]): string {
  return filters
    .map((filter, at) => {
      const own = times.filter((_, index) => index % filters.length === at);
      return `"${filter}" ${median(own).toFixed(0)} ms`;
    })
    .join(', ');
}

function tapeList(): string {
  const lines = ['identifier,title,artist,format,duration,location'];
  for (let index = 0; index < tapes; index++) {
    const title = `${words[index % 10]} ${words[Math.floor(index / 10) % 10]} tape ${index % 977}`;
    const format = carrierFormats[index % carrierFormats.length];
    const identifier = `HEL-${String(index).padStart(6, '0')}`;
    lines.push(
      `${identifier},${title},artist ${index % 1500},${format},${(index % 120) + 1},shelf ${index % 400}`,
    );
  }
  return lines.join('\n');
}
