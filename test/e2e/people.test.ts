import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linkOfRunning } from '#hosts/fresh-link.ts';
import { keepPictures } from './artefacts.ts';
import { ask } from './ask.ts';
import { listenForComplaints, openBrowser } from './browser.ts';
import { install } from './installation.ts';
import { serve } from './served.ts';
import { smallTape } from './small-tape.ts';
import { open, statusLine } from './steps.ts';

test('a fresh station asks who works there; whoever sits down signs, also after the page is loaded again', async () => {
  await using installation = await install([smallTape]);
  const dataDir = join(installation.folder, 'data');
  await using served = await serve(installation, { dataDir, role: 'manager' });
  await using browser = await openBrowser();
  const page = await browser.context.newPage();
  const complaints = listenForComplaints(page);
  await open(page, served.url);

  await page.getByRole('main').getByRole('link', { name: 'Say who works here' }).click();
  const people = page.getByRole('region', { name: 'People', exact: true });
  await people.getByText(/Only the account/).waitFor();
  await people.getByLabel('Name').fill('Ada Maes');
  await page.keyboard.press('Enter');
  await people.getByText('Ada Maes was added.').waitFor();
  await people.getByText(/Only the account/).waitFor({ state: 'detached' });
  await keepPictures(page, 'people-1-added');
  // Every window begins with the account: until somebody sits down, the status line asks.
  await statusLine(page).getByText('◆ Who sits here?').waitFor();
  await people.getByRole('button', { name: 'Sit here Ada Maes' }).click();
  await statusLine(page).getByText('◆ Who sits here?').waitFor({ state: 'detached' });
  await statusLine(page).getByText('Ada Maes').waitFor();
  await people.getByText('Signed here by Ada Maes, reviewer').waitFor();
  // A reviewer adds nobody, and the window is still the station's: anyone can sit down in her place.
  await people.getByText('A manager adds people.').waitFor();
  await page.reload();
  await statusLine(page).getByText('Ada Maes').waitFor();
  const log = await ask(dataDir, (client) => client.log.list({ type: 'person.seated' }));
  expect(log.total).toBe(1);

  await page.keyboard.press('Alt+p');
  await people.getByRole('button', { name: /^Sit here/ }).click();
  await statusLine(page).getByText('manager').waitFor();

  // A link that was made for one person stays theirs.
  const own = await (await browser.context.browser()?.newContext())?.newPage();
  if (!own) throw new Error('no second browser');
  await open(own, `${await linkOfRunning(dataDir, 'Ada Maes')}`);
  await own.keyboard.press('Alt+p');
  await own.getByText('The link of this window was made for one person, who alone signs here.').waitFor();
  expect(await own.getByRole('button', { name: /^Sit here/ }).count()).toBe(0);
  expect(complaints).toEqual([]);
});
