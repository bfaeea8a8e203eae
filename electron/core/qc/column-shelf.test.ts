import { expect, it } from 'vitest';
import { checks } from './checks/registry.ts';
import { createColumnShelf } from './column-shelf.ts';
import { measuresFor } from './every-measure.ts';
import { judge } from './judge.ts';

const profile = { id: 'test', name: '', description: '', checks: {} };
const frames = 400;
const ids = new Set(measuresFor(2).map(({ id }) => id));

/** A picture with its noise and moving levels, a field without any from frame 100 to 149, and sound that falls silent for a while. */
function sampleOf(id: string, frame: number): number {
  const noise = ((frame * 7919 + id.length * 31) % 97) / 97;
  if (/^(?:peak|rms|floor)Dbfs/.test(id)) return frame >= 200 && frame < 300 ? -120 : -14 - noise;
  if (/^[yuv](?:Min|Low|High|Max)$/.test(id) && frame >= 100 && frame < 150) return 400;
  if (/^[yuv]/.test(id)) return (/Min|Low/.test(id) ? 100 : /Dif|Noise/.test(id) ? 5 : 700) + 6 * noise;
  return noise;
}

/** A store of which every column that is read is counted by its memory. */
function countedStore() {
  const memory = new Set<Float32Array>();
  let reads = 0;
  return {
    ...{ frames, memory, readCount: () => reads },
    range(id: string, from: number, to: number, values = new Float32Array(to - from)): Float32Array {
      memory.add(values);
      reads += 1;
      for (let at = 0; at < values.length; at++)
        values[at] = ids.has(id) ? sampleOf(id, from + at) : Number.NaN;
      return values;
    },
  };
}

it('judges a tape with the memory of a few columns, however many its checks ask for, and finds the same', () => {
  const store = countedStore();
  const description = { frameRate: { num: 25, den: 1 }, bitDepth: 10, channels: 2, standard: 'PAL' };
  const columns = new Map<string, Float32Array>();
  const column = (id: string): Float32Array => {
    const values = columns.get(id) ?? countedStore().range(id, 0, frames);
    columns.set(id, values);
    return values;
  };
  const kept = judge({ ...description, frames, column }, profile);
  const judged = judge({ ...description, frames, ...createColumnShelf(store) }, profile);
  expect(judged).toEqual(kept);
  expect(judged.checks.length + judged.notJudged.length).toBe(checks.length);
  expect(judged.events.map(({ check }) => check)).toEqual(expect.arrayContaining(['signal-loss', 'silence']));
  expect(columns.size).toBeGreaterThan(40);
  expect(store.memory.size).toBeLessThanOrEqual(16);
  // Nor is each read again for each check that asks for it.
  expect(store.readCount()).toBeLessThan(3 * columns.size);
});

it('reads over what was asked for longest ago, and over nothing that is looked at', () => {
  const store = countedStore();
  const shelf = createColumnShelf(store);
  const many = [...ids].slice(0, 20);
  const held = many.map((id) => shelf.column(id));
  expect(new Set(held).size).toBe(20);
  for (const [at, id] of many.entries()) {
    expect(shelf.column(id)).toBe(held[at]);
    expect(held[at]?.[7]).toBe(Math.fround(sampleOf(id, 7)));
  }
  shelf.release();
  expect(shelf.column(many[19] as string)).toBe(held[19]);
  expect(shelf.column('rmsDbfs.2')).toBe(held[0]);
  expect(store.memory.size).toBe(20);
});
