import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Locator, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mapColumns, mapPlaceOf } from '#shared/domain/tape-map.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
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
const channels = [1, 2, 3, 4];
const sound = channels.flatMap((channel) => [`peakDbfs.${channel}`, `rmsDbfs.${channel}`]);
/** Damage of each field by itself, and no luma of bands: such a map was not measured then. */
const bands = [...mapColumns('damaged', 'upper'), ...mapColumns('damaged', 'lower')];
const measures = ['yAvg', 'yMax', 'yBrightest', 'satAvg', 'fieldPeakDb', ...bands, ...sound];

/** Even samples with one frame that is far from them; damaged lines of one field at one place. */
function sampleOf(measure: string, frame: number): number {
  if (measure === 'yBrightest') return frame === spike ? 20_000 : 900 + 30 * Math.sin(frame / 90);
  const place = mapPlaceOf(measure);
  if (place) return place.field === 'lower' && place.band >= 3 && frame >= 5_000 && frame < 5_200 ? 9 : 0;
  if (sound.includes(measure)) return -20 + 5 * Math.sin(frame / 40);
  return 400 + 50 * Math.sin(frame / 700);
}

/** An hour of timecode, a jump by ten minutes, and nothing at the end. */
const jump = 12_500;
const timecodeText = [
  '# helical-timecode 1',
  ...Array.from({ length: 30_000 }, (_, frame) => {
    const timecode = formatTimecode(90_000 + frame + (frame < jump ? 0 : 15_000), { num: 25, den: 1 });
    const broken = `# broken: card gap at frame ${jump}: 01:08:19:24 -> 01:18:20:00\n`;
    return `${frame === jump ? broken : ''}${frame}\t${frame}\tcard\t${timecode}`;
  }),
].join('\n');

