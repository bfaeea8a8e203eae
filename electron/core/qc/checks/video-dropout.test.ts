import { expect, it } from 'vitest';
import { findingsOf, type Row, seriesOf, stretchesOf, wobble } from './check-on.fixture.ts';
import { videoDropout } from './video-dropout.ts';

const healthy: Row = { streakLines: 0, streakLinesKept: 0, streakPixels: 0, repeatedLines: 0, yDif: 8 };
const within = (frame: number, from: number, to: number) => frame >= from && frame <= to;

it('finds a streak on one line of one frame, and says no more of it than that', () => {
  const series = seriesOf(100, (frame) => ({
    ...healthy,
    ...(frame === 40 && { streakLines: 1, streakPixels: 112 }),
  }));
  expect(stretchesOf(videoDropout, series)).toEqual([[40, 40, 'info']]);
});

it('makes one event of a bad place, and two of two', () => {
  const series = seriesOf(200, (frame) => ({
    ...healthy,
    ...(within(frame, 40, 60) && frame % 4 === 0 && { streakLines: 3, streakPixels: 200 }),
    ...(within(frame, 120, 160) && { streakLines: 20, streakPixels: 700 }),
  }));
  expect(stretchesOf(videoDropout, series)).toEqual([
    [40, 60, 'warn'],
    [120, 160, 'fail'],
  ]);
  expect(findingsOf(videoDropout, series)[0]?.evidence).toMatchObject({ damagedFrames: 6, damagedLines: 18 });
});

it('finds lines that a compensator repeated, but no single one', () => {
  const copies = (lines: number) =>
    seriesOf(100, (frame) => ({ ...healthy, ...(frame === 40 && { repeatedLines: lines }) }));
  expect(stretchesOf(videoDropout, copies(5))).toEqual([[40, 40, 'warn']]);
  expect(stretchesOf(videoDropout, copies(2))).toEqual([]);
});

it('takes noise that repeats itself all along for no work of a compensator, and still finds one', () => {
  const made = (frame: number) => ({
    ...healthy,
    repeatedLines: frame % 5 === 0 ? 2 : frame % 3 === 0 ? 1 : 0,
  });
  expect(stretchesOf(videoDropout, seriesOf(100, made))).toEqual([]);
  const dropout = (frame: number) => ({ ...made(frame), ...(frame === 40 && { repeatedLines: 12 }) });
  expect(stretchesOf(videoDropout, seriesOf(100, dropout))).toEqual([[40, 40, 'warn']]);
});

it('believes the next frame: what stays there belongs to the scene', () => {
  const series = seriesOf(100, (frame) => ({
    ...healthy,
    ...(frame === 40 && { streakLines: 5, streakPixels: 300 }),
    ...(frame === 41 && { streakLinesKept: 5 }),
  }));
  expect(stretchesOf(videoDropout, series)).toEqual([]);
  const kept = (lines: number) =>
    seriesOf(100, (frame) => ({
      ...healthy,
      ...(frame === 40 && { streakLines: 8, streakPixels: 112 }),
      ...(frame === 41 && { streakLinesKept: lines }),
    }));
  expect(stretchesOf(videoDropout, kept(4))).toEqual([]);
  expect(stretchesOf(videoDropout, kept(3))).toEqual([[40, 40, 'warn']]);
});

it('leaves alone flashes, sparkle, cuts on both sides, and what other checks have named', () => {
  const flash = seriesOf(100, (frame) => ({
    ...healthy,
    ...(frame % 10 === 0 && { streakLines: 320, streakPixels: 700 }),
  }));
  const sparkle = seriesOf(100, (frame) => ({
    ...healthy,
    streakLines: 1,
    streakPixels: frame % 2 ? 32 : 0,
  }));
  const cut = seriesOf(100, (frame) => ({
    ...healthy,
    ...((frame === 40 || frame === 60) && { streakLines: 9, streakPixels: 200 }),
    ...((frame === 40 || frame === 61) && { yDif: 150 }),
  }));
  for (const series of [flash, sparkle, cut]) expect(stretchesOf(videoDropout, series)).toEqual([]);
  const noisy = seriesOf(100, (frame) => ({
    ...healthy,
    // Its band begins with a few lines, and ends so.
    ...(within(frame, 46, 74) && { streakLines: 9, streakPixels: 200 }),
  }));
  const band = {
    startFrame: 50,
    endFrame: 70,
    severity: 'warn',
    confidence: 1,
    evidence: {},
    message: '',
  } as const;
  expect(findingsOf(videoDropout, noisy, new Map([['tracking-error', [band]]]))).toEqual([]);
});

