import { readFileSync, writeFileSync } from 'node:fs';
import { labelsIn, profileFor } from './judge-tapes.ts';
import { formatDelays, type LiveDelay, liveDelays } from './live-delay.ts';
import { MissingColumn, samplesBeside } from './stored-samples.ts';

const proof = new URL('../../docs/proof.md', import.meta.url);

/**
 * Prints how soon the faults of tapes that were measured before are told while they play; with `isKept` the table
 * in docs/proof.md becomes this one.
 */
export async function writeDelays(folders: readonly string[], isKept: boolean): Promise<void> {
  const tapes = folders.map((folder) => delaysOf(folder));
  const delays = tapes.flatMap((one) => one.delays);
  const count = tapes.reduce((sum, one) => sum + one.tapes, 0);
  const date = new Date().toISOString().slice(0, 10);
  const head = `${delays.length} faults on ${count} tapes of the set of docs/qc-truth.md, ${date}:`;
  const text = `${head}\n\n${formatDelays(delays)}\n`;
  process.stdout.write(text);
  if (isKept) writeFileSync(proof, withDelays(readFileSync(proof, 'utf8'), text));
}

/** A page in which the table of delays, and the line that says of which tapes it is, are others. Throws where it has none. */
export function withDelays(page: string, table: string): string {
  const found =
    /\n[^\n]* tapes of the set of docs\/qc-truth\.md, [^\n]*:\n\n\| Check \| least, s [^\n]*\n(?:\|[^\n]*\n)*/;
  if (!found.test(page)) throw new Error('docs/proof.md has no table of delays.');
  return page.replace(found, () => `\n${table}`);
}

function delaysOf(folder: string): { tapes: number; delays: LiveDelay[] } {
  let tapes = 0;
  const delays = labelsIn(folder).flatMap((label) => {
    const series = samplesBeside(folder, label);
    if (!series || label.events.length === 0) return [];
    try {
      const all = liveDelays(label, series, profileFor(label));
      tapes++;
      return all;
    } catch (error) {
      if (!(error instanceof MissingColumn)) throw error;
      process.stderr.write(`${label.file}: ${error.message}: measure it again\n`);
      return [];
    }
  });
  return { tapes, delays };
}
