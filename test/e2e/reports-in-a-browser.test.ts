import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { measuresFor } from '#core/qc/every-measure.ts';
import { htmlReport } from '#core/qc/reports/html-report.ts';
import { type ReportSource, reportMeasures } from '#core/qc/reports/report-source.ts';
import { webvttReport } from '#core/qc/reports/webvtt.ts';
import type { QcEvent } from '#shared/domain/qc.ts';
import { rational } from '#shared/domain/rational.ts';
import { listenForComplaints, type OpenBrowser, openBrowser } from './browser.ts';

// What a museum gets, in the program it has: a browser that did not come from us and cannot reach us.
const frames = 12 * 3600 * 25;
const columns = new Map<string, Float32Array>();
const series = {
  ...{ frames, frameRate: rational(25), bitDepth: 10, channels: 2, standard: 'PAL' },
  column(id: string) {
    const found = columns.get(id) ?? Float32Array.from({ length: frames }, (_, frame) => 64 + (frame % 700));
    columns.set(id, found);
    return found;
  },
};
/** The last ten seconds before twelve hours. */
const startFrame = frames - 250;
const event: QcEvent = {
  ...{ check: 'silence', startFrame, endFrame: frames - 1, severity: 'warn', confidence: 0.9, channels: [2] },
  ...{
    evidence: { frames: 250, peakDbfs: -91.3, limitDbfs: -60 },
    message: 'Nothing --> is <heard> & seen.',
  },
};
const source: ReportSource = {
  ...{ fileName: 'tape & <1>.mkv', media: undefined, measuredArea: 'active', review: undefined },
  ...{ picture: { width: 720, height: 576, pixelFormat: 'yuv422p10le' }, series },
  measures: reportMeasures(
    measuresFor(2).filter(({ id }) => ['yMin', 'yMax', 'peakDbfs.1'].includes(id)),
    2,
  ),
  result: {
    ...{ file: 'tape.mkv', frames, fps: '25/1', standard: 'PAL', events: [event] },
    profile: { id: 'test', name: 'Test' },
    summary: { info: 0, warn: 1, fail: 0, intended: 0, checks: ['silence'], notJudged: [] },
  },
  profile: { id: 'test', name: 'Test', description: '', checks: {} },
  madeAt: new Date('2026-11-23T00:00:00Z'),
};

let folder: string;
let browser: OpenBrowser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-report-browser-'));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test('a browser reads the markers as the cues of a track, at half a day too', async () => {
  await using page = await browser.context.newPage();
  await page.route('http://report.test/**', (route) => {
    const isMarkers = route.request().url().endsWith('.vtt');
    return route.fulfill({
      contentType: isMarkers ? 'text/vtt' : 'text/html',
      body: isMarkers
        ? [...webvttReport(source, 'en')].join('')
        : '<video><track default kind="metadata" src="markers.vtt"></video>',
    });
  });
  await page.goto('http://report.test/');
  const cues = () =>
    page.evaluate(() =>
      [...(document.querySelector('track')?.track.cues ?? [])].map((cue) => [
        ...[cue.id, cue.startTime, cue.endTime],
        (cue as VTTCue).getCueAsHTML().textContent,
      ]),
    );
  await expect
    .poll(cues)
    .toEqual([
      ['1', startFrame / 25, frames / 25, '[warn] Silence (channel 2)\nNothing --> is <heard> & seen.'],
    ]);
});

test.each([
  ['en', 'Quality report', 'Silence'],
  ['nl', 'Kwaliteitsrapport', 'Stilte'],
  ['fr', 'Rapport de qualité', 'Silence'],
] as const)(
  'the page in %s opens from a disk without a network, and fetches nothing',
  async (language, title, check) => {
    const path = join(folder, `${language}.html`);
    const pieces: string[] = [];
    for await (const piece of htmlReport(source, language)) pieces.push(piece);
    await writeFile(path, pieces.join(''));
    await using page = await browser.context.newPage();
    const complaints = listenForComplaints(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.context().setOffline(true);
    await page.goto(pathToFileURL(path).href);
    await page.context().setOffline(false);
    expect(asked).toEqual([pathToFileURL(path).href]);
    expect(complaints).toEqual([]);
    expect(await page.title()).toContain(title);
    expect(await page.getAttribute('html', 'lang')).toBe(language);
    const text = await page.locator('body').textContent();
    expect(text).toContain(check);
    expect(text).toContain('11:59:50.000');
    // Graphs are drawn: a shape that has an extent on the screen.
    const box = await page.locator('svg polygon').first().boundingBox();
    expect(box?.width).toBeGreaterThan(100);
    // A reader comes to the findings and the graphs first: what is folded away takes no room, and is printed where it was opened.
    const height = () => page.evaluate(() => document.documentElement.scrollHeight);
    const [folded, limits] = [await height(), page.locator('table.limits')];
    expect(await limits.evaluate((table) => table.checkVisibility())).toBe(false);
    expect(folded).toBeLessThan(4_000);
    await page.emulateMedia({ media: 'print' });
    expect(await limits.evaluate((table) => table.checkVisibility())).toBe(false);
    await page.emulateMedia({ media: 'screen' });
    await page.locator('details', { has: limits }).locator('summary').click();
    await page.emulateMedia({ media: 'print' });
    expect(await limits.evaluate((table) => table.checkVisibility())).toBe(true);
    expect(await height()).toBeGreaterThan(folded);
    await page.emulateMedia({ media: 'screen' });
    // No sideways scrolling at the window of a laptop.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  },
);
