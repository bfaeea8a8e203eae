import { expect, it } from 'vitest';
import { findingsOf, type Row, seriesOf, stretchesOf, wobble } from './check-on.fixture.ts';
import { syncLoss } from './sync-loss.ts';

const calm = (frame: number): Row => ({ tornShare: Math.abs(wobble(frame, 0.06)), rollLines: 0, yDif: 8 });
const within = (frame: number, from: number, to: number) => frame >= from && frame <= to;

it('names torn pictures as one event, and fails where they last', () => {
  const torn = seriesOf(200, (frame) => ({
    ...calm(frame),
    ...(within(frame, 60, 80) && { tornShare: 0.6 }),
  }));
  expect(stretchesOf(syncLoss, torn)).toEqual([[60, 80, 'fail']]);
  const short = seriesOf(200, (frame) => ({
    ...calm(frame),
    ...(within(frame, 60, 62) && { tornShare: frame === 61 ? 0.35 : 0.2 }),
  }));
  expect(stretchesOf(syncLoss, short)).toEqual([[60, 62, 'warn']]);
});

it('bridges pictures in which the corrector finds hold', () => {
  const series = seriesOf(200, (frame) => ({
    ...calm(frame),
    ...(within(frame, 60, 90) && frame % 7 < 2 && { tornShare: 0.32 }),
  }));
  expect(stretchesOf(syncLoss, series)).toEqual([[63, 85, 'fail']]);
});

it('names a roll', () => {
  const series = seriesOf(120, (frame) => ({ ...calm(frame), rollLines: within(frame, 30, 50) ? -24 : 0 }));
  const [finding] = findingsOf(syncLoss, series);
  expect(finding).toMatchObject({
    startFrame: 30,
    endFrame: 50,
    severity: 'fail',
    evidence: { rollLines: 24 },
  });
  expect(finding?.message).toContain('rolls');
});

it('leaves alone slanting edges, one strange frame, a cut that looks like a roll, and a lost signal', () => {
  expect(
    stretchesOf(
      syncLoss,
      seriesOf(200, (frame) => ({ ...calm(frame), tornShare: 0.09 })),
    ),
  ).toEqual([]);
  // A pattern that turns.
  const turns = (frame: number) => ({ ...calm(frame), ...(within(frame, 60, 99) && { tornShare: 0.28 }) });
  expect(stretchesOf(syncLoss, seriesOf(200, turns))).toEqual([]);
  const once = seriesOf(200, (frame) => ({ ...calm(frame), ...(frame === 90 && { tornShare: 0.25 }) }));
  expect(stretchesOf(syncLoss, once)).toEqual([]);
  const cut = seriesOf(200, (frame) => ({
    ...calm(frame),
    ...(frame % 50 === 10 && { rollLines: 40, yDif: 120 }),
    yAvg: frame % 100 < 60 && frame % 100 >= 10 ? 300 : 500,
  }));
  expect(stretchesOf(syncLoss, cut)).toEqual([]);
  const series = seriesOf(100, (frame) => ({ ...calm(frame), ...(frame > 49 && { tornShare: 0.6 }) }));
  const lost = {
    startFrame: 50,
    endFrame: 99,
    severity: 'fail',
    confidence: 1,
    evidence: {},
    message: '',
  } as const;
  expect(findingsOf(syncLoss, series, new Map([['signal-loss', [lost]]]))).toEqual([]);
});
