import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { faultKinds } from './faults/registry.ts';
import { makeTape } from './make-tape.ts';
import { faultyRecipe } from './recipes.ts';
import { survey } from './survey.ts';
import { rasterOf } from './tape/canvas.ts';

it('measures and judges tapes that it makes, and the next time only tells again what it found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'helical-survey-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const ffmpeg = await locateFfmpeg();
  const order = { raster: rasterOf('NTSC', { width: 48, height: 32 }), seconds: 1, seed: 1 };
  const kind = faultKinds.find(({ check, way }) => check === 'dual-mono' && way === 'same-samples');
  if (!kind) throw new Error('no such fault');
  const recipe = faultyRecipe(order, kind, [2]);
  let made = 0;
  const make = () => {
    made++;
    return makeTape(recipe.make(), { folder, bits: 8, ffmpegPath: ffmpeg.ffmpegPath });
  };
  const name = `${recipe.name}-ntsc-8`;
  const said: string[] = [];
  const run = () =>
    survey({
      ...{ tapes: [{ folder, name, make }], folder, ffmpeg, keepsTapes: false },
      engine: { engine: 'one', commit: 'abc' },
      say: (text) => void said.push(text),
    });

  const found = await run();
  expect(found.engine[0]?.claims).toContainEqual(
    expect.objectContaining({ check: 'dual-mono', startFrame: 0, endFrame: 29 }),
  );
  expect(found.stock[0]?.claims.map(({ check }) => check)).toContain('dual-mono');
  expect(existsSync(join(folder, `${name}.mkv`))).toBe(false);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/: 1 of 1, /);

  // The tape is gone: who measured it again would fail.
  const again = await run();
  expect(again.engine).toEqual(found.engine);
  expect(again.stock).toEqual(found.stock);
  expect(again.record.pieces).toHaveLength(2);
  expect(made).toBe(1);
});
