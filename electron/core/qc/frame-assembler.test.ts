import { describe, expect, it } from 'vitest';
import { createFrameAssembler } from './frame-assembler.ts';
import { measuresFor } from './measures.ts';
import { createMetadataReader } from './metadata-reader.ts';

const measures = measuresFor(1);
const yMax = measures.findIndex((measure) => measure.id === 'yMax');
const peak = measures.findIndex((measure) => measure.id === 'peakDbfs.1');

function assemble(
  frameRate: { num: number; den: number },
  blockSamples: number,
  frames: number,
  loudBlock: number,
) {
  const out: number[][] = [];
  const assembler = createFrameAssembler(measures, { frameRate, blockS: blockSamples / 48_000 }, (row) =>
    out.push(row),
  );
  for (let index = 0; index < frames; index++) {
    assembler.addVideo({ index, timeS: 0, values: new Map([['lavfi.signalstats.YMAX', index]]) });
  }
  const blocks = Math.ceil((frames * 48_000 * frameRate.den) / frameRate.num / blockSamples);
  for (let index = 0; index < blocks; index++) {
    const values = new Map([['lavfi.astats.1.Peak_level', index === loudBlock ? -1 : -40]]);
    assembler.addAudio({ index, timeS: (index * blockSamples) / 48_000, values });
  }
  assembler.end();
  return out;
}

describe('frame assembler', () => {
  it.each([
    [{ num: 25, den: 1 }, 1920],
    [{ num: 30000, den: 1001 }, 1602],
  ])('gives each frame its picture and its sound at %o', (frameRate, blockSamples) => {
    const frames = 5000;
    const loudBlock = 4000;
    const rows = assemble(frameRate, blockSamples, frames, loudBlock);
    expect(rows).toHaveLength(frames);
    expect(rows.map((row) => row[yMax])).toEqual(Array.from({ length: frames }, (_, at) => at));
    const loud = rows.flatMap((row, at) => (row[peak] === -1 ? [at] : []));
    const expected = Math.floor(
      (((loudBlock + 0.5) * blockSamples) / 48_000) * (frameRate.num / frameRate.den),
    );
    expect(loud).toContain(expected);
    expect(loud.length).toBeLessThanOrEqual(2);
    expect(rows.every((row) => !Number.isNaN(row[peak] as number))).toBe(true);
  });

  it('gives frames out as the sound passes them, and the rest at the end', () => {
    const out: number[][] = [];
    const assembler = createFrameAssembler(
      measures,
      { frameRate: { num: 25, den: 1 }, blockS: 0.04 },
      (row) => out.push(row),
    );
    for (let index = 0; index < 3; index++) assembler.addVideo({ index, timeS: 0, values: new Map() });
    expect(out).toHaveLength(0);
    assembler.addAudio({ index: 0, timeS: 0, values: new Map() });
    assembler.addAudio({ index: 1, timeS: 0.04, values: new Map() });
    expect(out).toHaveLength(1);
    assembler.end();
    expect(out).toHaveLength(3);
  });
});

describe('metadata reader', () => {
  it('reads text that comes in pieces of any size', () => {
    const text =
      'frame:0    pts:0       pts_time:0\nlavfi.a=1\nlavfi.b=-inf\nframe:1    pts:1       pts_time:0.04\nlavfi.a=2.5\nlavfi.b=3\nframe:2 pts:2 pts_time:0.08\nlavfi.a=9\nlavf';
    for (let size = 1; size < 40; size++) {
      const frames: unknown[] = [];
      const reader = createMetadataReader(({ index, timeS, values }) =>
        frames.push([index, timeS, Object.fromEntries(values)]),
      );
      for (let at = 0; at < text.length; at += size) reader.write(text.slice(at, at + size));
      reader.end();
      expect(frames).toEqual([
        [0, 0, { 'lavfi.a': 1, 'lavfi.b': Number.NEGATIVE_INFINITY }],
        [1, 0.04, { 'lavfi.a': 2.5, 'lavfi.b': 3 }],
        [2, 0.08, { 'lavfi.a': 9 }],
      ]);
    }
  });
});

it('keeps the place in time of pictures that come after a gap, with nothing known in between', () => {
  const out: number[][] = [];
  const fps = 25;
  const assembler = createFrameAssembler(
    measures,
    { frameRate: { num: fps, den: 1 }, blockS: 1920 / 48_000 },
    (row) => out.push(row),
  );
  const picture = (index: number, frame: number) =>
    assembler.addVideo({ index, timeS: frame / fps, values: new Map([['lavfi.signalstats.YMAX', frame]]) });
  const sound = (index: number, frame: number) =>
    assembler.addAudio({
      index,
      timeS: frame / fps,
      values: new Map([['lavfi.astats.1.Peak_level', -frame]]),
    });
  for (let frame = 0; frame < 10; frame++) {
    picture(frame, frame);
    sound(frame, frame);
  }
  assembler.leaveGaps();
  for (let frame = 50; frame < 60; frame++) {
    picture(frame - 40, frame);
    sound(frame - 40, frame);
  }
  assembler.end();
  expect(out).toHaveLength(60);
  for (const frame of [3, 9, 50, 59]) {
    expect(out[frame]?.[yMax]).toBe(frame);
    expect(out[frame]?.[peak]).toBeCloseTo(-frame);
  }
  expect(out[30]).toEqual(measures.map(() => Number.NaN));
});
