import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ffmpeg } from '#core/ffmpeg/locate.ts';
import { createQc } from '#core/qc/create-qc.ts';
import { type QcProfile, qcProfileSchema } from '#shared/domain/profiles.ts';
import { stockMeasures } from './baseline/stock-measures.ts';
import { stockClaims } from './baseline/stock-rules.ts';
import { type Label, readLabel } from './label.ts';
import type { JudgedTape } from './score.ts';

const profilesUrl = new URL('../../resources/profiles/qc/', import.meta.url);
const profiles = readdirSync(profilesUrl).map((name) =>
  qcProfileSchema.parse(JSON.parse(readFileSync(new URL(name, profilesUrl), 'utf8'))),
);

/** Limits that a labelled tape is judged by: those of its format, or of any analogue tape. Throws where its label names none that there is. */
export function profileFor({ profile = 'analogue-sd' }: Pick<Label, 'profile'>): QcProfile {
  const found = profiles.find(({ id }) => id === profile);
  if (!found) throw new Error(`There is no profile ${profile}.`);
  return found;
}

/** Says what is wrong with a tape, without having seen its label. */
export type Judge = (folder: string, label: Label) => Promise<JudgedTape>;

/** Labels of a folder of made tapes, in order of their names. */
export function labelsIn(folder: string): Label[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => readLabel(join(folder, name)));
}

/** The engine, as `helical qc` runs over any file. */
export function engineJudge(ffmpeg: Ffmpeg): Judge {
  const qc = createQc({ profiles, ffmpeg });
  return async (folder, label) => {
    const result = await qc.measureFile(join(folder, label.file), profileFor(label).id);
    return { label, claims: result.events };
  };
}

/** Stock filters with the limits that others published. */
export function stockJudge(ffmpeg: Ffmpeg): Judge {
  return async (folder, label) => ({
    label,
    claims: stockClaims(await stockMeasures(join(folder, label.file), label, ffmpeg.ffmpegPath), label),
  });
}