/** JPEG pictures that are red where the tape has been played halfway, and blue before. */
async function thumbnails(count: number): Promise<Uint8Array[]> {
  const made = async (colour: string) => {
    const { stdout } = await execa(
      'ffmpeg',
      ['-v', 'error', '-f', 'lavfi', '-i', `color=${colour}:s=128x96`, '-frames:v', '1', '-f', 'mjpeg', '-'],
      { encoding: 'buffer' },
    );
    return stdout;
  };
  const [blue, red] = await Promise.all([made('blue'), made('red')]);
  return Array.from({ length: count }, (_, at) => (at < count / 2 ? blue : red));
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
    await makeMeasuredPass(dataDir, {
      identifier: 'VT-GRAPHS',
      frames,
      channels: channels.length,
      measures,
      sampleOf,
      timecode: timecodeText,
      thumbnails: await thumbnails(frames / 250),
    });
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
    const canvas = await region().locator('[aria-busy] > canvas').boundingBox();
    const box = await lane(name).boundingBox();
    if (!canvas || !box) throw new Error('the lane is not in sight');
    return page.evaluate(
      ({ top, height }) => {
        const element = document.querySelector('[aria-busy] > canvas') as HTMLCanvasElement;
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
    const canvas = await region().locator('[aria-busy] > canvas').boundingBox();
    if (!canvas) throw new Error('no graphs are in sight');
    // The wheel is told of whole pixels: what lies between the pointer and the spike grows with every zoom.
    const pointer = Math.round(canvas.x + (canvas.width * spike) / frames);
    await page.mouse.move(pointer, canvas.y + 20);
    const held = (pointer - canvas.x) / canvas.width;
    const expectedAt = (zoom: number) => held + (spike / frames - held) * Math.exp(300 * 0.0022 * zoom);
    for (let zoom = 0; zoom < 6; zoom++) {
      const seen = await highest(/^Luma of the brightest/);
      expect(seen.most, `zoom ${zoom}`).toBeGreaterThan(seen.usual + 0.12);
      expect(Math.abs(seen.at - expectedAt(zoom)), `zoom ${zoom}`).toBeLessThan(0.01);
      expect(seen.usual, `zoom ${zoom}`).toBeGreaterThan(0.15);
      await page.mouse.wheel(0, -300);
      await drawn();
    }
    await page.mouse.dblclick(canvas.x + 5, canvas.y + 5);
  });

  test('scroll where they have no room, above what was found and the time, which stay whole', async () => {
    const last = region().getByText('Sound 4');
    const isWhole = async (locator: Locator) => {
      const [box, band] = [await locator.boundingBox(), await region().boundingBox()];
      return !!box && !!band && box.y >= band.y && box.y + box.height <= band.y + band.height;
    };
    const foot = [region().getByText('Events', { exact: true }), region().locator('canvas').last()];
    await page.setViewportSize({ width: 1280, height: 560 });
    for (const part of foot) await expect.poll(() => isWhole(part)).toBe(true);
    const hidden = async () => {
      const [events, lane] = [await foot[0]?.boundingBox(), await last.boundingBox()];
      return (lane?.y ?? 0) + (lane?.height ?? 0) > (events?.y ?? 0);
    };
    expect(await hidden()).toBe(true);
    await last.evaluate((element) => element.scrollIntoView({ block: 'nearest' }));
    await expect.poll(hidden).toBe(false);
    for (const part of [...foot, last]) expect(await isWhole(part)).toBe(true);
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const part of foot) await expect.poll(() => isWhole(part)).toBe(true);
    await drawn();
  });

  test('show small pictures at their frames, and ask for those in sight alone', async () => {
    const strip = region().locator('[data-kind=pictures] canvas');
    /** The colours from left to right, each as often as it follows another; what is empty between them does not count. */
    const colours = () =>
      strip.evaluate((element: HTMLCanvasElement) => {
        const { width, height } = element;
        const data = element.getContext('2d')?.getImageData(0, height >> 1, width, 1).data ?? [];
        const found: string[] = [];
        for (let at = 0; at < data.length; at += 4) {
          if ((data[at + 3] ?? 0) < 255) continue;
          const colour = (data[at] ?? 0) > (data[at + 2] ?? 0) ? 'red' : 'blue';
          if (found.at(-1) !== colour) found.push(colour);
        }
        return found;
      });
    await expect.poll(colours).toEqual(['blue', 'red']);
    const asked: number[] = [];
    const listen = (request: Request) => {
      const number = /thumbnails\/(\d+)\.jpg/.exec(request.url())?.[1];
      if (number !== undefined) asked.push(Number(number));
    };
    page.on('request', listen);
    await strip.evaluate((element) => element.scrollIntoView());
    const box = await strip.boundingBox();
    if (!box) throw new Error('no pictures are in sight');
    await page.mouse.move(box.x + box.width * 0.6, box.y + 5);
    await page.mouse.wheel(0, -1_600);
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    await expect.poll(colours).toEqual(['red']);
    page.off('request', listen);
    // Far from where the first test has looked: of what is in sight there none is kept. None of the first half is asked for.
    expect(asked.filter((number) => number < frames / 250 / 2)).toEqual([]);
    expect(asked.length).toBeLessThan(60);
    await page.mouse.dblclick(box.x + 5, box.y + 5);
  });

  test('show what one field has on the map of damage, and tell it by keys; a map that was not measured says so', async () => {
    const name = region().getByRole('button', { name: /^Map of damage/ });
    const [canvas, box] = [
      await region().locator('[aria-busy] > canvas').boundingBox(),
      await name.boundingBox(),
    ];
    if (!canvas || !box) throw new Error('the map is not in sight');
    /** Which rows of the map are painted at a frame: none in the upper half, and the lower nine of ten bands in the other. */
    const painted = (frame: number) =>
      page.evaluate(
        ({ share, top, height }) => {
          const element = document.querySelector('[aria-busy] > canvas') as HTMLCanvasElement;
          const left = Math.round(element.width * share);
          const data = element.getContext('2d')?.getImageData(left, top, 1, height).data ?? [];
          // The lane and what parts the fields are grey, damage is not, or far brighter.
          const isDamage = (at: number) =>
            (data[at] ?? 0) > (data[at + 2] ?? 0) + 40 || (data[at] ?? 0) > 200;
          return Array.from({ length: height }, (_, row) => isDamage(4 * row));
        },
        {
          share: (frame + 0.5) / frames,
          top: Math.round(box.y - canvas.y),
          height: Math.round(box.height) - 1,
        },
      );
    const half = (Math.round(box.height) - 1) >> 1;
    const lowerNine = async () => (await painted(5_100)).slice(half + Math.ceil(half / 4), -1);
    // The whole tape is drawn again with the next picture of the screen.
    await expect.poll(lowerNine).not.toContain(false);
    const rows = await painted(5_100);
    expect(rows.slice(0, half + 2)).not.toContain(true);
    expect(await painted(9_000)).not.toContain(true);

    await page.keyboard.type('5100');
    await page.keyboard.press('Enter');
    await expect.poll(cursorFrame).toBe(5_100);
    await name.focus();
    await page.keyboard.press('Enter');
    const told = region().getByRole('status').filter({ hasText: 'Map of damage' });
    await expect
      .poll(() => told.textContent())
      .toMatch(/frame 5100 .*upper field, lines 1, 3…\d+ · 0 damaged lines/);
    for (let band = 0; band < 23; band++) await page.keyboard.press('ArrowDown');
    await expect.poll(() => told.textContent()).toMatch(/lower field, lines \d+, \d+…\d+ · 9 damaged lines/);
    expect(await told.textContent()).toContain(formatTimecode(5_100, { num: 25, den: 1 }));
    // The cursor has stayed where it was: these arrows are the map's.
    expect(await cursorFrame()).toBe(5_100);
    await name.blur();
    await told.waitFor({ state: 'detached' });

    const none = region().getByRole('button', { name: /^Map of luma/ });
    expect(await none.isDisabled()).toBe(true);
    expect(await none.textContent()).toContain('none: measure again');
    await page.keyboard.press('Home');
  });

  test('the help sheet has the focus while it is open, begins at its top, and gives the focus back', async () => {
    const choose = region().getByRole('button', { name: 'Graphs…' });
    await choose.focus();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    await sheet.waitFor();
    const isWithin = () => sheet.evaluate((element) => element.contains(document.activeElement));
    await expect.poll(isWithin).toBe(true);
    expect(await sheet.evaluate((element) => element.scrollTop)).toBe(0);
    // Its one button is reached from there.
    await page.keyboard.press('Tab');
    expect(await isWithin()).toBe(true);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await expect.poll(() => choose.evaluate((element) => element === document.activeElement)).toBe(true);
    await choose.blur();
  });

  test("tell the tape's own timecode under the pointer, and nothing where it has none", async () => {
    const canvas = await region().locator('[aria-busy] > canvas').boundingBox();
    if (!canvas) throw new Error('no graphs are in sight');
    const at = (frame: number) =>
      page.mouse.move(canvas.x + (canvas.width * (frame + 0.5)) / frames, canvas.y + 60);
    const own = region().getByText(/^Tape timecode \d/);
    await at(6_250);
    await expect.poll(() => own.textContent()).toMatch(/^Tape timecode 01:04:1\d:\d\d$/);
    await at(20_000);
    await expect.poll(() => own.textContent()).toMatch(/^Tape timecode 01:23:\d\d:\d\d$/);
    await at(35_000);
    await own.waitFor({ state: 'detached' });
    // The sign of the break stands on the axis, in the colour of a warning: more red than blue.
    const signs = await region()
      .locator('canvas[data-timecode]')
      .evaluate((element: HTMLCanvasElement, share) => {
        const left = Math.round(element.width * share) - 1;
        const data = element.getContext('2d')?.getImageData(left, 0, 3, element.height).data ?? [];
        let warned = 0;
        for (let pixel = 0; pixel < data.length; pixel += 4)
          if ((data[pixel + 3] ?? 0) > 200 && (data[pixel] ?? 0) > (data[pixel + 2] ?? 0) + 60) warned++;
        return warned;
      }, jump / frames);
    expect(signs).toBeGreaterThan(5);
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
