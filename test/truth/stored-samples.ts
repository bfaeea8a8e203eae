import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Ffmpeg } from '#core/ffmpeg/locate.ts';
import { measuresFor } from '#core/qc/every-measure.ts';
import { judge } from '#core/qc/judge.ts';
import { measureSeries } from '#core/qc/measure-file.ts';
import { createSampleStore, readSampleStore } from '#core/qc/sample-store.ts';
import type { Series } from '#core/qc/series.ts';
import type { QcProfile } from '#shared/domain/profiles.ts';
import type { Judge } from './judge-tapes.ts';
import type { Label } from './label.ts';

/**
 * The engine again, on samples that it took of the same tape before: for whoever works on a check and not on what is
 * measured. Tapes without samples are measured, and their samples kept beside them.
 */
export function storedJudge(ffmpeg: Ffmpeg, profile: QcProfile): Judge {
  return async (folder, label) => {
    const path = samplesOf(folder, label);
    if (!existsSync(path)) {
      const { series } = await measureSeries(join(folder, label.file), profile, ffmpeg);
      await store(series, path);
    }
    return { label, claims: judge(await readSampleStore(path), profile).events };
  };
}

function samplesOf(folder: string, label: Label): string {
  return join(folder, label.file.replace(/\.mkv$/, '.arrows'));
}

async function store(series: Series, path: string): Promise<void> {
  const measures = measuresFor(series.channels);
  // Under a name of its own first: several may score one folder at once.
  const partial = `${path}.${process.pid}`;
  const writer = createSampleStore(partial, measures, series);
  const columns = measures.map(({ id }) => series.column(id));
  for (let frame = 0; frame < series.frames; frame++) {
    writer.append(columns.map((column) => column[frame] as number));
  }
  await writer.close();
  renameSync(partial, path);
}
