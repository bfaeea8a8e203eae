import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { exitCodeOf, HelicalError } from '#shared/domain/errors.ts';
import type { Bench, BenchRow } from './bench.ts';
import { loadAverage, machineLine } from './machine.ts';
import { benches, faultBenches, longBenches } from './registry.ts';
import { formatTable, toJson } from './table.ts';

/** Measures the numbers of the house plan. Exit codes as of every command: 1 says that a budget was missed. */
async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  const chosen = positionals.length === 0 ? benches : positionals.flatMap(benchesNamed);
  const asked = {
    seconds: values.seconds === undefined ? undefined : numberAbove0('seconds', values.seconds),
    whole: values.whole === true,
    write: values.write === true,
    seed: values.seed === undefined ? undefined : Math.trunc(numberAbove0('seed', values.seed)),
    count: values.count === undefined ? undefined : Math.ceil(numberAbove0('count', values.count)),
  };
  const ffmpeg = await locateFfmpeg();
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  say(machineLine(ffmpeg));
  const rows: BenchRow[] = [];
  let exitCode = 0;
  for (const bench of chosen) {
    const startedAtMs = performance.now();
    say(`${bench.name} …`);
    const folder = await mkdtemp(join(tmpdir(), `helical-bench-${bench.name.replace('/', '-')}-`));
    const cleaner = removeWhenInterrupted(folder);
    try {
      const context = { ffmpeg, folder, ...asked, say: (text: string) => say(`  ${text}`) };
      const found = await bench.run(context);
      rows.push(...found.map((row) => ({ ...row, loadAverage: loadAverage() })));
    } catch (error) {
      // The others are measured all the same, and what was found so far is shown.
      say(wordFailure(bench.name, error));
      exitCode = Math.max(exitCode, error instanceof HelicalError ? exitCodeOf(error.code) : 1);
    } finally {
      // A card that was left playing writes its report still.
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
      cleaner[Symbol.dispose]();
    }
    say(`${bench.name}: ${((performance.now() - startedAtMs) / 1000).toFixed(0)} s`);
  }
  const text = values.json === true ? JSON.stringify(toJson(rows), undefined, 2) : formatTable(rows);
  process.stdout.write(`${text}\n`);
  return rows.every(({ ok }) => ok) ? exitCode : Math.max(exitCode, 1);
}

function wordFailure(name: string, error: unknown): string {
  if (error instanceof HelicalError) return `${name} was not measured. ${error.message}`;
  return `${name} failed: ${error instanceof Error ? error.stack : String(error)}`;
}

/** A recorder that outlives its engine goes on to the end of its tape, in files that have no name any more. */
function removeWhenInterrupted(folder: string): Disposable {
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, remove);
  return {
    [Symbol.dispose]: () => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, remove);
    },
  };
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        whole: { type: 'boolean' },
        write: { type: 'boolean' },
        seconds: { type: 'string' },
        seed: { type: 'string' },
        count: { type: 'string' },
      },
    });
  } catch (cause) {
    throw new HelicalError('INVALID_INPUT', { problem: `${(cause as Error).message}` }, { cause });
  }
}

/** One bench, or all whose names begin with `NAME/`: `faults` is every fault bench. */
function benchesNamed(name: string): Bench[] {
  const all = [...benches, ...faultBenches, ...longBenches];
  const found = all.filter((one) => one.name === name || one.name.startsWith(`${name}/`));
  if (found.length > 0) return found;
  throw new HelicalError('INVALID_INPUT', {
    problem: `There is no bench ${name}.`,
    remedy: `Choose of: ${all.map((one) => one.name).join(', ')}.`,
  });
}

function numberAbove0(option: string, text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new HelicalError('INVALID_INPUT', `--${option} takes a number above zero, not "${text}".`);
}

// Simulated cards do not keep their starter alive: an engine does not wait for cards, a bench does.
const awake = setInterval(() => {}, 60_000);
try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof HelicalError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = exitCodeOf(error.code);
} finally {
  clearInterval(awake);
}