it('takes short streaks that come all along for snow or fine lines in the scene, and still finds a dropout among them', () => {
  const snow = (frame: number): Row => ({
    ...healthy,
    ...(frame % 5 === 0 && { streakLines: 1, streakPixels: frame % 15 === 0 ? 56 : 36 }),
  });
  expect(stretchesOf(videoDropout, seriesOf(250, snow))).toEqual([]);
  const dropout = (frame: number): Row => ({
    ...snow(frame),
    ...(frame === 101 && { streakLines: 1, streakPixels: 120 }),
    ...(frame === 152 && { streakLines: 4, streakPixels: 60 }),
  });
  expect(stretchesOf(videoDropout, seriesOf(250, dropout))).toEqual([
    [101, 101, 'info'],
    [152, 152, 'warn'],
  ]);
});

it('finds a burst of short streaks', () => {
  const burst = (frame: number): Row => ({
    ...healthy,
    ...(within(frame, 100, 130) && { streakLines: 1, streakPixels: 56 }),
  });
  expect(stretchesOf(videoDropout, seriesOf(250, burst))).toEqual([[100, 130, 'warn']]);
});

it('believes short streaks of some frames where a plain dropout is near, and not where nothing else is', () => {
  const sweep = (frame: number): Row => ({
    ...healthy,
    ...(within(frame, 40, 44) && { streakLines: 14, streakPixels: 80 }),
  });
  expect(stretchesOf(videoDropout, seriesOf(300, sweep))).toEqual([]);
  const withPlain = (frame: number): Row => ({
    ...sweep(frame),
    ...(frame === 200 && { streakLines: 1, streakPixels: 160 }),
  });
  expect(stretchesOf(videoDropout, seriesOf(300, withPlain))).toEqual([
    [40, 44, 'warn'],
    [200, 200, 'info'],
  ]);
});

it('does not join two dropouts by limbs that sweep past between them, nor believes those near one', () => {
  const dance =
    (motionStep: number) =>
    (frame: number): Row => ({
      ...{ ...healthy, motionStep: motionStep * (1 + wobble(frame, 0.5)) },
      ...((frame === 80 || frame === 115) && { streakLines: 8, streakPixels: 208 }),
      ...((frame === 92 || frame === 104) && { streakLines: 2, streakPixels: 64 }),
    });
  expect(stretchesOf(videoDropout, seriesOf(250, dance(14)))).toEqual([
    [80, 80, 'warn'],
    [115, 115, 'warn'],
  ]);
  // Nothing moves that could have left them.
  expect(stretchesOf(videoDropout, seriesOf(250, dance(0)))).toEqual([[80, 115, 'warn']]);
  // A camera that pans evenly moves nothing past.
  const pan = (frame: number): Row => ({ ...dance(0)(frame), motionStep: 9 + wobble(frame, 0.4) });
  expect(stretchesOf(videoDropout, seriesOf(250, pan))).toEqual([[80, 115, 'warn']]);
  // A bad place, though things move.
  const burst = (frame: number): Row => ({
    ...dance(14)(frame),
    ...(within(frame, 150, 156) && frame % 3 === 0 && { streakLines: 1, streakPixels: 48 }),
  });
  expect(stretchesOf(videoDropout, seriesOf(250, burst))).toContainEqual([150, 156, 'warn']);
});

it('believes a short streak beside a copied line whatever moves, where copies do not come all along', () => {
  const beside = (copies: (frame: number) => number) =>
    stretchesOf(
      videoDropout,
      seriesOf(250, (frame) => ({
        ...{ ...healthy, motionStep: 9, repeatedLines: copies(frame) },
        ...(frame === 100 && { streakLines: 2, streakPixels: 64 }),
      })),
    );
  expect(beside((frame) => (frame === 100 ? 1 : 0))).toEqual([[100, 100, 'warn']]);
  expect(beside(() => 0)).toEqual([]);
  expect(beside((frame) => (frame % 4 === 0 ? 1 : 0))).toEqual([]);
});

it('takes print that a moving picture shows at one height for no dropout, and a band that a machine drew neither', () => {
  const streaked = (row: (frame: number) => Row) =>
    seriesOf(200, (frame) => ({
      ...healthy,
      ...(frame % 6 === 3 && { streakLines: 3, streakPixels: 160 }),
      ...row(frame),
    }));
  const print = (band: number) => ({ motionStep: 9, [`damagedUpper${band}`]: 3 });
  expect(
    stretchesOf(
      videoDropout,
      streaked((frame) => print(7 + (frame % 9 === 0 ? 1 : 0))),
    ),
  ).toEqual([]);
  expect(
    stretchesOf(
      videoDropout,
      streaked((frame) => print(1 + (((frame - 3) / 6) % 12))),
    ),
  ).toHaveLength(1);
  const band = (rows: (frame: number) => number) =>
    streaked((frame) => ({ noisyBandRow: 96, noisyBandRows: rows(frame) }));
  expect(
    stretchesOf(
      videoDropout,
      band(() => 48),
    ),
  ).toEqual([]);
  expect(
    stretchesOf(
      videoDropout,
      band((frame) => 40 + (frame % 5)),
    ),
  ).toHaveLength(1);
});
