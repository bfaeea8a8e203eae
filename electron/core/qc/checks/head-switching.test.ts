import { expect, it } from 'vitest';
import { findingsOf, seriesOf, stretchesOf } from './check-on.fixture.ts';
import { headSwitching } from './head-switching.ts';

it('gives one note for the whole tape, with the lines', () => {
  const series = seriesOf(500, (frame) => ({
    headChangeRows: frame % 11 === 0 ? 0 : 8 + (frame % 3 === 0 ? 1 : 0),
  }));
  const findings = findingsOf(headSwitching, series);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({
    startFrame: 1,
    endFrame: 499,
    severity: 'info',
    evidence: { rows: 8 },
  });
});

it('bridges dark scenes, but not the half of a tape', () => {
  const dark = seriesOf(600, (frame) => ({ headChangeRows: frame >= 200 && frame < 280 ? 0 : 10 }));
  expect(stretchesOf(headSwitching, dark)).toEqual([[0, 599, 'info']]);
  const half = seriesOf(600, (frame) => ({ headChangeRows: frame >= 200 && frame < 400 ? 0 : 10 }));
  expect(stretchesOf(headSwitching, half)).toEqual([
    [0, 199, 'info'],
    [400, 599, 'info'],
  ]);
});

it('goes on over a clogged head and a lost signal, where it cannot be seen, and is not made of two frames beside one', () => {
  const finding = { severity: 'fail', confidence: 1, evidence: {}, message: '' } as const;
  const seen = (isSeen: (frame: number) => boolean, check: string) =>
    findingsOf(
      headSwitching,
      seriesOf(125, (frame) => ({ headChangeRows: isSeen(frame) ? 5 : 0 })),
      new Map([[check, [{ ...finding, startFrame: 30, endFrame: 110 }]]]),
    ).map(({ startFrame, endFrame }) => [startFrame, endFrame]);
  const isBeside = (frame: number) => frame < 30 || frame > 110;
  for (const check of ['head-clog', 'signal-loss']) expect(seen(isBeside, check)).toEqual([[0, 124]]);
  expect(seen(isBeside, 'video-dropout')).toEqual([]);
  expect(seen((frame) => frame === 29 || frame === 111, 'head-clog')).toEqual([]);
});

it('leaves alone edges of a scene, which wander, and the half line at the end', () => {
  const wandering = seriesOf(500, (frame) => ({ headChangeRows: 6 + ((frame * 7) % 25) }));
  const now = seriesOf(500, (frame) => ({ headChangeRows: frame % 3 === 0 ? 8 : 0 }));
  const halfLine = seriesOf(500, () => ({ headChangeRows: 2 }));
  // A graphic that a machine holds: one picture, seen once.
  const held = seriesOf(500, (frame) => ({
    ...{ yNoise: 0.1, yMax: 900, yHigh: 700, yLow: 200, yMin: 100, yDif: 4 },
    fieldDifLeast: frame > 100 && frame < 160 ? 0 : 4,
    headChangeRows: frame >= 95 && frame < 160 ? 26 : 0,
  }));
  const passing = seriesOf(500, (frame) => ({ headChangeRows: 32 - Math.floor((frame % 40) / 3) }));
  // Somebody walks past the camera's feet.
  const brief = seriesOf(500, (frame) => ({ headChangeRows: frame >= 100 && frame < 130 ? 7 : 0 }));
  for (const series of [wandering, passing, now, halfLine, held, brief])
    expect(stretchesOf(headSwitching, series)).toEqual([]);
});
