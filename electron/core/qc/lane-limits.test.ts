import { describe, expect, it } from 'vitest';
import { measuresFor } from './every-measure.ts';
import { laneLimits } from './lane-limits.ts';

const tenBit = { frameRate: { num: 25, den: 1 }, bitDepth: 10, channels: 2, standard: 'PAL' };

describe('limits as lines across graphs', () => {
  it('lie on measures that there are, each with its source', () => {
    const measures = new Set(measuresFor(2).map(({ id }) => id.split('.')[0]));
    const limits = laneLimits({ checks: {} }, tenBit);
    expect(limits.filter(({ measure }) => !measures.has(measure))).toEqual([]);
    expect(limits.filter(({ source, value }) => source === '' || !Number.isFinite(value))).toEqual([]);
  });

  it('are on the scale of the material, and on both sides where they hold for the size of a value', () => {
    const valuesOn = (bitDepth: number, id: string) =>
      laneLimits({ checks: {} }, { ...tenBit, bitDepth })
        .filter(({ measure }) => measure === id)
        .map(({ side, value, unit }) => `${side} ${value} ${unit}`);
    expect(valuesOn(10, 'yBrightest')).toEqual(['above 960 code', 'above 984 code']);
    expect(valuesOn(8, 'yBrightest')).toEqual(['above 240 code', 'above 246 code']);
    expect(valuesOn(8, 'topBendPixels')).toEqual(['above 1.8 pixels', 'below -1.8 pixels']);
  });

  it('are those of the profile where it has its own, and none of a check that it switched off', () => {
    const limits = laneLimits(
      {
        checks: {
          silence: {
            enabled: true,
            limits: { levelDbfs: { value: -50, unit: 'dBFS, peak', source: 'A hissing tape' } },
          },
          hum: { enabled: false, limits: {} },
        },
      },
      tenBit,
    );
    expect(limits.find(({ check }) => check === 'silence')).toEqual({
      measure: 'peakDbfs',
      check: 'silence',
      name: 'levelDbfs',
      side: 'below',
      value: -50,
      unit: 'dBFS, peak',
      source: 'A hissing tape',
    });
    expect(limits.some(({ check }) => check === 'hum')).toBe(false);
  });
});
