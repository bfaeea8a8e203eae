import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { measuresFor } from '#core/qc/every-measure.ts';
import { openBrowser } from '../../e2e/browser.ts';
import { buildOnce } from '../../e2e/build-once.ts';
import { serve } from '../../e2e/served.ts';
import { open } from '../../e2e/steps.ts';
import { makeMeasuredPass } from '../../fixtures/measured-pass.ts';
import { absoluteRow, type Bench } from '../bench.ts';
import { median, percentile } from '../figures.ts';

const rootDir = fileURLToPath(new URL('../../../', import.meta.url));
const identifier = 'BENCH-10H';
const frames = 10 * 90_000;
const measures = 60;
const spike = { measure: 'yMax', frame: 654_321, value: 1_019 };
const gestureMs = 5_000;
const openings = 5;
/** What takes longer does not work: it is said, where the page would wait for ever. */
const patientMs = 20_000;

/** Shown at first: the columns of both maps, light, colour, the two fields, damage, sound. The others make up the number. */
const drawn =
  /^((damaged|luma)(Upper|Lower)\d+|yAvg|yBrightest|yMax|satAvg|fieldPeakDb|streakLines|peakDbfs\.\d|rmsDbfs\.\d)$/;

/** The review screen on ten hours of sixty measures, in real Chromium: how soon graphs are there, and whether they follow the hand. */
export const graphs: Bench = {
  name: 'graphs',
  async run({ folder, say }) {
    const dataDir = join(folder, 'data');
    say('writing ten hours of samples');
    await makeMeasuredPass(dataDir, {
      identifier,
      frames,
      measures: columns(),
      sampleOf,
      qcEvents: events(),
    });
    await buildOnce();
    await using served = await serve({ rootDir }, { dataDir, role: 'manager' });
    await using browser = await openBrowser({ width: 1920, height: 1080 });
    const page = await browser.context.newPage();
    await open(page, served.url);
    say('opening');
    const opened: number[] = [];
    for (let time = 0; time < openings; time++) opened.push(await openPass(page));
    const found = await excursions(page);
    say('panning and zooming');
    const whole = await gesture(page, 'pan', 0.2);
    const near = await gesture(page, 'pan', 0.002);
    const zoomed = await gesture(page, 'zoom', 1);
    // One picture of a screen of 60 Hz; its clock tells tenths.
    const budget = { of: 'value', limit: 'at-most', value: 17 } as const;
    const what = 'ten hours of 60 measures in Chromium, 1920 x 1080, without a graphics card';
    const row = (name: string, doing: string, { times, cpuMs }: Gesture) => ({
      ...absoluteRow(
        {
          name: `graphs/${name}`,
          what: `p95 of the time between pictures of the screen while ${doing}: ${what}`,
          unit: 'ms',
          budget,
          notes: [
            `${times.length} pictures, median ${median(times).toFixed(1)} ms, longest ${Math.max(...times).toFixed(0)} ms; ` +
              `${cpuMs.toFixed(1)} ms of the page's processor time for each.`,
          ],
        },
        [percentile(times, 0.95)],
      ),
      runs: times.length,
    });
    return [
      absoluteRow(
        {
          name: 'graphs/open',
          what: `From the click on a pass until its graphs are drawn: ${what}`,
          unit: 'ms',
          budget: { of: 'value', limit: 'at-most', value: 1_000 },
          notes: [`The first time, with the engine's first look at the store: ${opened[0]?.toFixed(0)} ms.`],
        },
        opened,
      ),
      absoluteRow(
        {
          name: 'graphs/excursion',
          what: 'From the key until the cursor is at the one excursion in ten hours',
          unit: 'ms',
          budget: { of: 'value', limit: 'at-most', value: 100 },
        },
        found,
      ),
      row('pan-far', 'two hours in sight are moved', whole),
      row('pan-near', 'a minute in sight is moved', near),
      row('zoom', 'the wheel goes from the whole tape to single frames and back', zoomed),
    ];
  },
};

function columns(): string[] {
  const all = measuresFor(2).map(({ id }) => id);
  const others = all.filter((id) => !drawn.test(id));
  const own = all.filter((id) => drawn.test(id));
  return [...own, ...others.slice(0, measures - own.length)];
}

/** Scenes of half a minute, noise on everything, dropouts here and there, one spike. */
function sampleOf(measure: string, frame: number): number {
  if (measure === spike.measure) return frame === spike.frame ? spike.value : 850 + 40 * lot(frame);
  if (measure.startsWith('damaged'))
    return lot(frame >> 6) > 0.97 ? Math.floor(12 * lot(frame + measure.length)) : 0;
  if (measure === 'streakLines') return lot(frame >> 3) > 0.995 ? Math.ceil(20 * lot(frame)) : 0;
  if (/Dbfs/.test(measure)) return -30 + 18 * lot(frame >> 2) + 3 * lot(frame);
  return 300 + 200 * lot(Math.floor(frame / 750)) + 20 * lot(frame);
}

