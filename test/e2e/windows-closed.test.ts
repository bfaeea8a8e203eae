import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { install } from './installation.ts';
import { numbersInMaster, passOf, sealedPassOf } from './passes.ts';
import { serve } from './served.ts';
import { counted, shortTape } from './small-tape.ts';
import { arm, open, record, registerTape, untilCounter } from './steps.ts';

const seconds = 10;

test('a recording does not notice that its windows are closed and the browser is killed', async () => {
  await using installation = await install([shortTape(seconds)]);
  const dataDir = join(installation.folder, 'data');
  await using served = await serve(installation, { dataDir, role: 'manager' });
  await using browser = await openBrowser();
  const page = await browser.context.newPage();
  await open(page, served.url);
  await registerTape(page, 'VT-1', 'Closed windows');
  await arm(page, 'VT-1', shortTape(seconds).description);
  await record(page);
  await untilCounter(page, 'Recorded', 25);
  const another = await browser.context.newPage();
  await another.goto(served.url);
  for (const window of browser.context.pages()) await window.close();
  await browser.kill();

  // The tape has to be running when the browser is gone, or this proves nothing.
  const begun = await passOf(dataDir, 'VT-1');
  expect(begun).toMatchObject({ state: 'recording' });

  const pass = await sealedPassOf(dataDir, 'VT-1');
  expect(pass).toMatchObject({ frames: seconds * 25, droppedFrames: 0, endReason: 'source-ended' });
  expect(await numbersInMaster(dataDir, 'VT-1')).toEqual(counted(seconds * 25));
});
