import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { putBackAsCrashed, readAsCrashed } from '#core/capture/as-crashed.ts';
import { type RecorderRecord, recorderRecordSchema } from '#core/capture/recorder-record.ts';
import { type CardReport, readCardReport } from '#core/devices/card-report.ts';
import type { Station } from './station.ts';

/** What is written down about the recorder of a tape's first pass. */
export async function recordOf(station: Station, identifier: string): Promise<RecorderRecord> {
  const path = join(station.folders.mastersDir, identifier, `${identifier}_p1.recorder.json`);
  return recorderRecordSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}

/** The card's report as it stands while the card plays. */
export async function toldByCard(path: string | null): Promise<CardReport> {
  const report = path === null ? undefined : await readCardReport(path);
  if (!report) throw new Error('the card says nothing');
  return report;
}

/** The card's last word, as it is kept beside the master of a tape's first pass. */
export function cardOf(station: Station, identifier: string): Promise<CardReport> {
  return toldByCard(join(station.folders.mastersDir, identifier, `${identifier}_p1.card.json`));
}

/** The master of a tape's first pass as its recorder left it: made again beside it where it was mended since. */
export async function crashedMaster(base: string): Promise<string> {
  const aside = await readAsCrashed(`${base}.as-crashed`);
  if (!aside) return `${base}.mkv`;
  const path = `${base}.made-again.mkv`;
  await copyFile(`${base}.recovered.mkv`, path);
  await putBackAsCrashed(`${base}.as-crashed`, path);
  return path;
}
