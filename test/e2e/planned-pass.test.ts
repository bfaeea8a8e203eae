import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RecipeInput } from '#core/devices/simulator/recipe.ts';
import { keepPictures } from './artefacts.ts';
import { ask } from './ask.ts';
import { listenForComplaints, openBrowser } from './browser.ts';
import { install } from './installation.ts';
import { serve } from './served.ts';
import { smallTape } from './small-tape.ts';
import { goTo, open, record, registerTape, transport, untilSealed } from './steps.ts';
import { patientMs, until } from './until.ts';

/** Two seconds of black, a programme with a jump of its timecode, and then nothing but black without sound. */
const planned: RecipeInput = {
  ...smallTape,
  name: 'planned-pal',
  description: 'A tape that runs out',
  segments: [
    { content: 'black', seconds: 2, sound: 'silence' },
    { content: 'scene', seconds: 4 },
    { content: 'black', seconds: 600, sound: 'silence' },
  ],
  faults: [{ kind: 'timecode-break', atSeconds: 4, frames: 5000, jumpFrames: 1000 }],
};

test.concurrent('a pass that was planned on the screen starts and ends by itself, and is chosen as the tape’s master', async () => {
  await using installation = await install([planned]);
  const dataDir = join(installation.folder, 'data');
  await using served = await serve(installation, { dataDir, role: 'manager' });
  await using browser = await openBrowser();
  const page = await browser.context.newPage();
  const complaints = listenForComplaints(page);
  await open(page, served.url);
  await registerTape(page, 'VT-7', 'Runs out');

  await goTo(page, 'Capture');
  const setup = page.getByRole('region', { name: 'New pass' });
  await setup.getByRole('combobox', { name: 'Tape' }).fill('VT-7');
  await page.getByRole('option', { name: 'VT-7' }).click();
  await setup.getByLabel('Source').selectOption({ label: 'Simulated deck' });
  await setup.getByLabel('Input').selectOption({ label: planned.description });
  await setup.getByText('Start, stop and segment').click();
  await setup.getByLabel('The programme starts on').selectOption({ label: 'the first second of picture' });
  const tapeEnd = setup.getByLabel('Stop at the tape’s end after (seconds)');
  await tapeEnd.fill('soon');
  await setup.getByText('At least 1 second, or nothing.').waitFor();
  expect(await setup.getByRole('button', { name: 'Arm' }).isDisabled()).toBe(true);
  await tapeEnd.fill('3');
  await keepPictures(page, 'plan-1-setup');
  await setup.getByRole('button', { name: 'Arm' }).click();
  await record(page);
  await transport(page)
    .getByRole('group', { name: 'Tape timecode' })
    .getByText(/^10:00:\d\d:\d\d$/)
    .waitFor({ timeout: patientMs });
  await page.getByText('The timecode broke').first().waitFor({ timeout: patientMs });
  await keepPictures(page, 'plan-2-alarm');
  await untilSealed(page);

  const [pass] = await ask(dataDir, (client) => client.passes.list({ tape: 'VT-7' }));
  expect(pass).toMatchObject({ state: 'sealed', endReason: 'tape-end', droppedFrames: 0 });
  // The programme begins with its first frame; a second of it has to be seen first.
  expect(Math.abs((pass?.programmeStartFrame ?? 0) - 50)).toBeLessThanOrEqual(2);
  // Nothing is trimmed: the run-up before it and the three seconds that told of the end are in the master.
  expect(pass?.frames).toBeGreaterThanOrEqual(225);
  expect(pass?.timecodeBreaks).toMatchObject([{ frame: 100, kind: 'gap', after: '10:00:44:00' }]);

  await goTo(page, 'Tapes');
  await page.getByRole('table', { name: 'Tapes' }).getByRole('link', { name: 'VT-7' }).click();
  await page.getByText('programme from 00:00:0').waitFor();
  await page.getByText('Tape timecode: 1 break').click();
  await page.getByText('10:00:03:24 → 10:00:44:00').waitFor();
  await page.getByLabel('Reason').fill('The whole programme is on it');
  await page.getByRole('button', { name: 'Choose as master' }).click();
  await page.getByText('master of the tape', { exact: true }).waitFor();
  await keepPictures(page, 'plan-3-tape');
  expect(complaints).toEqual([]);
});

test.concurrent('the station is tested from its screen, and the certificate says every figure with its limits', async () => {
  const bars: RecipeInput = {
    ...smallTape,
    name: 'bars-pal',
    description: 'Bars, tone and clapper',
    raster: { width: 384, height: 288 },
    segments: [{ content: 'station-test', seconds: 600 }],
    faults: [],
  };
  await using installation = await install([bars]);
  const dataDir = join(installation.folder, 'data');
  await using served = await serve(installation, { dataDir, role: 'technician' });
  await using browser = await openBrowser();
  const page = await browser.context.newPage();
  const complaints = listenForComplaints(page);
  await open(page, served.url);
  await goTo(page, 'Station');
  const panel = page.getByRole('region', { name: 'Self-test' });
  await panel.getByText('No self-test yet.').waitFor();
  await panel.getByLabel('Source').selectOption({ label: 'Simulated deck: Bars, tone and clapper' });
  await panel.getByLabel('Length (seconds)').fill('8');
  await panel.getByRole('button', { name: 'Test the station' }).click();
  await panel.getByRole('row', { name: /White level/ }).waitFor({ timeout: 2 * patientMs });
  await keepPictures(page, 'station-test');
  const [said] = await until(
    'the certificate is there',
    () => ask(dataDir, (client) => client.station.certificates()),
    (all) => all.length === 1,
  );
  // What a busy machine's disk does just now is not what this is about.
  const wrong = said?.certificate.checks.filter(({ ok, id }) => !ok && id !== 'disk-write');
  expect(wrong).toEqual([]);
  expect(await panel.getByRole('row').count()).toBeGreaterThanOrEqual(25);
  expect(complaints).toEqual([]);
});
