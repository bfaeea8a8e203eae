import { execFile } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Ffmpeg } from '#core/ffmpeg/locate.ts';
import { measuresFor } from '#core/qc/every-measure.ts';
import { judge } from '#core/qc/judge.ts';
import { measureSeries } from '#core/qc/measure-file.ts';
import type { Series } from '#core/qc/series.ts';
import { type Judge, profileFor } from './judge-tapes.ts';
import type { Label } from './label.ts';

const run = promisify(execFile);
const mainPath = fileURLToPath(new URL('main.ts', import.meta.url));

/**
 * The engine again, on samples that it took of the same tape before: for whoever works on a check and not on what is
 * measured. Tapes without samples are measured, and their samples kept beside them.
 */
export const storedJudge: Judge = async (folder, label) => {
  const path = samplesOf(folder, label);
  const claims = () => judge(readStored(path), profileFor(label)).events;
  if (!existsSync(path)) await measureApart(folder, label);
  try {
    return { label, claims: claims() };
  } catch (error) {
    // Samples of an engine that did not have a column yet.
    if (!(error instanceof MissingColumn)) throw error;
    await measureApart(folder, label);
    return { label, claims: claims() };
  }
};

/** Measures a tape in a process of its own, which has the engine as it is now: somebody may change it while tapes are measured. */
export async function measureApart(folder: string, label: Label): Promise<void> {
  await run(process.execPath, [mainPath, 'measure', join(folder, label.file)]);
}

export class MissingColumn extends Error {}

/** Measures a tape and keeps its samples beside it. */
export async function storeSamples(path: string, ffmpeg: Ffmpeg): Promise<void> {
  await measureSeries(path, profileFor({}), ffmpeg, {}, async ({ series }) =>
    store(series, `${path.slice(0, -4)}.samples`),
  );
}

/** Whether a tape was measured before. */
export function hasSamples(folder: string, label: Label): boolean {
  return existsSync(samplesOf(folder, label));
}

export function samplesOf(folder: string, label: Label): string {
  return join(folder, label.file.replace(/\.mkv$/, '.samples'));
}

/** A line of JSON, then the columns: the engine's own store may change its form while tapes are judged. */
function store(series: Series, path: string): void {
  const ids = measuresFor(series.channels).map(({ id }) => id);
  const head = Buffer.from(`${JSON.stringify({ ...series, ids })}\n`);
  const columns = ids.map((id) => Buffer.from(series.column(id).slice(0, series.frames).buffer));
  // Under a name of its own first: several may score one folder at once.
  writeFileSync(`${path}.${process.pid}`, Buffer.concat([head, ...columns]));
  renameSync(`${path}.${process.pid}`, path);
}

/** Samples that were kept beside a tape; undefined where none are. Reading a column that they lack throws MissingColumn. */
export function samplesBeside(folder: string, label: Label): Series | undefined {
  return hasSamples(folder, label) ? readStored(samplesOf(folder, label)) : undefined;
}

function readStored(path: string): Series {
  const bytes = readFileSync(path);
  const at = bytes.indexOf('\n') + 1;
  const { ids, ...described } = JSON.parse(bytes.toString('utf8', 0, at)) as Series & { ids: string[] };
  const values = new Float32Array(Uint8Array.from(bytes.subarray(at)).buffer);
  const columns = new Map(
    ids.map((id, index) => [id, values.subarray(index * described.frames, (index + 1) * described.frames)]),
  );
  return {
    ...described,
    column(id) {
      const column = columns.get(id);
      if (!column) throw new MissingColumn(`${path} has no ${id}`);
      return column;
    },
  };
}
