import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ffmpeg } from '#core/ffmpeg/locate.ts';
import { machineLine } from '../bench/machine.ts';
import { type Judge, judgedProfile, labelsIn, stockJudge } from './judge-tapes.ts';
import type { Label } from './label.ts';
import type { JudgedTape } from './score.ts';
import { hasSamples, storedJudge } from './stored-samples.ts';
import { truthPage } from './truth-page.ts';

const page = new URL('../../docs/qc-truth.md', import.meta.url);

/** Writes docs/qc-truth.md from tapes that were made and measured before: what `bench qc --write` does in one go, in pieces. `isKeptOnly`: stock filters are not run. */
export async function writePage(
  folders: readonly string[],
  isKeptOnly: boolean,
  ffmpeg: Ffmpeg,
): Promise<void> {
  const engineOf = storedJudge(judgedProfile);
  const stockOf = keptClaims(stockJudge(ffmpeg));
  const engine: JudgedTape[] = [];
  const stock: JudgedTape[] = [];
  for (const folder of folders) {
    for (const label of labelsIn(folder)) {
      if (!hasSamples(folder, label)) continue;
      engine.push(await engineOf(folder, label));
      if (isKeptOnly && !existsSync(keptPath(folder, label))) continue;
      stock.push(await stockOf(folder, label));
      process.stderr.write(`${folder} ${label.file}\n`);
    }
  }
  writeFileSync(page, truthPage({ engine, stock, machine: machineLine(ffmpeg) }));
}

function keptPath(folder: string, label: Label): string {
  return join(folder, label.file.replace(/\.mkv$/, '.stock'));
}

/** Keeps what a judge said beside the tape: what stock filters say does not change from day to day. */
function keptClaims(judge: Judge): Judge {
  return async (folder, label) => {
    const path = keptPath(folder, label);
    if (!existsSync(path)) writeFileSync(path, JSON.stringify((await judge(folder, label)).claims));
    return { label, claims: JSON.parse(readFileSync(path, 'utf8')) as JudgedTape['claims'] };
  };
}
