import { describe, expect, it } from 'vitest';
import { findingsOf, type Row, seriesOf, stretchesOf } from './check-on.fixture.ts';
import { colorBars } from './color-bars.ts';

const reading = (set: number, [luma, gain, hue]: [number, number, number]): Row => ({
  ...{ barsSet: set, barsLumaError: luma, barsChromaGain: gain, barsHueError: hue, yNoise: 5 },
});
const find = (from: number, to: number) =>
  stretchesOf(
    colorBars,
    seriesOf(200, (frame) => (frame >= from && frame <= to ? reading(2, [0, 0, 0]) : { barsSet: 0 })),
  );

describe('bars', () => {
  it('are a note from half a second on, however short they are disturbed', () => {
    expect(find(0, 120)).toEqual([[0, 120, 'info']]);
    expect(find(50, 57)).toEqual([]);
    const disturbed = seriesOf(200, (frame) =>
      frame < 120 && frame !== 60 ? reading(1, [0, 0, 0]) : { barsSet: 0 },
    );
    expect(stretchesOf(colorBars, disturbed)).toEqual([[0, 119, 'info']]);
  });

  it('name their set and say what to turn', () => {
    const message = (errors: [number, number, number]) =>
      findingsOf(
        colorBars,
        seriesOf(50, () => reading(2, errors)),
      )[0]?.message;
    expect(message([0.01, -0.2, 1])).toMatch(/^EBU 75 %.*the deck is set to them\.$/);
    expect(message([-0.0001, -0.02, -0.3])).toContain('luma 0.0 %, chroma 0.0 dB, hue 0 degrees:');
    expect(message([0.01, -0.2, 1])).toContain('luma +1.0 %, chroma -0.2 dB, hue +1 degrees:');
    expect(message([0.06, -1.4, 8])).toMatch(
      /turn down video \(where white is off\) or set-up \(where black is\), turn chroma up, turn hue by -8 degrees\.$/,
    );
  });
});
