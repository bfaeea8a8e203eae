import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecipeInput } from '#core/devices/simulator/recipe.ts';
import { linkOfRunning } from '#hosts/fresh-link.ts';
import { inOrder } from '../../renderer/src/features/review/event-in-sight.ts';
import { keepPictures } from './artefacts.ts';
import { ask } from './ask.ts';
import { listenForComplaints, type OpenBrowser, openBrowser } from './browser.ts';
import { install } from './installation.ts';
import { sealedPassOf } from './passes.ts';
import { serve } from './served.ts';
import { smallTape } from './small-tape.ts';
import { goTo } from './steps.ts';
import { patientMs, until } from './until.ts';

/** Bars with their tone, and black: the checks find each. */
const judgedTape: RecipeInput = {
  ...smallTape,
  name: 'judged-pal',
  description: 'A tape to be judged',
  segments: [
    { content: 'bars', seconds: 2 },
    { content: 'black', seconds: 2 },
    { content: 'scene', seconds: 1 },
  ],
  faults: [],
};

const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

describe('a review', () => {
  const resources = new AsyncDisposableStack();
  let dataDir: string;
  let browser: OpenBrowser;

  beforeAll(async () => {
    const installation = resources.use(await install([judgedTape]));
    dataDir = join(installation.folder, 'data');
    resources.use(await serve(installation, { dataDir, role: 'reviewer' }));
    browser = resources.use(await openBrowser());
    await ask(dataDir, async (client) => {
      await client.tapes.register({ identifier: 'VT-9', format: 'betacamsp', title: 'To be judged' });
      for (const name of ['Ada', 'Bo']) await client.station.addPerson({ name, role: 'reviewer' });
      const source = `simulator:${judgedTape.name}`;
      const { passId } = await client.capture.arm({ tape: 'VT-9', source, anyway: true });
      await client.capture.record({ passId });
    });
  });
  afterAll(() => resources.disposeAsync());

  test('is taken from the queue, given by the keys alone, and disagreed with by a second person', async () => {
    const pass = await sealedPassOf(dataDir, 'VT-9');
    const said = () => ask(dataDir, (client) => client.review.show({ passId: pass.id }));

    const ada = await signIn(browser, dataDir, 'Ada');
    const row = panel(ada.page, 'Waiting for review').getByRole('row').filter({ hasText: 'VT-9' });
    await row.getByText('nobody').waitFor();
    await ada.page.keyboard.press('t');
    const verdict = panel(ada.page, 'Verdict');
    await verdict.getByText('You have it').waitFor();

    const events = panel(ada.page, 'Events');
    const judged = async (count: number) =>
      events.getByText(new RegExp(`^${count} of \\d+ judged$`)).waitFor();
    await judged(0);
    await ada.page.keyboard.press('o');
    await ada.page.keyboard.press('6');
    await events.getByRole('button', { name: /recorded in/ }).waitFor();
    await judged(1);
    const { qcEvents } = await ask(dataDir, (client) => client.passes.show({ passId: pass.id }));
    const order = inOrder(qcEvents).map(({ check }) => check);
    for (let step = 0; step < order.indexOf('black'); step++) await ada.page.keyboard.press('.');
    const black = panel(ada.page, 'Black picture');
    await black.waitFor();
    await ada.page.keyboard.press('v');
    await events.getByRole('button', { name: /Black picture .*there/ }).waitFor();
    await ada.page.keyboard.press('d');
    await events.getByRole('button', { name: /Black picture .*false alarm/ }).waitFor();
    // The earlier word is struck, not gone.
    expect(await black.getByRole('list', { name: 'Said so far' }).getByRole('listitem').count()).toBe(2);

    await ada.page.keyboard.press('i');
    await black.getByText('saying so needs the role technician').waitFor();
    await ada.page.keyboard.press('n');
    await ada.page.keyboard.type('A hair');
    await ada.page.keyboard.press('Shift+Enter');
    await ada.page.keyboard.type('in the gate');
    // Not written down yet, and not lost.
    await ada.page.reload();
    const words = verdict.getByRole('textbox', { name: 'Words' });
    await words.waitFor();
    expect(await words.inputValue()).toBe('A hair\nin the gate');
    await ada.page.keyboard.type('.');
    await ada.page.keyboard.press('Enter');
    const notes = events.getByRole('region', { name: 'Notes' });
    await notes.getByRole('button', { name: /A hair\s+in the gate\./ }).waitFor();
    await verdict.getByText(/^✓ Your note at .* is written down\.$/).waitFor();

    // What plays is watched; what is only stepped through is not.
    await ada.page.keyboard.press('Home');
    await ada.page.keyboard.press('Shift+ArrowRight');
    await ada.page.keyboard.press('Space');
    await verdict.getByText(/^[1-9]\d* s of/).waitFor({ timeout: patientMs });
    const seen = await until('the engine knows', said, ({ watched }) => watched.length > 0);
    expect(seen.watched[0]?.ranges[0]?.startFrame).toBeGreaterThanOrEqual(9);
    await ada.page.keyboard.press('k');

    await ada.page.keyboard.press('r');
    await ada.page.keyboard.press('Enter');
    await verdict.getByText('A reason is needed.').waitFor();
    await ada.page.keyboard.type('The head is missing.');
    await ada.page.keyboard.press('Enter');
    await verdict.getByText('✓ Your verdict is signed: rejected.').waitFor();
    await verdict.getByText('The head is missing.').waitFor();
    // Which file was watched, and whether anybody had held it against the master.
    await verdict
      .getByText(/ as the access copy, 0 s as pictures of the master; the access copy was never/)
      .waitFor();
    await ada.page.keyboard.press('q');
    await ada.page.keyboard.type('Is there more on the reel?');
    await ada.page.keyboard.press('Enter');
    await verdict.getByText('second opinion asked: anyone').waitFor();
    await keepPictures(ada.page, 'review-1-rejected');

    const bo = await signIn(browser, dataDir, 'Bo');
    await panel(bo.page, 'Waiting for review').getByText('asked of anyone').waitFor();
    await bo.page.keyboard.press('t');
    const other = panel(bo.page, 'Verdict');
    await other.getByText('You have it').waitFor();
    await bo.page.keyboard.press('a');
    // Before it is signed: what nobody judged, and that he has watched nothing.
    const restsOn = other.getByRole('list', { name: 'What it rests on' });
    await restsOn.getByText(/^◆ \d+ events? (is|are) not judged: /).waitFor();
    await restsOn.getByText(/^◆ You watched 0 s of \d+ s of the sample/).waitFor();
    await restsOn.getByText('Judged by Ada 2').waitFor();
    await restsOn
      .getByText(/^✓ By its size and date the master is unchanged; its bytes were last read/)
      .waitFor();
    await keepPictures(bo.page, 'review-5-what-it-rests-on');
    await bo.page.keyboard.press('Enter');
    await other.getByText('◆ Your verdict is signed (accepted); people disagree').waitFor();
    await other.getByText('judged by Ada 2').last().waitFor();
    await other.getByText(/^◆ 2 of \d+ judged; 0 s of .* of the sample watched, 0 s in all$/).waitFor();
    const disagreement = 'Bo would accept this pass, Ada would not.';
    await panel(bo.page, 'Verdict').getByText(disagreement).waitFor();
    // The first window follows by itself, and a new one finds it all.
    await verdict.getByText(disagreement).waitFor();
    await ada.page.reload();
    await verdict.getByText(disagreement).waitFor();
    await verdict.getByText('The head is missing.').waitFor();
    await verdict.getByText('second opinion asked: no').waitFor();
    await events.getByRole('button', { name: /Black picture .*false alarm/ }).waitFor();
    await notes.getByRole('button', { name: /A hair\s+in the gate\./ }).waitFor();
    await keepPictures(ada.page, 'review-2-disputed');

    const review = await until('both verdicts are there', said, ({ verdicts }) => verdicts.length === 2);
    expect(review).toMatchObject({
      outcome: 'disputed',
      verdicts: [{ verdict: 'reject' }, { verdict: 'accept' }],
    });
    const master = (await ask(dataDir, (client) => client.passes.show({ passId: pass.id }))).files.find(
      ({ role }) => role === 'master',
    );
    expect(review.verdicts.map((one) => one.master?.sha256)).toEqual([master?.sha256, master?.sha256]);
    expect(await ask(dataDir, (client) => client.log.verify())).toMatchObject({ ok: true });
    // The station is shown without what a reviewer may not see, and without a complaint about that.
    await goTo(bo.page, 'Station');
    await panel(bo.page, 'Profiles').getByRole('listitem').first().waitFor();
    expect(await bo.page.getByRole('alert').allTextContents()).toEqual([]);
    const faults = [...ada.complaints, ...bo.complaints].filter((complaint) =>
      complaint.startsWith('uncaught'),
    );
    expect(faults).toEqual([]);
  });
});

/** A window of a person's own, on the screen of reviews. */
async function signIn({ context }: OpenBrowser, dataDir: string, name: string) {
  const link = await linkOfRunning(dataDir, name);
  const page = await (
    (await context.browser()?.newContext({ viewport: { width: 1280, height: 800 } })) ?? context
  ).newPage();
  const complaints = listenForComplaints(page);
  await page.goto(link ?? '');
  await page.getByRole('contentinfo').getByText(name).waitFor();
  await goTo(page, 'Review');
  return { page, complaints };
}
