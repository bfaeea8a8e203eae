import { describe, expect, it } from 'vitest';
import { type Row, seriesOf, stretchesOf, wobble } from './check-on.fixture.ts';
import { signalLoss } from './signal-loss.ts';

const shot = (frame: number): Row => ({
  ...{ yMin: 44, yLow: 120, yHigh: 600, yMax: 900, yNoise: 7 + wobble(frame, 0.5) },
  ...{ uMin: 400, uMax: 620, vMin: 410, vMax: 640, 'peakDbfs.1': -12 },
});
/** A field of one colour with so much noise: it reaches ten times as far. */
const field = (y: number, noise: number): Row => ({
  ...{
    yMin: y - 5 * noise,
    yLow: y - 1.3 * noise,
    yHigh: y + 1.3 * noise,
    yMax: y + 5 * noise,
    yNoise: noise,
  },
  ...{ uMin: 700 - 5 * noise, uMax: 700 + 5 * noise, vMin: 456 - 5 * noise, vMax: 456 + 5 * noise },
});

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const find = (lost: Row) =>
    stretchesOf(
      signalLoss,
      seriesOf(200, (frame) => ({ ...shot(frame), ...(frame >= 50 && frame < 100 ? lost : {}) }), {
        bitDepth,
        channels: 1,
      }),
    );

  it('finds a field that a machine paints, and sees through the noise of the converter behind it', () => {
    expect(find(field(164, 0))).toEqual([[50, 99, 'fail']]);
    expect(find(field(400, 1.5))).toEqual([[50, 99, 'fail']]);
  });

  it('finds a black that has no noise where the sound is gone as well, and leaves one with sound to the artist', () => {
    expect(find({ ...field(64, 0), 'peakDbfs.1': Number.NEGATIVE_INFINITY })).toEqual([[50, 99, 'fail']]);
    expect(find(field(64, 0))).toEqual([]);
    const mute = seriesOf(200, (frame) => (frame < 50 ? field(64, 0) : shot(frame)), { bitDepth });
    expect(stretchesOf(signalLoss, mute)).toEqual([]);
  });

  it('finds a short black without noise within one shot, and leaves edits and works that flicker to the artist', () => {
    const mutes = (isBlack: (frame: number) => boolean, after: Row = {}) =>
      stretchesOf(
        signalLoss,
        seriesOf(
          200,
          (frame) => ({
            ...{ ...shot(frame), yAvg: 400, uAvg: 510, vAvg: 520, satAvg: 60, ...(frame > 104 && after) },
            ...(isBlack(frame) && field(64, 0)),
          }),
          { bitDepth, channels: 1 },
        ),
      );
    const once = (frame: number) => frame >= 100 && frame < 108;
    expect(mutes(once)).toEqual([[100, 107, 'warn']]);
    // Another shot behind it.
    expect(mutes(once, { yAvg: 430 })).toEqual([]);
    expect(mutes((frame) => frame % 20 < 8)).toEqual([]);
    expect(mutes((frame) => frame >= 100 && frame < 140)).toEqual([]);
  });

  it('leaves a blue that came from the tape, and a black, to the artist', () => {
    expect(find(field(164, 6))).toEqual([]);
    expect(find({ yMin: 40, yLow: 56, yHigh: 72, yMax: 96, yNoise: 6 })).toEqual([]);
  });

  it('does not doubt a drawn black on a tape that is drawn throughout', () => {
    const drawn = seriesOf(
      200,
      (frame) => ({ ...shot(frame), yNoise: 0, ...(frame < 50 ? field(64, 0) : {}) }),
      { bitDepth, channels: 1 },
    );
    expect(stretchesOf(signalLoss, drawn)).toEqual([]);
  });

  it('warns of snow that breaks into a programme, not of damage and not of a work of snow', () => {
    const snow = { yMin: 4, yLow: 200, yHigh: 500, yMax: 1000, yNoise: 95, fieldDifLeast: 130 };
    expect(find(snow)).toEqual([[50, 99, 'warn']]);
    expect(find({ ...snow, fieldDifLeast: 20 })).toEqual([]);
    expect(find({ ...snow, yNoise: 12 })).toEqual([]);
    const work = seriesOf(200, (frame) => ({ ...shot(frame), ...(frame < 150 ? snow : {}) }), {
      bitDepth,
      channels: 1,
    });
    expect(stretchesOf(signalLoss, work)).toEqual([]);
  });
});
