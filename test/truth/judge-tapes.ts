import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ffmpeg } from '#core/ffmpeg/locate.ts';
import { createQc } from '#core/qc/create-qc.ts';
import { qcProfileSchema } from '#shared/domain/profiles.ts';
import { type Label, readLabel } from './label.ts';
import type { JudgedTape } from './score.ts';

const profile = qcProfileSchema.parse(
  JSON.parse(readFileSync(new URL('../../resources/profiles/qc/analogue-sd.json', import.meta.url), 'utf8')),
);

/** Labels of a folder of made tapes, in order of their names. */
export function labelsIn(folder: string): Label[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => readLabel(join(folder, name)));
}

/** Runs the engine over made tapes, one after the other, as `helical qc` does with any file. */
export async function judgeTapes(
  folder: string,
  labels: readonly Label[],
  ffmpeg: Ffmpeg,
  onTape: (label: Label, seconds: number) => void = () => undefined,
): Promise<JudgedTape[]> {
  const qc = createQc({ profiles: [profile], ffmpeg });
  const judged: JudgedTape[] = [];
  for (const label of labels) {
    const startedAtMs = performance.now();
    const result = await qc.measureFile(join(folder, label.file), profile.id);
    judged.push({ label, claims: result.events });
    onTape(label, (performance.now() - startedAtMs) / 1000);
  }
  return judged;
}
