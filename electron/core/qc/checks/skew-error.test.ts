import { expect, it } from 'vitest';
import { findingsOf, type Row, seriesOf, stretchesOf, wobble } from './check-on.fixture.ts';
import { skewError } from './skew-error.ts';

const straight = (frame: number): Row => ({ topBendPixels: wobble(frame, 1.6) });
const within = (frame: number, from: number, to: number) => frame >= from && frame <= to;

it('finds a top that hooks, from its first frame to its last', () => {
  const series = seriesOf(200, (frame) => ({
    topBendPixels: within(frame, 60, 109) ? -8 + wobble(frame, 3) : wobble(frame, 1.6),
  }));
  expect(stretchesOf(skewError, series)).toEqual([[60, 109, 'warn']]);
  expect(findingsOf(skewError, series)[0]?.evidence).toMatchObject({ share: 1 });
});

it('finds a top that waves like a flag', () => {
  const series = seriesOf(200, (frame) => ({
    topBendPixels: within(frame, 60, 109) ? 12 * Math.sin(0.9 * frame + 0.5) : wobble(frame, 1.6),
  }));
  expect(stretchesOf(skewError, series)).toEqual([[60, 109, 'warn']]);
});

it('does not let a bend begin with one frame alone that is bent the other way', () => {
  const series = seriesOf(200, (frame) => ({
    topBendPixels: within(frame, 60, 109) ? -8 + wobble(frame, 3) : frame === 57 ? 4 : wobble(frame, 1.6),
  }));
  expect(stretchesOf(skewError, series)).toEqual([[60, 109, 'warn']]);
});

it('finds a bend though something that leans comes right behind it', () => {
  const series = seriesOf(200, (frame) => ({
    topBendPixels: within(frame, 60, 99)
      ? -12 + wobble(frame, 8)
      : within(frame, 110, 150) && frame % 4 > 1
        ? -9 + wobble(frame, 7)
        : 0.2,
  }));
  expect(stretchesOf(skewError, series)).toEqual([[60, 99, 'warn']]);
});

it('goes by the frames in which it could be seen', () => {
  const series = seriesOf(200, (frame) => ({
    topBendPixels: frame % 3 === 0 ? (within(frame, 60, 120) ? 6 : 0.2) : Number.NaN,
  }));
  expect(stretchesOf(skewError, series)).toEqual([[60, 120, 'warn']]);
});

it('finds a bend that a scene shows in every other frame only', () => {
  const series = seriesOf(200, (frame) => ({
    topBendPixels: within(frame, 60, 110) && frame % 2 === 0 ? 12 : wobble(frame, 1.2),
  }));
  expect(stretchesOf(skewError, series)).toEqual([[60, 110, 'warn']]);
});

it('needs less time where the black at both sides bends, and no detail where that black is straight', () => {
  const brief = (border: Row) => seriesOf(200, (frame) => (within(frame, 60, 77) ? border : straight(frame)));
  expect(stretchesOf(skewError, brief({ topBendPixels: -6 }))).toEqual([]);
  const bent = { topBendPixels: -6, borderBendPixels: -6 };
  expect(stretchesOf(skewError, brief(bent))).toEqual([[60, 77, 'warn']]);
  // Two pictures before the bend have something that leans, and blanking that does not.
  const leaning = seriesOf(200, (frame) => ({
    topBendPixels: within(frame, 52, 53) || within(frame, 60, 109) ? 7 : 0.2,
    borderBendPixels: within(frame, 60, 109) ? 7 : 0.2,
  }));
  expect(stretchesOf(skewError, leaning)).toEqual([[60, 109, 'warn']]);
  // Where blanking never bends, a time base corrector put it in: it says nothing against a bend.
  const corrected = seriesOf(200, (frame) => ({
    ...{ topBendPixels: within(frame, 60, 109) ? 7 : 0.2 },
    borderBendPixels: 0.1,
  }));
  expect(stretchesOf(skewError, corrected)).toEqual([[60, 109, 'warn']]);
});

it('leaves alone what comes now and then, a splice, torn lines, and what cannot be seen', () => {
  const mixed = seriesOf(200, (frame) => ({ topBendPixels: frame % 4 === 0 ? 3 : wobble(frame, 1.6) }));
  const splice = seriesOf(200, (frame) => ({
    ...straight(frame),
    ...(within(frame, 60, 65) && { topBendPixels: 9 }),
  }));
  const passing = seriesOf(200, (frame) => ({
    topBendPixels: within(frame, 60, 80) ? -5 + wobble(frame, 2) : wobble(frame, 1.6),
  }));
  // Boards that lean in a room, seen past other things in three frames of four, never the same twice.
  const room = seriesOf(200, (frame) => ({
    topBendPixels: within(frame, 60, 110) && frame % 4 > 0 ? -9 + wobble(frame, 7) : wobble(frame, 1.6),
  }));
  const torn = seriesOf(200, () => ({ topBendPixels: 120 }));
  const blind = seriesOf(200, () => ({}));
  // One picture, however long a machine shows it, is one look at what leans in it.
  const held = seriesOf(200, (frame) => ({
    ...{ yNoise: 5, yMax: 900, yHigh: 700, yLow: 200, yMin: 100, yDif: 12 },
    fieldDifLeast: within(frame, 61, 110) ? 0 : 11,
    topBendPixels: within(frame, 60, 110) ? 6 : wobble(frame, 1.6),
  }));
  for (const series of [mixed, splice, passing, room, torn, blind, held])
    expect(stretchesOf(skewError, series)).toEqual([]);
});
