import { describe, expect, it } from 'vitest';
import { findingsOf, type Row, seriesOf, stretchesOf, wobble } from './check-on.fixture.ts';
import { headClog } from './head-clog.ts';

const healthy = (frame: number): Row => ({
  fieldPeakDb: wobble(frame, 2),
  upperTexture: 12,
  lowerTexture: 12,
  fieldLevelDifference: wobble(frame, 1),
  noisyBandRows: 0,
});
const within = (frame: number, from: number, to: number) => frame >= from && frame <= to;

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const on = (frames: number, row: (frame: number) => Row) => seriesOf(frames, row, { bitDepth });

  it('fails a field of noise, and says which', () => {
    const series = on(200, (frame) => ({
      ...healthy(frame),
      ...(within(frame, 60, 99) && { fieldPeakDb: -18, lowerTexture: 120, noisyBandRows: 540 }),
    }));
    const [finding] = findingsOf(headClog, series);
    expect(finding).toMatchObject({
      startFrame: 60,
      endFrame: 99,
      severity: 'fail',
      evidence: { field: 'lower' },
    });
  });

  it('takes a picture that a machine holds for one, however its fields differ', () => {
    const series = on(200, (frame) => ({
      ...healthy(frame),
      ...{ yNoise: 4, yMax: 900, yHigh: 700, yLow: 200, yMin: 100, fieldDifLeast: 9, yDif: 12 },
      ...(within(frame, 60, 99) && { fieldPeakDb: -7, fieldDifLeast: 0, yDif: 0 }),
    }));
    expect(stretchesOf(headClog, series)).toEqual([]);
  });

  it('warns of a field that turned grey: the smoother one is the bad one', () => {
    const series = on(200, (frame) => ({
      ...healthy(frame),
      ...(within(frame, 60, 99) && { fieldPeakDb: 12, lowerTexture: 3, fieldLevelDifference: 20 }),
    }));
    const [finding] = findingsOf(headClog, series);
    expect(finding).toMatchObject({
      startFrame: 60,
      endFrame: 99,
      severity: 'warn',
      evidence: { field: 'lower' },
    });
  });

  it('makes one event of a grey field, which is smooth in detail and rough in what is even', () => {
    const series = on(200, (frame) => ({
      ...healthy(frame),
      ...(within(frame, 60, 119) && { fieldPeakDb: within(frame, 80, 99) ? -8 : 7, lowerTexture: 9 }),
    }));
    expect(stretchesOf(headClog, series)).toEqual([[60, 119, 'warn']]);
  });

  it('makes one event of a head that comes and goes', () => {
    const series = on(200, (frame) => ({
      ...healthy(frame),
      ...(within(frame, 60, 99) && frame % 8 < 4 && { fieldPeakDb: 6, upperTexture: 20 }),
    }));
    expect(stretchesOf(headClog, series)).toEqual([[64, 99, 'warn']]);
  });
});

it('leaves alone a cut on the second field, heads that differ a little all along, and lost sync', () => {
  const cuts = seriesOf(200, (frame) => ({ ...healthy(frame), ...(frame % 40 === 5 && { fieldPeakDb: 9 }) }));
  expect(stretchesOf(headClog, cuts)).toEqual([]);
  const worn = seriesOf(200, (frame) => ({ ...healthy(frame), fieldPeakDb: 1.4 + wobble(frame, 2) }));
  expect(stretchesOf(headClog, worn)).toEqual([]);
  const torn = seriesOf(200, (frame) => ({ ...healthy(frame), ...(frame > 99 && { fieldPeakDb: 9 }) }));
  const event = {
    startFrame: 99,
    endFrame: 199,
    severity: 'fail',
    confidence: 1,
    evidence: {},
    message: '',
  } as const;
  expect(findingsOf(headClog, torn, new Map([['sync-loss', [event]]]))).toEqual([]);
});
