import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HelicalError } from '#shared/domain/errors.ts';
import { measuresFor } from './every-measure.ts';
import { createSampleStore, framesPerBatch, readSampleStore } from './sample-store.ts';
import { sampleWindow } from './sample-window.ts';

const measures = measuresFor(2);
const description = { frameRate: { num: 30000, den: 1001 }, bitDepth: 10, channels: 2, standard: 'NTSC' };
const frames = 2 * framesPerBatch + 17;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-samples-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(path: string): Promise<void> {
  const store = createSampleStore(path, measures, description);
  for (let frame = 0; frame < frames; frame++) {
    store.append(measures.map((_, at) => (at === 3 ? Number.NaN : frame * 10 + at)));
  }
  await store.close();
}

describe('sample store', () => {
  it('gives back what was written', async () => {
    const path = join(folder, 'a.arrows');
    await write(path);
    const stored = await readSampleStore(path);
    expect(stored).toMatchObject({ frames, ...description });
    expect(stored.measures.map((measure) => measure.id)).toEqual(measures.map((measure) => measure.id));
    expect(stored.column('yMin')[516]).toBe(5160);
    expect(stored.column('peakDbfs.2')[1]).toBe(10 + measures.findIndex((one) => one.id === 'peakDbfs.2'));
    expect(stored.column('yHigh')[5]).toBeNaN();
    expect(stored.column('no such measure')).toHaveLength(frames);
  });

  it('costs less than 30 MB an hour', async () => {
    const path = join(folder, 'a.arrows');
    await write(path);
    const bytesPerFrame = (await readFile(path)).length / frames;
    expect(bytesPerFrame * 90_000).toBeLessThan(30e6);
  });

  it('is read to its last whole batch when it was cut anywhere', async () => {
    const path = join(folder, 'a.arrows');
    await write(path);
    const bytes = await readFile(path);
    const cutPath = join(folder, 'cut.arrows');
    for (let cut = bytes.length - 8; cut > bytes.length / 4; cut -= 1499) {
      await writeFile(cutPath, bytes.subarray(0, cut));
      const stored = await readSampleStore(cutPath).catch((error: unknown) => error);
      if (stored instanceof HelicalError) continue;
      const { frames: kept, column } = stored as Awaited<ReturnType<typeof readSampleStore>>;
      expect([0, framesPerBatch, 2 * framesPerBatch, frames]).toContain(kept);
      if (kept) expect(column('yMin')[kept - 1]).toBe((kept - 1) * 10);
    }
  });

  it('never writes over a store', async () => {
    const path = join(folder, 'a.arrows');
    await write(path);
    expect(() => createSampleStore(path, measures, description)).toThrow(/EEXIST/);
  });

  it('refuses other files with a sentence', async () => {
    const path = join(folder, 'no.arrows');
    await writeFile(path, 'not arrow');
    await expect(readSampleStore(path)).rejects.toThrow(HelicalError);
    await expect(readSampleStore(join(folder, 'absent'))).rejects.toThrow(HelicalError);
  });
});

describe('sample window', () => {
  it('keeps a spike of one frame at every zoom', async () => {
    const spike = 77_777;
    const column = new Float32Array(100_000).fill(1);
    column[spike] = 900;
    const series = { ...description, frames: column.length, column: () => column };
    for (const points of [1, 10, 999, 4000]) {
      const window = sampleWindow(series, { measures: ['yMax'], from: 0, to: 99_999, points });
      expect(window.frames).toHaveLength(points);
      expect(Math.max(...(window.measures['yMax']?.max ?? []).map(Number))).toBe(900);
    }
    const close = sampleWindow(series, { measures: ['yMax'], from: spike - 1, to: spike + 1, points: 4000 });
    expect(close).toEqual({
      frames: [spike - 1, spike, spike + 1],
      measures: { yMax: { min: [1, 900, 1], mean: [1, 900, 1], max: [1, 900, 1] } },
    });
  });
});
