import { describe, expect, it } from 'vitest';
import { findingsOf, type Row, seriesOf, stretchesOf, wobble } from './check-on.fixture.ts';
import { clampedLevels } from './clamped-levels.ts';

/** Noise takes the extremes somewhere else on every frame. */
const free = (frame: number): Row => ({
  ...{ yLow: 120, yHigh: 600, yNoise: 6, floorPile: 0, ceilingPile: 0 },
  ...{ yMin: Math.round(44 + wobble(frame, 8)), yMax: Math.round(930 + wobble(frame, 20)) },
});
/** Of what is cut off, noise puts another number of samples at the code in each frame. */
const pile = (share: number, frame: number) => share * (1 + wobble(frame, 0.1));
const floored = (frame: number): Row => ({ ...free(frame), yMin: 64, floorPile: pile(0.02, frame) });
const within = (frame: number, from: number, to: number) => frame >= from && frame <= to;

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const find = (row: (frame: number) => Row) => stretchesOf(clampedLevels, seriesOf(300, row, { bitDepth }));

  it('finds a tape that is cut at black, though some shots have none', () => {
    expect(find(floored)).toEqual([[0, 299, 'warn']]);
    const bright = (frame: number) => ({ ...floored(frame), yMin: 140 + 4 * (frame % 5), floorPile: 0 });
    expect(find((frame) => (within(frame, 100, 180) ? bright(frame) : floored(frame)))).toEqual([
      [0, 299, 'warn'],
    ]);
  });

  it('makes one event of both ends, and names the codes', () => {
    const series = seriesOf(
      300,
      (frame) => ({ ...floored(frame), yMax: 940, ceilingPile: pile(0.01, frame) }),
      {
        bitDepth,
      },
    );
    const [finding, ...more] = findingsOf(clampedLevels, series);
    expect(more).toEqual([]);
    const scale = 2 ** (bitDepth - 10);
    expect(finding?.evidence).toMatchObject({ floorCode: 64 * scale, ceilingCode: 940 * scale });
  });

  it('finds a stretch between frames that go beyond', () => {
    expect(find((frame) => (within(frame, 100, 180) ? floored(frame) : free(frame)))).toEqual([
      [100, 180, 'warn'],
    ]);
  });

  it('names the rails of the interface where the whole tape stands against them, not where a passage does', () => {
    const burnt = (frame: number): Row => ({ ...free(frame), yMax: 1019, ceilingPile: pile(0.02, frame) });
    expect(find(burnt)).toEqual([[0, 299, 'warn']]);
    expect(find((frame) => (within(frame, 100, 180) ? burnt(frame) : free(frame)))).toEqual([]);
  });

  it('leaves the rails alone where edges ring as far, and the flat black between them lies right', () => {
    const letters =
      (yLow: number) =>
      (frame: number): Row => ({
        ...{ ...free(frame), yLow, yDarkest: yLow, yMin: 4, floorPile: pile(0.005, frame) },
      });
    expect(find(letters(60))).toEqual([]);
    expect(find(letters(30))).toEqual([[0, 299, 'warn']]);
  });

  it('finds a few samples that stand at one code frame after frame, but no snow that ends there', () => {
    const few = (frame: number): Row => ({ ...free(frame), yMax: 940, ceilingPile: pile(0.0003, frame) });
    expect(find(few)).toEqual([[0, 299, 'warn']]);
    const snow = (frame: number): Row =>
      within(frame, 100, 150)
        ? { ...free(frame), yMax: 940, ceilingPile: pile(0.02, frame) }
        : { ...free(frame), yMax: 700 };
    const lost = {
      startFrame: 100,
      endFrame: 150,
      severity: 'fail',
      confidence: 1,
      evidence: {},
      message: '',
    } as const;
    const series = seriesOf(300, snow, { bitDepth });
    expect(findingsOf(clampedLevels, series)).toHaveLength(1);
    for (const check of ['signal-loss', 'video-dropout'])
      expect(findingsOf(clampedLevels, series, new Map([[check, [lost]]]))).toEqual([]);
  });

  it('takes subtitles that were keyed in behind the tape for letters: as many samples stand at their code in frame after frame', () => {
    const titled =
      (share: (frame: number) => number) =>
      (frame: number): Row =>
        within(frame, 100, 180) ? { ...free(frame), yMax: 880, ceilingPile: share(frame) } : free(frame);
    expect(find(titled(() => 0.0092))).toEqual([]);
    expect(find(titled((frame) => pile(0.0092, frame)))).not.toEqual([]);
  });

  it('finds black that is cut off where it is most of the picture, so that no smooth place shows noise', () => {
    const night = (frame: number): Row => ({
      ...{ ...floored(frame), yNoise: 0.4, floorPile: pile(0.5, frame) },
      yMax: 900 + ([0, 8, -6, 4, -8, -2, 6][frame % 7] as number),
    });
    expect(find(night)).toEqual([[0, 299, 'warn']]);
    // Drawn: its white stays where it is, or glows up and down.
    expect(find((frame) => ({ ...night(frame), yMax: 940 }))).toEqual([]);
    expect(find((frame) => ({ ...night(frame), yMax: 700 + Math.round(200 * Math.sin(frame / 8)) }))).toEqual(
      [],
    );
  });

  it('leaves free converters, drawings, bars and single pictures alone', () => {
    expect(find(free)).toEqual([]);
    expect(find((frame) => ({ ...floored(frame), yNoise: 0 }))).toEqual([]);
    expect(find((frame) => ({ ...floored(frame), yNoise: 300 }))).toEqual([]);
    expect(find((frame) => ({ ...floored(frame), barsSet: 1 }))).toEqual([]);
    expect(find((frame) => (frame % 60 === 0 ? floored(frame) : free(frame)))).toEqual([]);
  });
});
