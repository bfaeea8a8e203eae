// Takes the pictures of the README from the real thing: node_modules/.bin/node test/e2e/take-pictures.ts
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { ask } from './ask.ts';
import { openBrowser } from './browser.ts';
import { install, shippedRecipe } from './installation.ts';
import { theRegister } from './register-of-pictures.ts';
import { serve } from './served.ts';
import { arm, goTo, holdToStop, open, record, transport, untilCounter, untilSealed } from './steps.ts';
import { patientMs, until } from './until.ts';

const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const size = { width: 1440, height: 900 };

/** Rasters, largest first: the picture is taken in the first that this machine holds in real time now. */
const rasters = [
  { width: 720, height: 576 },
  { width: 480, height: 384 },
  { width: 360, height: 288 },
] as const;

await mkdir(folder, { recursive: true });
const shipped = await shippedRecipe('troubled-pal');
const recipes = rasters.map((raster) => ({
  ...shipped,
  name: `tape-${raster.width}`,
  description: `A PAL tape with one of every fault, ${raster.width} × ${raster.height}`,
  raster,
}));
/** The same tape, played again with clean heads: what was on the tape is there again, what the first playing did is not. */
const again = recipes.map((recipe) => ({
  ...recipe,
  name: `${recipe.name}-again`,
  description: `${recipe.description}, played again`,
  pace: 'unpaced' as const,
  faults: (recipe.faults ?? []).filter(({ kind }) => kind !== 'dropout' && kind !== 'head-clog'),
}));
await using installation = await install([...recipes, ...again]);
const dataDir = join(installation.folder, 'data');
await using served = await serve(installation, { dataDir, role: 'manager' });
await using browser = await openBrowser(size);
const page = await browser.context.newPage();
await open(page, served.url);

await ask(dataDir, async (client) => {
  for (const tape of theRegister) await client.tapes.register(tape);
});
const tape = 'VT-1974-031';
const recipe = await heldNow();
await arm(page, tape, recipe.description);
await record(page);
await untilCounter(page, 'Recorded', 25 * 9);
await transport(page).getByRole('button', { name: 'Mark' }).click();
await untilCounter(page, 'Recorded', 25 * 34.5);
await take('capture');
await untilCounter(page, 'Recorded', 25 * 41);
await holdToStop(page);
await untilSealed(page);
await take('sealed');

await goTo(page, 'Review');
await page.getByRole('region', { name: 'Passes' }).getByRole('link', { name: tape }).click();
await page.getByRole('img', { name: 'frame 0', exact: true }).waitFor({ timeout: patientMs });
await page.keyboard.type('560');
await page.keyboard.press('Enter');
await page.getByRole('img', { name: 'frame 560', exact: true }).waitFor({ timeout: patientMs });
await take('review');

await ask(dataDir, async (client) => {
  const { passId } = await client.capture.arm({
    tape,
    source: `simulator:${recipe.name}-again`,
    anyway: true,
  });
  await client.capture.record({ passId });
  await until(
    'the second pass is sealed',
    () => client.passes.show({ passId }),
    ({ state }) => state === 'sealed',
  );
});
await goTo(page, 'Review');
await page
  .getByRole('region', { name: 'Waiting for review' })
  .getByRole('link', { name: tape })
  .first()
  .waitFor();
await take('queue');
await page.getByRole('region', { name: 'Passes' }).getByRole('link', { name: tape }).last().click();
await page.getByRole('combobox', { name: 'B', exact: true }).selectOption({ label: 'pass 2' });
await page.keyboard.press('g');
await page.getByText(/^Choose pass/).waitFor({ timeout: patientMs });
await page.keyboard.type('285');
await page.keyboard.press('Enter');
await page.getByRole('img', { name: 'B: frame 285', exact: true }).waitFor({ timeout: patientMs });
await take('compare');

await goTo(page, 'Batches');
const form = page.getByRole('region', { name: 'New batch' });
await form.getByLabel('Name').fill('Delivery 2026-11');
await form.getByRole('checkbox', { name: tape }).check();
await form.getByRole('button', { name: 'Make batch' }).click();
await page.getByRole('region', { name: 'Before exporting' }).getByRole('button', { name: 'Export' }).click();
await page
  .getByRole('region', { name: 'Packages' })
  .getByRole('cell', { name: 'whole' })
  .waitFor({ timeout: patientMs });
await take('batches');

await goTo(page, 'Log');
await page.getByRole('button', { name: 'Verify the chain' }).click();
await page.getByRole('status').getByText('The chain is whole').waitFor();
await take('log');

await goTo(page, 'Station');
await page
  .getByRole('region', { name: 'What this machine can do' })
  .getByText('Database (SQLite)', { exact: true })
  .waitFor({ timeout: patientMs });
await take('station');

await goTo(page, 'Tapes');
await page.getByRole('table', { name: 'Tapes' }).getByText('Packaged').first().waitFor();
await take('tapes');

async function take(name: string): Promise<void> {
  await settled(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  process.stdout.write(`${name}.png\n`);
}

/** The first tape whose raster this machine holds. */
async function heldNow() {
  for (const recipe of recipes) {
    const { fits, message } = await ask(dataDir, (client) =>
      client.capture.budget({ source: `simulator:${recipe.name}`, durationS: 120 }),
    );
    process.stdout.write(`${recipe.name}: ${message}\n`);
    if (fits) return recipe;
  }
  throw new Error('this machine holds none of the rasters now');
}

/** Every request has been answered and everything that moves has come to rest. */
async function settled(shown: Page): Promise<void> {
  await shown.evaluate(() => document.fonts.ready);
  await shown.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
}
