import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createVitcPictureReader } from '#core/essence/vitc-picture.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { loadContent } from './content-cache.ts';
import { readFrameNumber } from './frame-number.ts';
import { frameWriter } from './frame-writer.ts';
import { type RecipeInput, recipeSchema } from './recipe.ts';
import { layTape, type Tape } from './tape.ts';
import { unpackV210, v210SizeBytes } from './v210.ts';

const folder = mkdtempSync(join(tmpdir(), 'helical-vitc-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { ffmpegPath } = await locateFfmpeg();

function tapeWith(changes: Partial<RecipeInput>): Tape {
  return layTape(
    recipeSchema.parse({
      ...{ name: 'vitc', description: 'For a test.', seed: 7, standard: 'PAL', pace: 'unpaced' },
      ...{
        raster: { width: 720, height: 80 },
        segments: [{ content: 'scene', seconds: 2 }],
        timecode: 'vitc',
      },
      ...changes,
    }),
  );
}

/** The v210 pictures of a tape, as its card delivers them. */
function picturesOf(tape: Tape): Buffer[] {
  const writer = frameWriter(tape, loadContent(tape, folder));
  const bytes = v210SizeBytes(tape.width, tape.height);
  return Array.from({ length: tape.totalFrames }, (_, frame) => {
    const cluster = writer.write(frame);
    // The cluster's head is of few bytes, and its picture begins right behind the block's.
    const at =
      Buffer.from(cluster.buffer, cluster.byteOffset, 64).indexOf(Buffer.from([0x81, 0, 0, 0x80])) + 4;
    return Buffer.from(cluster.subarray(at, at + bytes));
  });
}

function lumaOf({ width, height }: Tape, v210: Buffer): Uint8Array {
  return Uint8Array.from(unpackV210(v210, width, height).y, (level) => level >> 2);
}

const drop = { standard: 'NTSC', timecodeStart: '00:09:59;20' } as const;

describe('a tape with VITC', () => {
  it.each([
    ['PAL', { timecodeStart: '23:59:59:10', userBits: '1f2e3d4c' }],
    ['NTSC, drop-frame', drop],
    ['PAL in a small picture', { raster: { width: 192, height: 144 } }],
    ['NTSC in a small picture', { ...drop, raster: { width: 192, height: 144 } }],
  ] as const)('is read back, with its frame number: %s', (_, changes) => {
    const tape = tapeWith(changes);
    const { width, height, standard } = tape;
    const { frameRate, fieldOrder } = standard;
    const video = { width, height, frameRate, fieldOrder, pixelFormat: 'gray', standard: standard.name };
    const reader = createVitcPictureReader(video, standard.name);
    for (const [frame, v210] of picturesOf(tape).entries()) {
      const luma = lumaOf(tape, v210);
      const vitc = reader.read(luma.subarray(0, width * 32));
      expect(vitc).toEqual({ timecode: tape.timecodeAt(frame), field: 1, userBits: tape.recipe.userBits });
      expect(readFrameNumber(luma, width, height)).toBe(frame);
    }
  });

  it.each([
    ['PAL', {}],
    ['NTSC', drop],
  ] as const)('is what ffmpeg reads as VITC too: %s', (_, changes) => {
    const tape = tapeWith(changes);
    const path = join(folder, `${tape.standard.name}.gray`);
    writeFileSync(path, Buffer.concat(picturesOf(tape).map((v210) => lumaOf(tape, v210))));
    const printed = execFileSync(
      ffmpegPath,
      [
        ...[
          '-v',
          'error',
          '-nostdin',
          '-f',
          'rawvideo',
          '-pix_fmt',
          'gray',
          '-s',
          `${tape.width}x${tape.height}`,
        ],
        ...['-i', path, '-vf', 'readvitc,metadata=print:key=lavfi.readvitc.tc_str:file=-'],
        ...['-f', 'null', '-'],
      ],
      { encoding: 'utf8' },
    );
    const said = [...printed.matchAll(/tc_str=(.*)/g)].map((match) => match[1]);
    expect(said).toEqual(Array.from({ length: tape.totalFrames }, (_, frame) => tape.timecodeAt(frame)));
  });

  it('has none while its signal is gone, or where its timecode is broken off', () => {
    const tape = tapeWith({ faults: [{ kind: 'signal-loss', atFrame: 10, frames: 3 }] });
    expect([9, 10, 12, 13].map(tape.timecodeOn)).toEqual([
      '10:00:00:09',
      undefined,
      undefined,
      '10:00:00:13',
    ]);
  });
});
