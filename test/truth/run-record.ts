import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { loadAverage } from '../bench/machine.ts';

const run = promisify(execFile);
const checkout = fileURLToPath(new URL('../../', import.meta.url));
/** What figures depend on, apart from the tapes. */
const judging = ['electron/core', 'shared', 'resources/profiles', 'test/truth'];

const recordSchema = z.object({
  /** Names what measures and judges, whatever else a commit changes. */
  engine: z.string(),
  /** For people: the commit, and whether there was more than it. */
  commit: z.string(),
  pieces: z.array(z.object({ startedAt: z.string(), endedAt: z.string(), loadAtStart: z.number() })),
});

/** How a survey of a folder came about: with which engine, and in how many pieces. */
export type RunRecord = z.infer<typeof recordSchema>;
type Engine = Pick<RunRecord, 'engine' | 'commit'>;

/** Goes on with the record of a folder, or begins a new one where there is none or another engine took it (`isNew`). */
export function openRecord(folder: string, now: Engine): { record: RunRecord; isNew: boolean } {
  const path = recordPath(folder);
  const before = existsSync(path) ? recordSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
  const goesOn = before?.engine === now.engine;
  const at = new Date().toISOString();
  const piece = { startedAt: at, endedAt: at, loadAtStart: loadAverage() };
  const record: RunRecord = { ...now, pieces: [...(goesOn ? before.pieces : []), piece] };
  return { record, isNew: !goesOn };
}

/** Keeps the record as it is now; the last piece ends here. */
export function keepRecord(folder: string, record: RunRecord): void {
  const piece = record.pieces.at(-1);
  if (piece) piece.endedAt = new Date().toISOString();
  writeFileSync(recordPath(folder), `${JSON.stringify(record, undefined, 2)}\n`);
}

/** In a sentence, with commit, times and load. */
export function wordRecord({ commit, pieces }: RunRecord): string {
  const minutes = pieces.reduce(
    (sum, { startedAt, endedAt }) => sum + (Date.parse(endedAt) - Date.parse(startedAt)) / 60_000,
    0,
  );
  const loads = pieces.map(({ loadAtStart }) => loadAtStart.toFixed(1)).join(', ');
  const way = pieces.length === 1 ? 'one go' : `${pieces.length} pieces`;
  return `commit ${commit}; begun ${pieces[0]?.startedAt}, ${minutes.toFixed(0)} minutes in ${way}, load at the start ${loads}`;
}

/** What would measure and judge now. Changes that are not committed make another one each time. */
export async function engineHere(): Promise<Engine> {
  const git = async (...args: string[]) => (await run('git', args, { cwd: checkout })).stdout.trim();
  try {
    const trees = await git('rev-parse', ...judging.map((path) => `HEAD:${path}`));
    const commit = await git('rev-parse', '--short', 'HEAD');
    const changed = await git('status', '--porcelain', '--untracked-files=no', '--', ...judging);
    if (!changed) return { engine: trees, commit };
    return {
      engine: `${trees}\n${changed}\n${new Date().toISOString()}`,
      commit: `${commit} and changes to it`,
    };
  } catch (cause) {
    // A copy without its history. Any other failure of git is one too: two engines must not pass for one.
    if (existsSync(join(checkout, '.git'))) throw cause;
    return { engine: new Date().toISOString(), commit: 'unknown' };
  }
}

function recordPath(folder: string): string {
  return join(folder, 'run.json');
}
