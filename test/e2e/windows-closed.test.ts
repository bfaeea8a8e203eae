import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask } from './ask.ts';
import { openBrowser } from './browser.ts';
import { install } from './installation.ts';
import { numbersInMaster, passOf, sealedPassOf } from './passes.ts';
import { serve } from './served.ts';
import { counted, shortTape } from './small-tape.ts';
import { arm, open, record, registerTape, untilCounter } from './steps.ts';
import { until } from './until.ts';

/** It plays on for as long as a browser takes to be gone, and is stopped then. */
const seconds = 120;

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

  const { id: passId, state } = await passOf(dataDir, 'VT-1');
  expect(state).toBe('recording');
  const frames = async () => (await ask(dataDir, (client) => client.capture.sessions()))[0]?.frames ?? 0;
  const before = await frames();
  await until('a second is recorded with no window', frames, (now) => now >= before + 25);
  await ask(dataDir, (client) => client.capture.stop({ passId }));

  const pass = await sealedPassOf(dataDir, 'VT-1');
  expect(pass).toMatchObject({ droppedFrames: 0, endReason: 'operator' });
  expect(pass.frames).toBeGreaterThanOrEqual(before + 25);
  expect(await numbersInMaster(dataDir, 'VT-1')).toEqual(counted(pass.frames));
});
