import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeMeasuredPass } from '../fixtures/measured-pass.ts';
import { keepPictures } from './artefacts.ts';
import { openBrowser } from './browser.ts';
import { buildOnce } from './build-once.ts';
import { serve } from './served.ts';
import { goTo, open } from './steps.ts';
import { until } from './until.ts';

const rootDir = fileURLToPath(new URL('../../', import.meta.url));
const frames = 40_000;
const spike = 31_007;
const measures = ['yAvg', 'yMax', 'yBrightest', 'satAvg', 'peakDbfs.1', 'rmsDbfs.1', 'damagedLines3'];

/** Even samples with one frame that is far from them; damaged lines at one place. */
function sampleOf(measure: string, frame: number): number {
  if (measure === 'yBrightest') return frame === spike ? 20_000 : 900 + 30 * Math.sin(frame / 90);
  if (measure === 'damagedLines3') return frame >= 5_000 && frame < 5_200 ? 9 : 0;
  if (measure.endsWith('.1')) return -20 + 5 * Math.sin(frame / 40);
  return 400 + 50 * Math.sin(frame / 700);
}

// A pass with samples that are known, and no picture: graphs are all that is looked at here.
describe('the graphs of a pass', () => {
  const resources = new AsyncDisposableStack();
  let page: Page;
  let url: string;

  beforeAll(async () => {
    await buildOnce();
    const folder = await mkdtemp(join(tmpdir(), 'helical-graphs-'));
    resources.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    const dataDir = join(folder, 'data');
    await makeMeasuredPass(dataDir, { identifier: 'VT-GRAPHS', frames, measures, sampleOf });
    const served = resources.use(await serve({ rootDir }, { dataDir, role: 'reviewer' }));
    url = served.url;
    const browser = resources.use(await openBrowser());
    page = await browser.context.newPage();
    await open(page, url);
    await goTo(page, 'Review');
    await page.getByRole('link', { name: 'VT-GRAPHS' }).first().click();
    await drawn();
  });
  afterAll(() => resources.disposeAsync());

  const region = () => page.getByRole('region', { name: 'Time', exact: true });
  const lane = (name: RegExp) => region().getByRole('button', { name });
  const cursorFrame = async () =>
    Number(await page.getByRole('slider', { name: 'Cursor' }).getAttribute('aria-valuenow'));
  const drawn = async () => {
    await region().locator('[aria-busy=false]').waitFor();
    await page.evaluate(async () => {
      for (let picture = 0; picture < 3; picture++) await new Promise(requestAnimationFrame);
    });
  };

  /** Share of its height at which the trace of a lane is highest, at the spike and elsewhere; 1 is the top. */
  async function highest(name: RegExp) {
    const canvas = await region().locator('[aria-busy] canvas').boundingBox();
    const box = await lane(name).boundingBox();
    if (!canvas || !box) throw new Error('the lane is not in sight');
    return page.evaluate(
      ({ top, height }) => {
        const element = document.querySelector('[aria-busy] canvas') as HTMLCanvasElement;
        const { width } = element;
        const { data } = element.getContext('2d')?.getImageData(0, top, width, height) ?? { data: [] };
        const heights: number[] = [];
        for (let column = 0; column < width; column++) {
          let row = 0;
          // The trace is brighter than its ground, the limits are not grey.
          const isTrace = (at: number) =>
            (data[at] ?? 0) > 90 && data[at] === data[at + 1] && data[at] === data[at + 2];
          while (row < height && !isTrace(4 * (row * width + column))) row++;
          heights.push(1 - row / height);
        }
        const most = Math.max(...heights);
        const sorted = heights.toSorted((a, b) => a - b);
        return { most, usual: sorted[sorted.length >> 1] ?? 0, at: heights.indexOf(most) / width };
      },
      { top: Math.round(box.y - canvas.y) + 1, height: Math.round(box.height) - 2 },
    );
  }

  test('show a spike of one frame at every zoom, and the rest is not flattened', async () => {
    const canvas = await region().locator('[aria-busy] canvas').boundingBox();
    if (!canvas) throw new Error('no graphs are in sight');
    await page.mouse.move(canvas.x + (canvas.width * spike) / frames, canvas.y + 20);
    for (let zoom = 0; zoom < 6; zoom++) {
      const seen = await highest(/^Luma of the brightest/);
      expect(seen.most, `zoom ${zoom}`).toBeGreaterThan(seen.usual + 0.12);
      expect(Math.abs(seen.at - spike / frames), `zoom ${zoom}`).toBeLessThan(0.01);
      expect(seen.usual, `zoom ${zoom}`).toBeGreaterThan(0.15);
      await page.mouse.wheel(0, -300);
      await drawn();
    }
    await page.mouse.dblclick(canvas.x + 5, canvas.y + 5);
  });

  test('name the limit under the pointer with its source', async () => {
    const box = await lane(/^Luma of the brightest/).boundingBox();
    if (!box) throw new Error('the lane is not in sight');
    const said = region().getByText(/EBU R 103/);
    for (let part = 1; part < 20 && !(await said.isVisible()); part++) {
      await page.mouse.move(box.x + box.width + 300, box.y + (box.height * part) / 20);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    await expect.poll(() => said.textContent()).toMatch(/^Limit 984 code · White too bright · EBU R 103/);
  });

  test('go to the next and the previous excursion of the lane that is chosen, by key', async () => {
    await lane(/^Luma of the brightest/).click();
    const value = region().getByRole('textbox', { name: 'Value' });
    await value.fill('1000');
    await value.press('Enter');
    await page.keyboard.press('Home');
    await page.keyboard.press('e');
    await expect.poll(cursorFrame).toBe(spike);
    await page.keyboard.press('e');
    await region().getByText('none after this').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+E');
    await expect.poll(cursorFrame).toBe(spike);
  });

  test('are chosen and ordered by whoever is signed in, and stay so', async () => {
    const names = () =>
      region()
        .getByRole('button', { name: / code$/ })
        .allInnerTexts();
    await page.keyboard.press('Shift+G');
    const chooser = region().getByRole('region', { name: 'Graphs…' });
    await chooser.getByRole('checkbox', { name: 'Luma, peak' }).check();
    await chooser.getByRole('button', { name: 'Luma, peak: one place up' }).click();
    await chooser.getByRole('button', { name: 'Done' }).click();
    await lane(/^Luma, peak .*code$/).waitFor();
    const before = (await names()).map((text) => text.split('\n')[0]);
    expect(before).toContain('Luma, peak');
    await page.reload();
    await until('the lanes are as before', names, (after) => after.length === before.length);
    expect((await names()).map((text) => text.split('\n')[0])).toEqual(before);
    await drawn();
    await keepPictures(page, 'graphs');
  });
});
