import { describe, expect, it } from 'vitest';
import type { SeriesDescription } from '../series.ts';
import { findingsOf, seriesOf, stretchesOf, wobble } from './check-on.fixture.ts';
import { fieldOrder } from './field-order.ts';

type Said = SeriesDescription['fieldOrder'];
const tape = (lead: (frame: number) => number, said: Said, standard = 'PAL') =>
  seriesOf(200, (frame) => ({ fieldLead: lead(frame) }), { fieldOrder: said, standard });
const find = (lead: (frame: number) => number, said: Said, standard?: string) =>
  stretchesOf(fieldOrder, tape(lead, said, standard));
/** As motion gives it: some frames tell more, some nothing. */
const some = (frame: number, mean: number) => (frame % 7 === 3 ? Number.NaN : mean + wobble(frame, 0.2));

describe('a whole tape', () => {
  it('is held against what the file says', () => {
    expect(find((frame) => some(frame, 0.3), 'tff')).toEqual([]);
    expect(find((frame) => some(frame, -0.3), 'bff')).toEqual([]);
    expect(find((frame) => some(frame, -0.3), 'tff')).toEqual([[0, 199, 'warn']]);
    expect(find((frame) => some(frame, 0.3), 'bff')).toEqual([[0, 199, 'warn']]);
  });

  it('says what it found and what was expected', () => {
    const [finding] = findingsOf(
      fieldOrder,
      tape((frame) => some(frame, -0.3), 'tff'),
    );
    expect(finding?.evidence).toMatchObject({ expected: 'top field first, by the file', judgedFrames: 171 });
    expect(finding?.message).toContain('bottom field first');
  });

  it('is held against the standard where the file says nothing, or progressive, which is as much', () => {
    for (const said of [undefined, 'progressive'] as const) {
      expect(find((frame) => some(frame, -0.3), said)).toEqual([[0, 199, 'warn']]);
      expect(find((frame) => some(frame, 0.3), said)).toEqual([]);
      // 525 lines came both ways.
      for (const mean of [0.3, -0.3]) expect(find((frame) => some(frame, mean), said, 'NTSC')).toEqual([]);
    }
  });

  it('is no fault where both fields are of one time, or nothing moves', () => {
    expect(find((frame) => wobble(frame, 0.1), 'tff')).toEqual([]);
    expect(find(() => Number.NaN, 'bff')).toEqual([]);
  });
});

describe('a stretch', () => {
  it('begins with the frame that gives no lead', () => {
    const lead = (frame: number) => {
      if (frame === 80 || frame === 121) return 0.01;
      return some(frame, frame > 80 && frame < 121 ? -0.3 : 0.3);
    };
    expect(find(lead, 'tff')).toEqual([[80, 120, 'warn']]);
    expect(find(lead, undefined, 'NTSC')).toEqual([[80, 120, 'warn']]);
  });

  it('is no third of a second: a drawing that zooms, or streaks over a moving picture', () => {
    const short = (last: number) => (frame: number) => some(frame, frame >= 80 && frame <= last ? -0.3 : 0.3);
    expect(find(short(90), 'tff')).toEqual([]);
    expect(find(short(100), 'tff')).toEqual([[80, 100, 'warn']]);
  });

  it('is not made by noise and damage', () => {
    const damaged = (frame: number) => (frame % 40 < 4 ? wobble(frame, 1) : 0.3);
    expect(find(damaged, 'tff')).toEqual([]);
    expect(find((frame) => wobble(frame, 0.4), 'tff')).toEqual([]);
  });
});
