import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { HelicalError } from '#shared/domain/errors.ts';
import { type Attached, attachToHolder, type HelicalClient } from './attach.ts';

/** Starting and ending engines hold the folder for a moment without being reachable. */
const patienceMs = 30_000;

/**
 * Runs `work` on the one engine of a data folder: the running one where there is one, else one of our own, which others
 * can reach meanwhile. Comes back when that engine has ended again.
 * @throws HelicalError ENGINE_RUNNING when the folder is held by an engine that does not answer.
 */
export async function withEngine<T>(
  options: { dataDir: string; logger: Logger; onWaiting?: () => void },
  work: (client: HelicalClient) => Promise<T>,
): Promise<T> {
  const reached = await reachEngine(options);
  try {
    return await work(reached.client);
  } finally {
    await reached.close();
  }
}

async function reachEngine(options: {
  dataDir: string;
  logger: Logger;
  onWaiting?: () => void;
}): Promise<Attached> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const attached = await attachToHolder(options.dataDir);
    if (attached) return attached;
    // A whole engine is loaded where there is none to ask.
    const { ownEngine } = await import('./own-engine.ts');
    try {
      return await ownEngine(options);
    } catch (error) {
      const isHeld = error instanceof HelicalError && error.code === 'ENGINE_RUNNING';
      if (!isHeld || Date.now() > deadline) throw error;
      await wait(50);
    }
  }
}
