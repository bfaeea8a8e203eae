import { expect, it } from 'vitest';
import { findingsOf, type Row, seriesOf, stretchesOf, wobble } from './check-on.fixture.ts';
import { trackingError } from './tracking-error.ts';

const healthy = (frame: number): Row => ({
  noisyBandRow: (frame * 37) % 500,
  noisyBandRows: frame % 9 === 0 ? 2 : 0,
  fieldPeakDb: wobble(frame, 2),
});
const within = (frame: number, from: number, to: number) => frame >= from && frame <= to;

it('finds a band that wanders, and says where it was', () => {
  const series = seriesOf(200, (frame) => ({
    ...healthy(frame),
    ...(within(frame, 60, 99) && { noisyBandRow: 200 + 2 * (frame - 60), noisyBandRows: 30 }),
  }));
  const [finding, second] = findingsOf(trackingError, series);
  expect(finding).toMatchObject({
    startFrame: 60,
    endFrame: 99,
    severity: 'warn',
    evidence: { bandRows: 30, firstRow: 200, lastRow: 307 },
  });
  expect(second).toBeUndefined();
});

it('fails a broad band that stays', () => {
  const series = seriesOf(200, (frame) => ({
    ...healthy(frame),
    ...(within(frame, 60, 120) && { noisyBandRow: 100, noisyBandRows: 90 + (frame % 5) }),
  }));
  expect(stretchesOf(trackingError, series)).toEqual([[60, 120, 'fail']]);
  // From the first frame to the last it may be the work.
  const whole = seriesOf(200, (frame) => ({
    ...healthy(frame),
    ...(frame > 0 && { noisyBandRow: 100, noisyBandRows: 90 + (frame % 5) }),
  }));
  expect(stretchesOf(trackingError, whole)).toEqual([[1, 199, 'warn']]);
  // A work of noise: a machine drew the edges of its bands, all of one size.
  const drawn = (isDrawn: (frame: number) => boolean) =>
    seriesOf(200, (frame) => ({
      ...healthy(frame),
      ...(frame > 0 && { noisyBandRow: 60 + 2 * (frame % 40), noisyBandRows: isDrawn(frame) ? 80 : 0 }),
    }));
  expect(
    stretchesOf(
      trackingError,
      drawn(() => true),
    ),
  ).toEqual([]);
  expect(
    stretchesOf(
      trackingError,
      drawn((frame) => frame < 150),
    ),
  ).toEqual([[1, 149, 'fail']]);
});

it('makes one event where the band is too faint now and then', () => {
  const series = seriesOf(200, (frame) => ({
    ...healthy(frame),
    ...(within(frame, 60, 99) && { noisyBandRow: 100, noisyBandRows: frame % 3 === 0 ? 3 : 12 }),
  }));
  expect(stretchesOf(trackingError, series)).toEqual([[61, 98, 'warn']]);
});

it('leaves alone works of noise, one clogged head, dropouts, and a busy scene', () => {
  const snow = seriesOf(200, (frame) => ({ ...healthy(frame), noisyBandRow: 6, noisyBandRows: 540 }));
  const clog = seriesOf(200, (frame) => ({ ...healthy(frame), noisyBandRows: 200, fieldPeakDb: 11 }));
  const dropouts = seriesOf(200, (frame) => ({ ...healthy(frame), noisyBandRows: frame % 30 < 2 ? 20 : 0 }));
  const busy = seriesOf(200, (frame) => ({ ...healthy(frame), noisyBandRows: 6 }));
  for (const series of [snow, clog, dropouts, busy]) expect(stretchesOf(trackingError, series)).toEqual([]);
});

it('finds a narrow band that comes again at one place, but no letters that run through the picture', () => {
  const narrow = (row: (frame: number) => number, rows: (frame: number) => number) =>
    seriesOf(200, (frame) => ({
      ...healthy(frame),
      ...(within(frame, 60, 75) && { noisyBandRow: row(frame), noisyBandRows: rows(frame) }),
    }));
  const wanders = (frame: number) => 280 + ((frame * 7) % 20);
  expect(
    stretchesOf(
      trackingError,
      narrow(wanders, (frame) => 5 + (frame % 3)),
    ),
  ).toEqual([[60, 75, 'warn']]);
  expect(
    stretchesOf(
      trackingError,
      narrow(
        () => 498,
        () => 6,
      ),
    ),
  ).toEqual([]);
  // Dropouts lie anywhere.
  expect(
    stretchesOf(
      trackingError,
      narrow(
        (frame) => (frame * 137) % 500,
        () => 6,
      ),
    ),
  ).toEqual([]);
});

it('wants a narrow band in most of the frames: coarse ground in a scene is as rough now and then', () => {
  const seen = (share: number) =>
    seriesOf(200, (frame) => ({
      ...healthy(frame),
      ...(within(frame, 60, 120) && {
        noisyBandRow: 400 + (frame % 3),
        noisyBandRows: frame % 10 < share * 10 ? 6 + (frame % 2) : 1,
      }),
    }));
  expect(stretchesOf(trackingError, seen(0.6))).toEqual([]);
  expect(stretchesOf(trackingError, seen(0.9))).toEqual([[60, 120, 'warn']]);
});
