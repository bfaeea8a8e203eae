import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { RecipeInput } from '#core/devices/simulator/recipe.ts';
import { linkOfRunning } from '#hosts/fresh-link.ts';
import { verdictOnCopy } from '#shared/domain/copy-certificate.ts';
import { wordVerdict } from '#shared/i18n/line-words.ts';
import { keepPictures } from './artefacts.ts';
import { ask } from './ask.ts';
import { listenForComplaints, openBrowser } from './browser.ts';
import { install } from './installation.ts';
import { serve } from './served.ts';
import { smallTape } from './small-tape.ts';
import { goTo } from './steps.ts';
import { patientMs, until } from './until.ts';

/** One tape, played by a machine that loses the picture, holds it and loses the sound, and by one that does not. */
const worn: RecipeInput = {
  ...smallTape,
  name: 'worn-pal',
  description: 'A tape played badly',
  pace: 'unpaced',
  segments: [{ content: 'scene', seconds: 10 }],
  faults: [
    { kind: 'signal-loss', atFrame: 25, frames: 25, field: 'blue' },
    { kind: 'freeze', atFrame: 100, frames: 40 },
    { kind: 'silence', atFrame: 175, frames: 60 },
  ],
};
const clean: RecipeInput = {
  ...worn,
  name: 'clean-pal',
  description: 'The same tape played well',
  faults: [],
};

const seeded = [
  { title: 'Signal lost', from: 25, to: 26 },
  { title: 'Picture frozen', from: 100, to: 101 },
  { title: 'Silence', from: 175, to: 176 },
];

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test('a pass is taken, its faults found, compared, noted and judged, and its papers exported, by the keys', async () => {
  await using installation = await install([worn, clean]);
  const dataDir = join(installation.folder, 'data');
  await using _served = await serve(installation, { dataDir, role: 'reviewer' });
  await ask(dataDir, async (client) => {
    await client.tapes.register({ identifier: 'VT-3', format: 'betacamsp', title: 'Played twice' });
    await client.station.addPerson({ name: 'Ada', role: 'reviewer' });
    for (const { name } of [worn, clean]) {
      const { passId } = await client.capture.arm({
        tape: 'VT-3',
        source: `simulator:${name}`,
        anyway: true,
      });
      await client.capture.record({ passId });
      const { state } = await until(
        `the pass of ${name} is over`,
        () => client.passes.show({ passId }),
        (pass) => pass.state === 'sealed' || pass.state === 'failed',
      );
      expect(state).toBe('sealed');
    }
  });
  await using browser = await openBrowser();
  const page = await browser.context.newPage();
  const complaints = listenForComplaints(page);
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const exported = async (key: string) => {
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: patientMs }), press(key)]);
    const path = join(installation.folder, download.suggestedFilename());
    await download.saveAs(path);
    return { name: download.suggestedFilename(), html: await readFile(path, 'utf8') };
  };

  await page.goto((await linkOfRunning(dataDir, 'Ada')) ?? '');
  await page.getByRole('contentinfo').getByText('Ada').waitFor();
  await goTo(page, 'Review');
  await region(page, 'Waiting for review').getByRole('row').filter({ hasText: 'VT-3' }).first().waitFor();
  await press('t');
  await region(page, 'Verdict').getByText('You have it').waitFor();

  const notes = region(page, 'Notes');
  /** Which event is looked at, e.g. "2 of 6 · 25 frames"; nothing where none is. */
  const looked = async () => (await page.getByText(/^\d+ of \d+ · /).allTextContents()).join();
  for (const { title, from, to } of seeded) {
    // What else was found on the way is looked at and left.
    do {
      const before = await looked();
      await press('.');
      await until('the next event is looked at', looked, (now) => now !== before);
    } while (!(await region(page, title).isVisible()));
    const frame = Number(
      /frame (\d+)/.exec(
        (await page
          .getByText(/^frame \d+ from the first frame$/)
          .first()
          .textContent()) ?? '',
      )?.[1],
    );
    expect(frame).toBeGreaterThanOrEqual(from);
    expect(frame).toBeLessThanOrEqual(to);
    await press('n');
    await page.keyboard.type(`Seen: ${title}`);
    await press('Enter');
    await notes.getByText(`Seen: ${title}`).first().waitFor();
    await page.getByRole('form').waitFor({ state: 'detached' });
  }

  // The access copy comes first beside the master, then the other pass.
  await press('b', 'b', 'g');
  const compared = region(page, 'Pass against pass');
  await compared.getByText(/^Choose pass \d \(B\)$/).waitFor({ timeout: patientMs });
  await compared.getByText('Pass B is better').waitFor();
  await compared.getByText('Picture frozen', { exact: true }).waitFor();
  await keepPictures(page, 'review-3-two-passes');

  await press('c');
  await page.keyboard.type('The other playing is better.');
  await press('Enter');
  await region(page, 'Verdict').getByText('The other playing is better.').waitFor();
  await page.getByRole('form').waitFor({ state: 'detached' });

  await press('Shift+b', 'b', 'p');
  const certificate = region(page, 'Certificate');
  await certificate.getByText('not certified yet').waitFor();
  await press('Control+k');
  await page.keyboard.type('Certify the access copy');
  await press('Enter');
  await certificate.getByRole('button', { name: 'Export the certificate' }).waitFor({ timeout: patientMs });
  await keepPictures(page, 'review-4-certificate');
  const paper = await exported('Shift+S');
  const report = await exported('s');

  const [pass] = (await ask(dataDir, (client) => client.passes.list({ tape: 'VT-3' }))).filter(
    ({ passNumber }) => passNumber === 1,
  );
  const passId = pass?.id as NonNullable<typeof pass>['id'];
  const [known] = await ask(dataDir, (client) => client.compare.certificates({ passId }));
  expect(paper.name).toBe('VT-3_p1_certificate.html');
  expect(paper.html).toContain('VT-3_p1');
  expect(paper.html).toContain(known?.masterSha256);
  expect(paper.html).toContain(known?.accessSha256);
  // The recipe made this copy: whatever were called wrong of it would be a false alarm.
  const lines = known?.lines ?? [];
  expect(lines.filter(({ state }) => state === 'failed')).toEqual([]);
  // Its sound is tones, which hardly tell one moment from another.
  expect(verdictOnCopy(lines)).toEqual({ verdict: 'partly-told', notTold: ['drift'] });
  expect(paper.html).toContain(wordVerdict(lines, 'en'));
  expect(paper.html.match(/src="data:image\/png;base64,/g)?.length).toBeGreaterThanOrEqual(2);
  expect(report.name).toBe('VT-3_p1_report.html');
  expect(report.html).toContain('VT-3_p1');
  for (const { title } of seeded) expect(report.html).toContain(title);
  // What people made of it goes with what was measured: the note's words and still, the verdict, who gave it and what it rests on.
  for (const { title } of seeded) expect(report.html).toContain(`Seen: ${title}`);
  expect(report.html).toContain('The other playing is better.');
  expect(report.html).toMatch(/<b>to be captured again<\/b> — Ada, /);
  expect(report.html).toContain('Still of frame');
  for (const { html } of [paper, report]) expect(html).not.toContain(installation.folder);
  const said = await ask(dataDir, (client) => client.review.show({ passId }));
  expect(said).toMatchObject({ outcome: 'capture-again', verdicts: [{ verdict: 'capture-again' }] });
  expect(said.notes).toHaveLength(3);
  expect(complaints).toEqual([]);
});
