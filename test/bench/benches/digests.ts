import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type DigestAlgorithm, digestAlgorithms, digestFile } from '#core/essence/digests.ts';
import { type Bench, pairedRow } from '../bench.ts';
import { alternate, median } from '../figures.ts';

const sizeBytes = 512 << 20;

/** Three digests in one read of a file against the slowest of them alone, with Node's own hashing, from a warm cache. */
export const digests: Bench = {
  name: 'digests',
  async run({ folder }) {
    const path = join(folder, 'master');
    await writeRandomFile(path);
    const alone = new Map<DigestAlgorithm, number>();
    for (const algorithm of digestAlgorithms) {
      await digestAlone(path, algorithm);
      alone.set(algorithm, median([await digestAlone(path, algorithm), await digestAlone(path, algorithm)]));
    }
    const slowest = digestAlgorithms.reduce((a, b) => ((alone.get(b) ?? 0) > (alone.get(a) ?? 0) ? b : a));
    const pairs = await alternate(
      6,
      () => secondsOf(() => digestFile(path)),
      () => digestAlone(path, slowest),
    );
    const mebibytes = sizeBytes / 2 ** 20;
    const singles = [...alone].map(([name, seconds]) => `${name} ${(mebibytes / seconds).toFixed(0)} MiB/s`);
    return [
      pairedRow(
        {
          name: 'digests',
          what: `Speed of MD5, SHA-256 and SHA-512 of a file of ${mebibytes} MiB in one read`,
          unit: 'MiB/s',
          budget: { of: 'ratio', limit: 'at-least', value: 0.9 },
          referenceName: `the slowest of them alone (${slowest})`,
          notes: [`Alone: ${singles.join(', ')}. One after the other: ${inTurn(alone, mebibytes)} MiB/s.`],
        },
        pairs.map(({ ours, reference }) => ({ ours: mebibytes / ours, reference: mebibytes / reference })),
      ),
    ];
  },
};

function inTurn(alone: ReadonlyMap<DigestAlgorithm, number>, mebibytes: number): string {
  return (mebibytes / [...alone.values()].reduce((sum, seconds) => sum + seconds, 0)).toFixed(0);
}

function digestAlone(path: string, algorithm: DigestAlgorithm): Promise<number> {
  return secondsOf(async () => {
    const hash = createHash(algorithm);
    for await (const chunk of createReadStream(path, { highWaterMark: 2 << 20 })) hash.update(chunk);
    hash.digest('hex');
  });
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return (performance.now() - startedAtMs) / 1000;
}

async function writeRandomFile(path: string): Promise<void> {
  const piece = randomBytes(8 << 20);
  await using file = await open(path, 'wx');
  for (let written = 0; written < sizeBytes; written += piece.length) await file.write(piece);
}
