import { readFileSync, writeFileSync } from 'node:fs';
import type { Ffmpeg } from '#core/ffmpeg/locate.ts';
import { machineLine } from '../bench/machine.ts';
import type { Survey } from './survey.ts';
import { handWrittenFrom, truthPage } from './truth-page.ts';

const page = new URL('../../docs/qc-truth.md', import.meta.url);

/** Writes docs/qc-truth.md; what was written by hand behind the figures stays. */
export function writeTruthPage(survey: Survey, ffmpeg: Ffmpeg): void {
  const before = readFileSync(page, 'utf8');
  const at = before.indexOf(`\n${handWrittenFrom}\n`);
  if (at < 0) throw new Error(`docs/qc-truth.md has no heading "${handWrittenFrom}".`);
  writeFileSync(page, truthPage({ ...survey, machine: machineLine(ffmpeg) }) + before.slice(at));
}
