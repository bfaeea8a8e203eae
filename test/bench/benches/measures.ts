import { readFileSync } from 'node:fs';
import { createQc } from '#core/qc/create-qc.ts';
import { qcProfileSchema } from '#shared/domain/profiles.ts';
import { type Bench, pairedRow } from '../bench.ts';
import { alternate } from '../figures.ts';
import { recordMaster } from '../recorded-master.ts';
import { timedFfmpeg } from '../timed-ffmpeg.ts';

const profile = qcProfileSchema.parse(
  JSON.parse(
    readFileSync(new URL('../../../resources/profiles/qc/analogue-sd.json', import.meta.url), 'utf8'),
  ),
);

/** `helical qc` on a master, all measures and checks, against a decode that does nothing with the pictures. */
export const measures: Bench = {
  name: 'measures',
  async run(context) {
    const { ffmpeg } = context;
    const master = await recordMaster(context);
    const qc = createQc({ profiles: [profile], ffmpeg });
    const measure = () => timed(() => qc.measureFile(master.path, profile.id));
    const decode = () =>
      timed(() =>
        timedFfmpeg(ffmpeg.ffmpegPath, ['-nostdin', '-v', 'error', '-i', master.path, '-f', 'null', '-']),
      );
    await decode();
    const pairs = await alternate(6, measure, decode);
    return [
      pairedRow(
        {
          name: 'measures',
          what: 'Time to measure and judge a master of 125 frames 720x576',
          unit: 's',
          budget: { of: 'ratio', limit: 'at-most', value: 1.5 },
          referenceName: 'decoding it alone, with the same cores',
        },
        pairs,
      ),
    ];
  },
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return (performance.now() - startedAtMs) / 1000;
}
