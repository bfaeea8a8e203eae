// A window as a process of its own, for the bench that kills it: holds a link to the engine of a data folder and takes in all that
// a screen is told; where the engine dies it waits for the next one.
import { setTimeout as wait } from 'node:timers/promises';
import { attachToHolder } from '#hosts/attach.ts';

const [dataDir = ''] = process.argv.slice(2);
for (;;) {
  const attached = await attachToHolder(dataDir);
  try {
    for await (const _ of (await attached?.client.live.subscribe()) ?? []);
  } catch {
    // The link breaks when its engine dies: there is nothing to tell, the next one is looked for.
  }
  await wait(50);
}
