import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import {
  CompressionType,
  compressionRegistry,
  MessageHeader,
  MessageReader,
  tableFromIPC,
} from 'apache-arrow';
import type { RecordBatch as BatchHeader } from 'apache-arrow/ipc/metadata/message';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HelicalError } from '#shared/domain/errors.ts';
import { mapPlaceOf } from '#shared/domain/tape-map.ts';
import { measuresFor } from './every-measure.ts';
import { framesPerStep } from './sample-pyramid.ts';
import { readSampleStore, type StoredSeries } from './sample-reader.ts';
import { createSampleStore, framesPerBatch } from './sample-store.ts';
import { sampleWindow } from './sample-window.ts';
import { createRounding } from './stored-precision.ts';

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

function openOrRefused(path: string): StoredSeries | HelicalError {
  try {
    return readSampleStore(path);
  } catch (error) {
    if (error instanceof HelicalError) return error;
    throw error;
  }
}

describe('sample store', () => {
  it('gives back what was written', async () => {
    const path = join(folder, 'a.arrows');
    await write(path);
    const stored = readSampleStore(path);
    expect(stored).toMatchObject({ frames, ...description });
    expect(stored.measures.map((measure) => measure.id)).toEqual(measures.map((measure) => measure.id));
    expect(stored.column('yMin')[516]).toBe(5160);
    expect(stored.column('peakDbfs.2')[1]).toBe(10 + measures.findIndex((one) => one.id === 'peakDbfs.2'));
    expect(stored.column('yHigh')[5]).toBeNaN();
    expect(stored.column('no such measure')).toHaveLength(frames);
  });

  it('costs less than 29 MB an hour of a tape with noise, as it is measured', async () => {
    const path = join(folder, 'a.arrows');
    const store = createSampleStore(path, measures, description);
    let seed = 1;
    const random = () => {
      seed = (seed * 48271) % 2147483647;
      return seed / 2147483647;
    };
    // Extremes are whole codes; means and levels differ in every bit. Of the tape map, noise of ten codes moves the
    // mean of two dozen lines by a tenth of a code, and lines are damaged in a frame of ten.
    const mapped = measures.map(({ id }) => mapPlaceOf(id)?.subject);
    const isWhole = measures.map(
      ({ id, unit }) =>
        /Min|Max|Low|High|crop|row/i.test(id) || ['count', 'line', 'pixel', 'degree'].includes(unit),
    );
    const round = createRounding(measures);
    const hour = 90_000;
    const played = 3_000;
    for (let frame = 0; frame < played; frame++) {
      const row = Float32Array.from(isWhole, (whole, at) => {
        if (mapped[at] === 'luma') return random() < 0.1 ? 401 : 400;
        if (mapped[at] === 'damaged') return random() < 0.1 ? Math.ceil(random() * 16) : 0;
        return whole ? 400 + Math.floor(random() * 16) : 400 + 16 * random();
      });
      round(row);
      store.append(row);
    }
    await store.close();
    expect(((await readFile(path)).length * hour) / played).toBeLessThan(29e6);
  });

  it('is read to its last whole batch when it was cut anywhere', async () => {
    const path = join(folder, 'a.arrows');
    await write(path);
    const bytes = await readFile(path);
    const cutPath = join(folder, 'cut.arrows');
    for (let cut = bytes.length - 8; cut > 0; cut -= 1499) {
      await writeFile(cutPath, bytes.subarray(0, cut));
      const stored = openOrRefused(cutPath);
      if (stored instanceof HelicalError) continue;
      const { frames: kept, column, steps } = stored;
      expect([0, framesPerBatch, 2 * framesPerBatch, frames]).toContain(kept);
      if (kept) expect(column('yMin')[kept - 1]).toBe((kept - 1) * 10);
      // The pyramid of a store that was not closed is made from its samples.
      expect(steps('yMin').maximum).toHaveLength(Math.ceil(kept / framesPerStep));
    }
  });

  it('is refused when samples are asked for that are damaged, and opens all the same', async () => {
    const path = join(folder, 'a.arrows');
    await write(path);
    const bytes = await readFile(path);
    const second = bytes.indexOf(Buffer.from([255, 255, 255, 255]), bytes.length >> 1);
    await writeFile(path, bytes.fill(0, second, second + 8));
    const stored = readSampleStore(path);
    expect(stored.frames).toBe(frames);
    expect(stored.steps('yMin').minimum).toHaveLength(Math.ceil(frames / framesPerStep));
    expect(() => stored.column('yMin')).toThrow(/are damaged: \d+ of \d+ frames/);
  });

  it('reads one stretch of one column', async () => {
    const path = join(folder, 'a.arrows');
    await write(path);
    const { range } = readSampleStore(path);
    expect([...range('yMin', framesPerBatch - 2, framesPerBatch + 2)]).toEqual(
      [-2, -1, 0, 1].map((place) => (framesPerBatch + place) * 10),
    );
    expect([...range('no such measure', 0, 2)]).toEqual([Number.NaN, Number.NaN]);
  });

  it('is an Arrow stream that other programs read, each column compressed as the format says', async () => {
    const path = join(folder, 'a.arrows');
    await write(path);
    const bytes = await readFile(path);
    compressionRegistry.set(CompressionType.ZSTD, {
      decode: (data) => new Uint8Array(zstdDecompressSync(data)),
    });
    // Arrow's reader stops at the end of the first stream, as pyarrow does.
    const table = tableFromIPC(bytes);
    expect(table.numRows).toBe(frames);
    expect(table.schema.fields.map(({ name }) => name)).toEqual(['frame', ...measures.map(({ id }) => id)]);
    expect([...(table.getChild('yMin')?.toArray() ?? [])]).toEqual([...readSampleStore(path).column('yMin')]);
    expect(table.getChild('frame')?.get(300)).toBe(300);
    // It ignores what stands before each compressed buffer, and others do not: the length when it is taken apart.
    const reader = new MessageReader(bytes);
    reader.readSchema();
    const head = reader.readMessage(MessageHeader.RecordBatch)?.header() as BatchHeader;
    const body = reader.readMessageBody(
      Math.max(...head.buffers.map(({ offset, length }) => offset + length)),
    );
    for (const [place, { offset, length }] of head.buffers.entries()) {
      if (place % 2 === 0) expect(length).toBe(0);
      else
        expect([-1n, BigInt(framesPerBatch * 4)]).toContain(
          new DataView(body.buffer, body.byteOffset + offset).getBigInt64(0, true),
        );
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
    expect(() => readSampleStore(path)).toThrow(HelicalError);
    expect(() => readSampleStore(join(folder, 'absent'))).toThrow(HelicalError);
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
      expect(Math.max(...(window.measures.get('yMax')?.max ?? []))).toBe(900);
    }
    const close = sampleWindow(series, { measures: ['yMax'], from: spike - 1, to: spike + 1, points: 4000 });
    const piece = Float32Array.of(1, 900, 1);
    expect(close).toEqual({
      frames: Uint32Array.of(spike - 1, spike, spike + 1),
      endFrame: spike + 2,
      measures: new Map([['yMax', { min: piece, mean: piece, max: piece }]]),
    });
  });

  it('says the same of a stretch from the pyramid as from the samples', async () => {
    const path = join(folder, 'a.arrows');
    const store = createSampleStore(path, measures, description);
    const value = (frame: number) => (frame === 1234 ? 5000 : (frame * 7919) % 997);
    for (let frame = 0; frame < 2468; frame++) {
      store.append(measures.map((_, at) => (at === 0 ? value(frame) : Number.NaN)));
    }
    await store.close();
    const stored = readSampleStore(path);
    const column = stored.column('yMin');
    const memory = { ...description, frames: stored.frames, column: () => column };
    for (const [from, to, points] of [
      [0, 2467, 7],
      [37, 2400, 5],
      [1201, 1299, 1],
      [150, 2467, 20],
    ] as const) {
      const request = { measures: ['yMin'], from, to, points };
      const [drawn, plain] = [sampleWindow(stored, request), sampleWindow(memory, request)];
      expect(drawn).toEqual(plain);
      expect(drawn.frames.length).toBeLessThanOrEqual(points);
      expect(drawn.frames[0]).toBe(from);
      const lane = drawn.measures.get('yMin');
      for (const [at, start] of drawn.frames.entries()) {
        const piece = [...column.subarray(start, drawn.frames[at + 1] ?? to + 1)];
        expect(lane?.min[at]).toBe(Math.min(...piece));
        expect(lane?.max[at]).toBe(Math.max(...piece));
        const mean = piece.reduce((sum, one) => sum + one, 0) / piece.length;
        // The last step of a tape is short and counts as a whole one.
        expect(Math.abs((lane?.mean[at] as number) - mean)).toBeLessThan(mean * 0.1);
      }
    }
  });
});
