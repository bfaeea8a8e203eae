import { expect, it } from 'vitest';
import { bandGraph } from './html-bands.ts';
import type { ReportSource } from './report-source.ts';

const source = { series: { frames: 100, frameRate: { num: 25, den: 1 } } } as unknown as ReportSource;
const lane = (...max: number[]) => {
  const values = Float32Array.from(max);
  return { min: values, mean: values, max: values };
};

it('draws a row for each band, the darker the more, and nothing where nothing is damaged or was measured', () => {
  const lanes = [lane(0, 0, 0, 0), lane(1, 1, 8, 0), lane(Number.NaN, 4, 4, 8)];
  const page = bandGraph(source, 'en', { title: 'Damage', lanes, starts: Uint32Array.of(0, 25, 50, 75) });
  const cells = [...page.matchAll(/<rect class="b(\d)" x="([\d.]+)" y="(\d+)"/g)].map(
    ([, step, , y]) => `${y}: ${step}`,
  );
  expect(cells).toEqual(['9: 1', '9: 4', '18: 2', '18: 4']);
  expect(page).toContain('8 lines at most');
});

it('draws an undamaged tape as empty rows', () => {
  const page = bandGraph(source, 'nl', {
    title: 'Schade',
    lanes: [lane(0, 0)],
    starts: Uint32Array.of(0, 50),
  });
  expect(page).not.toMatch(/class="b\d"/);
  expect(page).not.toContain('NaN');
});
