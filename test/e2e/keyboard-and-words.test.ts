import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventPayloads } from '#shared/domain/events.ts';
import { messages } from '#shared/i18n/messages.ts';
import { listenForComplaints, openBrowser } from './browser.ts';
import { install } from './installation.ts';
import { passOf } from './passes.ts';
import { serve } from './served.ts';
import { smallTape } from './small-tape.ts';
import { goTo, open, registerTape, stopButton, transport, untilCounter } from './steps.ts';
import { patientMs } from './until.ts';

interface Focused {
  name: string;
  /** True when the browser or the page draws something around or in it. */
  isSeen: boolean;
}

describe('the keyboard and the words', () => {
  const resources = new AsyncDisposableStack();
  let page: Page;
  let dataDir: string;
  let complaints: string[];

  beforeAll(async () => {
    const installation = resources.use(await install([smallTape]));
    dataDir = join(installation.folder, 'data');
    const served = resources.use(await serve(installation, { dataDir, role: 'manager' }));
    const browser = resources.use(await openBrowser());
    page = await browser.context.newPage();
    complaints = listenForComplaints(page);
    await open(page, served.url);
    await registerTape(page, 'VT-1', 'Played by hand');
  });
  afterAll(() => resources.disposeAsync());

  test('the palette finds a command by its words and runs it', async () => {
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'All commands' });
    const text = palette.getByRole('combobox');
    await expect.poll(() => text.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.type('capt');
    expect(await palette.getByRole('option').first().textContent()).toContain('Go to Capture');
    await page.keyboard.press('Enter');
    await palette.waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'New pass' }).waitFor();
    await page.keyboard.press('Control+k');
    await palette.waitFor();
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
  });

  test('the help sheet names the keys of the screen', async () => {
    await page.getByRole('heading', { name: 'New pass' }).click();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    await sheet.getByText('Mark this moment').waitFor();
    await sheet.getByText('Stop recording').waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  });

  test('every control of Capture is reached by Tab, in the order of the page, with a focus one can see', async () => {
    // A page that was just loaded has its focus nowhere: Tab begins at its head.
    await page.reload();
    await page.getByRole('region', { name: 'New pass' }).getByLabel('Input').waitFor();
    const visited = await tabThrough(page);
    expect(visited.filter(({ isSeen }) => !isSeen)).toEqual([]);
    const names = visited.map(({ name }) => name);
    const wanted = ['Tapes', 'Capture', 'Station', 'Tape', 'Source', 'Input', 'Profile', 'Signal chain'];
    expect(names.filter((name) => wanted.includes(name))).toEqual(wanted);
    // Nothing that can be used is left out.
    const usable = await page
      .locator('a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled)')
      .filter({ visible: true })
      .evaluateAll((controls) => controls.filter((one) => (one as HTMLElement).tabIndex >= 0).length);
    expect(new Set(names).size).toBeGreaterThanOrEqual(usable);
  });

  test('a tape is chosen, armed, recorded, marked and stopped without a mouse', async () => {
    const setup = page.getByRole('region', { name: 'New pass' });
    await setup.getByRole('combobox', { name: 'Tape' }).focus();
    await page.keyboard.type('VT-1');
    await page.getByRole('option', { name: 'VT-1' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await setup.getByLabel('Input').focus();
    await page.keyboard.type(smallTape.description);
    expect(await setup.getByLabel('Input').inputValue()).toBe(smallTape.name);
    const armButton = setup.getByRole('button', { name: 'Arm' });
    await expect.poll(() => armButton.isEnabled()).toBe(true);
    await armButton.focus();
    await page.keyboard.press('Enter');
    await transport(page).getByRole('button', { name: 'Record' }).waitFor({ timeout: patientMs });
    await page.keyboard.press('Shift+R');
    await stopButton(page).waitFor({ timeout: patientMs });
    await untilCounter(page, 'Recorded', 10);
    await page.keyboard.press('m');
    const marks = page.getByRole('region', { name: 'Marks' }).getByRole('listitem');
    await expect.poll(() => marks.count()).toBe(1);

    // A touch of the key is not enough; held, it is.
    await page.keyboard.press('s');
    const touched = (await passOf(dataDir, 'VT-1')).state;
    expect(touched).toBe('recording');
    await page.keyboard.down('s');
    await page.getByRole('region', { name: 'Seal', exact: true }).waitFor({ timeout: patientMs });
    await page.keyboard.up('s');
    const sealed = page
      .getByRole('region', { name: 'Seal', exact: true })
      .getByText('Sealed', { exact: true });
    await sealed.waitFor({ timeout: patientMs });
  });

  test.each(['nl', 'fr', 'en'] as const)(
    'the words change at once to %s, on every screen',
    async (language) => {
      const words = messages[language];
      // The log shows kinds of events by their own names too.
      const keys = keysOf(messages.en).filter((key) => !(key in eventPayloads));
      await page.getByRole('button', { name: language.toUpperCase(), exact: true }).click();
      const rail = page.getByRole('navigation', { name: words.rail.label });
      await rail.waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
      for (const screen of ['tapes', 'capture', 'review', 'batches', 'log', 'station'] as const) {
        await rail.getByRole('link', { name: words.rail[screen], exact: true }).click();
        await expect.poll(() => page.getByRole('main').getByRole('heading').count()).toBeGreaterThan(0);
        // A message without words would be shown as its key.
        const shown = await page.getByRole('main').ariaSnapshot();
        expect(keys.filter((key) => shown.includes(key))).toEqual([]);
      }
    },
  );

  test('the page has nothing to complain of', async () => {
    await goTo(page, 'Tapes');
    expect(complaints).toEqual([]);
  });
});

/** Presses Tab from the head of the page until the focus leaves it or comes round. */
async function tabThrough(page: Page): Promise<Focused[]> {
  const visited: Focused[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element || element === document.body) return null;
      const known = element.dataset['visited'] !== undefined;
      element.dataset['visited'] = '';
      const style = getComputedStyle(element);
      const labelledBy = document.getElementById(element.getAttribute('aria-labelledby') ?? '');
      const label = (labelledBy ?? (element as HTMLInputElement).labels?.[0])?.textContent;
      return {
        known,
        name: (element.getAttribute('aria-label') ?? label ?? element.textContent).trim(),
        isSeen: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1,
      };
    });
    if (!focused || focused.known) return visited;
    visited.push({ name: focused.name, isSeen: focused.isSeen });
  }
}

/** `rail.tapes`, `rail.capture` ... */
function keysOf(words: object, prefix = ''): string[] {
  return Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'object' ? keysOf(value, `${prefix}${name}.`) : [`${prefix}${name}`],
  );
}
