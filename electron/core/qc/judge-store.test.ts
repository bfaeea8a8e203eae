import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { measuresFor } from './every-measure.ts';
import { judgeStore } from './judge-store.ts';
import { createSampleStore } from './sample-store.ts';

const profile = { id: 'test', name: '', description: '', checks: {} };

it('finds the same in a thread as in the engine, on the channels that are asked for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'helical-judge-'));
  try {
    const samplesPath = join(folder, 'a.arrows');
    const measures = measuresFor(2);
    const description = { frameRate: { num: 25, den: 1 }, bitDepth: 10, channels: 2, standard: 'PAL' };
    const store = createSampleStore(samplesPath, measures, { ...description, hasPicture: false });
    for (let frame = 0; frame < 200; frame++) {
      store.append(
        measures.map(({ id }) => (/^(?:peak|rms)Dbfs/.test(id) ? (frame < 100 ? -10 : -120) : Number.NaN)),
      );
    }
    await store.close();
    const order = { samplesPath, profile, judgedChannels: [2] };
    const here = await judgeStore(order);
    const there = await judgeStore(order, 0);
    expect(there).toEqual(here);
    expect(there.events.length).toBeGreaterThan(0);
    for (const { channels } of there.events) expect(channels).toEqual([2]);
    await rm(samplesPath);
    await expect(judgeStore(order, 0)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
