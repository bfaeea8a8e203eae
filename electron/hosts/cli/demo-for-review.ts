import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HelicalClient } from '../attach.ts';
import type { Output } from './output.ts';
import { recordPass } from './record-pass.ts';

/** What is on the tape itself: every pass shows it. */
const onTheTape = [
  { kind: 'dropout', atSeconds: 5, frames: 3, strength: 0.6 },
  { kind: 'silence', atSeconds: 16, frames: 50, channel: 2 },
];
/** What one playing did to it, and what another one did after the heads were cleaned. */
const playings = [
  {
    chain: 'Simulated deck',
    faults: [
      { kind: 'head-clog', atSeconds: 8, frames: 25, strength: 0.8 },
      { kind: 'tracking', atSeconds: 12, frames: 50, strength: 0.6 },
    ],
  },
  {
    chain: 'Simulated deck, heads cleaned',
    faults: [{ kind: 'dropout', atSeconds: 20, frames: 2, strength: 0.8 }],
  },
];

/**
 * A tape in trouble, recorded twice, as something to learn Review with: faults of the tape are in both passes, faults of the playing in one.
 * It plays as fast as this machine records.
 * @returns the ids of both passes, in the order in which they were played
 */
export async function recordForReview(
  client: HelicalClient,
  output: Output,
  at: { dataDir: string; identifier: string; raster: { width: number; height: number } },
): Promise<string[]> {
  await client.tapes.register({
    identifier: at.identifier,
    format: 'umatic',
    title: 'A simulated tape in trouble, played twice',
    artist: 'Helical',
    standard: 'PAL',
  });
  const passIds: string[] = [];
  for (const [index, { chain, faults }] of playings.entries()) {
    const name = `${at.identifier.toLowerCase()}-playing-${index + 1}`;
    const path = join(at.dataDir, `${name}.json`);
    const recipe = {
      name,
      description: `A tape in trouble, as it is played the ${index === 0 ? 'first' : 'second'} time.`,
      ...{ seed: 1984, standard: 'PAL', raster: at.raster, channels: 2, pace: 'unpaced' },
      timecodeStart: '10:00:00:00',
      segments: [
        { content: 'bars', seconds: 2 },
        { content: 'scene', seconds: 22 },
        { content: 'black', seconds: 1 },
      ],
      faults: [...onTheTape, ...faults],
    };
    await writeFile(path, `${JSON.stringify(recipe, null, 2)}\n`);
    const request = { tape: at.identifier, source: `simulator:${path}`, chainName: chain };
    const { passId } = await recordPass(client, request, output);
    passIds.push(passId);
  }
  return passIds;
}