/** 0 to 1, the same for the same number. */
function lot(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

function events() {
  return Array.from({ length: 300 }, (_, at) => ({
    check: 'video-dropout',
    startFrame: at * 3_000,
    endFrame: at * 3_000 + Math.floor(200 * lot(at)),
    severity: (['info', 'warn', 'fail'] as const)[at % 3] ?? 'info',
    confidence: 0.8,
    evidence: { frames: 12 },
    message: 'Dropouts.',
  }));
}

const band = '[aria-busy]:has(> canvas)';

/** Milliseconds from the click until the lanes are drawn. The list of passes is in sight before and after. */
async function openPass(page: Page): Promise<number> {
  await page.evaluate(() => {
    location.hash = '#/review';
  });
  // The pass that is open yet has a link of the same name, to its tape.
  await page.locator(band).waitFor({ state: 'detached' });
  const link = page.getByRole('main').getByRole('link', { name: identifier }).first();
  await link.waitFor();
  return link.evaluate(
    async (element: HTMLElement, { selector, limitMs }) => {
      const startedAtMs = performance.now();
      element.click();
      const isDrawn = () => document.querySelector(selector)?.getAttribute('aria-busy') === 'false';
      while (!isDrawn()) {
        if (performance.now() - startedAtMs > limitMs)
          throw new Error(
            `no graphs are drawn ${limitMs} ms after the click on the pass: the page is at ${location.hash}`,
          );
        await new Promise(requestAnimationFrame);
      }
      // The picture that holds the lanes is the one after they are there.
      await new Promise(requestAnimationFrame);
      return performance.now() - startedAtMs;
    },
    { selector: band, limitMs: patientMs },
  );
}

/** Chooses the lane with the spike, and asks for the excursion from both ends of the tape. */
async function excursions(page: Page): Promise<number[]> {
  await page.keyboard.press('Shift+G');
  await page.getByRole('checkbox', { name: 'Luma, peak' }).check();
  await page.keyboard.press('Escape');
  await page.locator(`${band}[aria-busy=false]`).waitFor();
  await page.getByRole('button', { name: /^Luma, peak \d/ }).click();
  await page.getByRole('textbox', { name: 'Value' }).fill('1000');
  await page.getByRole('textbox', { name: 'Value' }).press('Enter');
  const times: number[] = [];
  const cursor = page.getByRole('slider', { name: 'Cursor' });
  for (const [from, key] of [
    ['Home', 'e'],
    ['End', 'Shift+E'],
    ['Home', 'e'],
  ] as const) {
    await page.keyboard.press(from);
    // The page listens before the key is pressed: asked at once with it, it may be told of the key first.
    const took = await cursor.evaluateHandle(
      (slider, { frame, limitMs }) => {
        const reached = async () => {
          await new Promise((resolve) => addEventListener('keydown', resolve, { once: true, capture: true }));
          const startedAtMs = performance.now();
          while (slider.getAttribute('aria-valuenow') !== String(frame)) {
            if (performance.now() - startedAtMs > limitMs)
              throw new Error(
                `the cursor is at frame ${slider.getAttribute('aria-valuenow')}, not ${frame}, ${limitMs} ms after the key`,
              );
            await new Promise(requestAnimationFrame);
          }
          return performance.now() - startedAtMs;
        };
        return { reached: reached() };
      },
      { frame: spike.frame, limitMs: patientMs },
    );
    await page.keyboard.press(key);
    times.push(await took.evaluate(({ reached }) => reached));
  }
  return times;
}

interface Gesture {
  /** Milliseconds from one picture to the next. */
  times: number[];
  cpuMs: number;
}

/**
 * A hand that moves with every picture of the screen, as the page is told of it: what takes longer than a picture is seen as a
 * picture that comes late. `share`: of the tape in sight, while it pans.
 */
async function gesture(page: Page, kind: 'pan' | 'zoom', share: number): Promise<Gesture> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const cpuS = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  const box = await page.locator(band).boundingBox();
  if (!box) throw new Error('no graphs are in sight');
  const centre = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
  const before = await cpuS();
  const times = await page.evaluate(
    async ({ selector, at, zooms, ms, inSight, width }) => {
      const element = document.querySelector(selector) as HTMLElement;
      const wheel = (delta: object) =>
        element.dispatchEvent(new WheelEvent('wheel', { ...at, ...delta, bubbles: true, cancelable: true }));
      const picture = () => new Promise<number>(requestAnimationFrame);
      element.dispatchEvent(new MouseEvent('dblclick', { ...at, bubbles: true }));
      wheel({ deltaY: Math.log(inSight) / 0.0022 });
      for (let settle = 0; settle < 60; settle++) await picture();
      const stamps = [await picture()];
      const end = (stamps[0] ?? 0) + ms;
      for (let step = 0; (stamps.at(-1) ?? 0) < end; step++) {
        // To one end of the way and back, evenly, in about two seconds.
        const isBack = Math.floor(step / 110) % 2 === 1;
        if (zooms) wheel({ deltaY: isBack ? 40 : -40 });
        else wheel({ deltaX: (isBack ? -1 : 1) * (width / 80) });
        stamps.push(await picture());
      }
      return stamps.slice(1).map((stamp, index) => stamp - (stamps[index] ?? 0));
    },
    { selector: band, at: centre, zooms: kind === 'zoom', ms: gestureMs, inSight: share, width: box.width },
  );
  const after = await cpuS();
  await session.detach();
  return { times, cpuMs: ((after - before) * 1000) / times.length };
}
