import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { install } from './installation.ts';
import { numbersInMaster, sealedPassOf } from './passes.ts';
import { serve } from './served.ts';
import { counted, shortTape } from './small-tape.ts';
import {
  arm,
  goTo,
  holdToStop,
  open,
  record,
  registerTape,
  statusLine,
  untilCounter,
  untilSealed,
} from './steps.ts';

/** It plays on for as long as a page takes to find its way back, and is stopped then. */
const seconds = 120;

test('an engine killed in mid recording takes its recorder back, and the page finds its way back', async () => {
  await using installation = await install([shortTape(seconds)]);
  const dataDir = join(installation.folder, 'data');
  const first = await serve(installation, { dataDir, role: 'manager' });
  await using browser = await openBrowser();
  const page = await browser.context.newPage();
  await open(page, first.url);
  await registerTape(page, 'VT-1', 'An engine that dies');
  await arm(page, 'VT-1', shortTape(seconds).description);
  await record(page);
  await untilCounter(page, 'Recorded', 50);

  await first.end('SIGKILL');
  const lost = statusLine(page).getByRole('alert');
  await lost.getByText('No link to the engine.').waitFor();
  await lost.getByText('A recording goes on without this window.').waitFor();
  // What was heard last is said to be that, and nobody says how far the log is verified.
  await statusLine(page).getByText('last known').waitFor();
  expect(await statusLine(page).getByText('log verified to').count()).toBe(0);

  await using second = await serve(installation, { dataDir, role: 'manager', port: first.port });
  expect(second.port).toBe(first.port);
  // Sessions end with the engine: the page says that it needs the new link, and takes it without being loaded again.
  await page.getByText('The engine does not know this browser.').waitFor();
  expect(await lost.count()).toBe(1);
  await page.goto(second.url);
  await statusLine(page).getByText('log verified to').waitFor();
  await lost.waitFor({ state: 'detached' });
  await goTo(page, 'Capture');
  await statusLine(page).getByText('Recording VT-1').waitFor();
  await untilCounter(page, 'Recorded', 60);
  await holdToStop(page);
  await untilSealed(page);

  const pass = await sealedPassOf(dataDir, 'VT-1');
  expect(pass).toMatchObject({ droppedFrames: 0, lostFrames: 0, endReason: 'operator' });
  expect(pass.frames).toBeGreaterThanOrEqual(60);
  expect(await numbersInMaster(dataDir, 'VT-1')).toEqual(counted(pass.frames));
  await goTo(page, 'Log');
  await page.getByRole('cell', { name: 'pass.recorder-adopted' }).waitFor();
});
