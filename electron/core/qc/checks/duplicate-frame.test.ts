import { describe, expect, it } from 'vitest';
import { findingsOf, type Row, seriesOf, stretchesOf, wobble } from './check-on.fixture.ts';
import { duplicateFrame } from './duplicate-frame.ts';

const moving = (frame: number, difference = 20): Row => ({
  ...{ yMin: 40, yLow: 120, yHigh: 600, yMax: 900, yNoise: 6 + wobble(frame, 0.3) },
  ...{ yDif: difference + 1 + wobble(frame, 2), fieldDifLeast: difference + wobble(frame, 2) },
});
const held = (frame: number): Row => ({ ...moving(frame), yDif: 0.5, fieldDifLeast: 0.4 });

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const tape = (isHeld: (frame: number) => boolean, frames = 300) =>
    seriesOf(frames, (frame) => (isHeld(frame) ? held(frame) : moving(frame)), { bitDepth });
  const find = (isHeld: (frame: number) => boolean) => stretchesOf(duplicateFrame, tape(isHeld));

  it('finds one frame shown twice, and up to three', () => {
    expect(find((frame) => frame === 100)).toEqual([[100, 100, 'warn']]);
    expect(find((frame) => frame >= 100 && frame <= 102)).toEqual([[100, 102, 'warn']]);
  });

  it('leaves more to the freeze', () => {
    expect(find((frame) => frame >= 100 && frame <= 103)).toEqual([]);
  });

  it('gathers a stutter into one event and counts it', () => {
    const series = tape((frame) => [100, 106, 109, 200].includes(frame));
    expect(findingsOf(duplicateFrame, series)).toMatchObject([
      { startFrame: 100, endFrame: 109, evidence: { heldFrames: 3, frames: 10 } },
      { startFrame: 200, endFrame: 200, evidence: { heldFrames: 1 } },
    ]);
  });

  it('only notes repeats in step', () => {
    expect(find((frame) => frame >= 50 && frame < 150 && frame % 5 === 0)).toEqual([[50, 145, 'info']]);
  });

  it('does not take animation on twos, or a still, that went over a tape for repeats', () => {
    const twos = seriesOf(300, (frame) => moving(frame, frame % 2 ? 7 : 30), { bitDepth });
    expect(stretchesOf(duplicateFrame, twos)).toEqual([]);
    expect(
      stretchesOf(
        duplicateFrame,
        seriesOf(300, (frame) => moving(frame, 8), { bitDepth }),
      ),
    ).toEqual([]);
  });

  it('finds a frame that came twice before the tape put its noise on top, but not animation on twos', () => {
    const copy = (isCopy: (frame: number) => boolean) =>
      seriesOf(300, (frame) => moving(frame, isCopy(frame) ? 6 : isCopy(frame - 1) ? 36 : 24), { bitDepth });
    expect(
      stretchesOf(
        duplicateFrame,
        copy((frame) => frame === 100),
      ),
    ).toEqual([[100, 100, 'warn']]);
    expect(
      stretchesOf(
        duplicateFrame,
        copy((frame) => frame % 2 === 0),
      ),
    ).toEqual([]);
  });

  it('leaves a single field that comes twice to the film it comes from', () => {
    const film = seriesOf(
      300,
      (frame) => (frame === 100 ? { ...moving(frame), fieldDifLeast: 0 } : moving(frame)),
      { bitDepth },
    );
    expect(stretchesOf(duplicateFrame, film)).toEqual([]);
  });

  it('does not report drawn animation', () => {
    const drawn = seriesOf(
      300,
      (frame) => ({
        ...moving(frame),
        yNoise: 0,
        yDif: frame % 3 ? 0 : 12,
        fieldDifLeast: frame % 3 ? 0 : 12,
      }),
      { bitDepth },
    );
    expect(stretchesOf(duplicateFrame, drawn)).toEqual([]);
  });
});
