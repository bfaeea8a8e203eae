import { describe, expect, it } from 'vitest';
import { measurePictures } from './decoded-pictures.fixture.ts';
import { type Drawing, drawPictures, type Scene } from './drawn-pictures.fixture.ts';
import { fieldLead } from './field-lead.ts';

/** A bright disc before a shaded wall: `speed` columns a field. */
const disc = (speed: number, radius = 24): Scene => ({
  luma: (column, row, field) =>
    Math.hypot(column - 60 - speed * field, row - 72) < radius ? 700 : 200 + row / 2,
});
const leads = (scene: Scene, drawing: Drawing = {}) => [
  ...measurePictures(drawPictures(scene, { noiseCodes: 6, ...drawing }), [fieldLead])
    .column('fieldLead')
    .subarray(1),
];

describe.each([10, 8])('at %i bit', (bitDepth) => {
  it('tells top first, bottom first and progressive apart by motion', () => {
    for (const speed of [1.5, 5]) {
      for (const lead of leads(disc(speed), { bitDepth })) expect(lead).toBeGreaterThan(0.2);
      for (const lead of leads(disc(speed), { bitDepth, fieldOrder: 'bff' })) expect(lead).toBeLessThan(-0.2);
      for (const lead of leads(disc(speed), { bitDepth, fieldOrder: 'progressive' }))
        expect(Math.abs(lead)).toBeLessThan(0.1);
    }
  });

  it('is not led by lines of the picture that move up or down', () => {
    const blinds = (speed: number): Scene => ({
      luma: (_, row, field) => 400 + 200 * Math.sin((row - speed * field) / 6),
    });
    for (const lead of leads(blinds(1.2), { bitDepth })) expect(lead).toBeGreaterThan(0.2);
    for (const lead of leads(blinds(1.2), { bitDepth, fieldOrder: 'bff' })) expect(lead).toBeLessThan(-0.2);
  });

  it('takes a drawing in steps of lines, of one time, for no fields', () => {
    // A ribbon as test pictures have it: every step begins on an even line, and it climbs by two.
    const ribbon: Scene = {
      luma: (column, row, field) => {
        const place = row + Math.floor(column / 12) * 4 - 130 + 2 * Math.floor(field / 2);
        return place >= 0 && place < 10 ? 300 + column * 2 : 220;
      },
    };
    for (const lead of leads(ribbon, { bitDepth, fieldOrder: 'progressive' }))
      expect(Number.isNaN(lead) || Math.abs(lead) < 0.05, String(lead)).toBe(true);
  });

  it('says nothing of stills, of black and of a speck that moves', () => {
    for (const scene of [disc(0), { luma: () => 64 }, disc(3, 1)])
      expect(leads(scene, { bitDepth, noiseCodes: 8 })).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

it('says nothing of the first picture', () => {
  const series = measurePictures(drawPictures(disc(3), { frames: 1 }), [fieldLead]);
  expect(series.column('fieldLead')[0]).toBeNaN();
});
