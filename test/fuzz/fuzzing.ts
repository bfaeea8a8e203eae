import fc from 'fast-check';
import { HelicalError } from '#shared/domain/errors.ts';
import { changeJson, jsonChange, longest, mutate, mutations } from './mutation.ts';

/** `HELICAL_FUZZ_RUNS=20000 npx vitest run --project unit test/fuzz` is the long way: with another seed each time. */
const asked = Number(process.env['HELICAL_FUZZ_RUNS'] ?? 0);
const shortRuns = 60;

/** Without a number asked for the seed is fixed: a gate that fails by chance is no gate. */
const settings = asked > 0 ? { numRuns: asked } : { numRuns: shortRuns, seed: 20_261_122 };

/** Processor time one reading may take, of at most 200,000 characters: what is beyond grows with the square. */
const longestCpuMs = 1_500;

/** What a mutated text may lead to: a value, or an error that a person can read. Anything else fails, with the text. */
export async function holds(
  read: (text: string) => unknown,
  options: { samples: readonly string[]; isJson?: boolean; names?: string },
): Promise<void> {
  const { samples, names } = options;
  const text = fc
    .tuple(fc.constantFrom(...samples), mutations)
    .map(([sample, changes]) => mutate(sample, changes));
  const document = fc
    .tuple(fc.constantFrom(...samples), jsonChange)
    .map(([sample, change]) => changeJson(sample, change));
  // Nothing is allowed to be wrong with the samples themselves.
  for (const sample of samples) await read(sample);
  for (const hostile of repeated(samples)) await readOnce(hostile);
  await fc.assert(fc.asyncProperty(options.isJson ? fc.oneof(text, document) : text, readOnce), settings);

  async function readOnce(changed: string): Promise<void> {
    const started = process.cpuUsage();
    try {
      await read(changed);
    } catch (error) {
      if (!(error instanceof HelicalError)) throw error;
      if (!/\S \S/.test(error.problem)) throw new Error(`no sentence: ${error.problem}`);
      if (names !== undefined && !error.message.includes(names)) {
        throw new Error(`the sentence does not name ${names}: ${error.message}`);
      }
    }
    const { user, system } = process.cpuUsage(started);
    const spentMs = (user + system) / 1000;
    if (spentMs > longestCpuMs) {
      throw new Error(
        `${Math.round(spentMs)} ms of processor time for ${JSON.stringify(changed.slice(0, 200))}…`,
      );
    }
  }
}

/** Parts of real lines, each repeated until nothing that grows with the square stays hidden, as one line and as many. */
function repeated(samples: readonly string[]): string[] {
  const lines = samples.flatMap((sample) => sample.split('\n')).filter((line) => line.length > 3);
  const wanted = asked > 0 ? 40 : 4;
  const step = Math.max(1, Math.floor(lines.length / wanted));
  const parts = lines
    .filter((_, at) => at % step === 0)
    .flatMap((line) => [line, line.slice(0, line.length >> 1), line.slice(line.length >> 1)]);
  return [...parts, ' ', '[', '('].flatMap((part) => [
    part.repeat(Math.ceil(longest / part.length)),
    `${part}\n`.repeat(Math.ceil(longest / (part.length + 1))),
  ]);
}
