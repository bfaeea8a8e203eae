import { setTimeout as wait } from 'node:timers/promises';
import { createRouterClient } from '@orpc/server';
import type { Logger } from 'pino';
import { dataFolder } from '#core/config.ts';
import { type Core, createCore } from '#core/core.ts';
import { lockHolder } from '#core/engine-lock.ts';
import { readServiceFile, writeServiceFile } from '#core/service-file.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { type Attached, attach, type HelicalClient } from './attach.ts';
import { startControl } from './serve.ts';
import { newSecret } from './server/sessions.ts';
import { engineConfig } from './settings.ts';

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
    try {
      return await ownEngine(options);
    } catch (error) {
      const isHeld = error instanceof HelicalError && error.code === 'ENGINE_RUNNING';
      if (!isHeld) throw error;
      const attached = await attachToHolder(options.dataDir);
      if (attached) return attached;
      if (Date.now() > deadline) throw error;
      await wait(50);
    }
  }
}

/** A service file may be left over from an engine that was killed: it counts when it is of the lock's holder. */
export async function attachToHolder(dataDir: string): Promise<Attached | undefined> {
  const folder = dataFolder(dataDir);
  const service = readServiceFile(folder.servicePath);
  const holder = await lockHolder(folder.lockPath);
  return service && holder?.pid === service.pid ? attach(service) : undefined;
}

async function ownEngine({
  dataDir,
  logger,
  onWaiting,
}: {
  dataDir: string;
  logger: Logger;
  onWaiting?: () => void;
}): Promise<Attached> {
  await using opened = new AsyncDisposableStack();
  const core = await createCore(engineConfig({ dataDir, host: 'cli', logger }));
  opened.defer(() => core.close());
  const token = newSecret();
  const control = await startControl(core, token, logger);
  opened.defer(() => control.close());
  const service = { port: control.port, token, pid: process.pid, secure: false };
  const serviceFile = writeServiceFile(dataFolder(dataDir).servicePath, service);
  opened.use(serviceFile);
  const resources = opened.move();
  return {
    client: localClient(core),
    async close() {
      // Nobody new finds us; those who are here finish first.
      serviceFile[Symbol.dispose]();
      const timer = setTimeout(() => onWaiting?.(), 1000);
      await control.whenEmpty();
      clearTimeout(timer);
      await resources.disposeAsync();
    },
  };
}

/** The contract without a wire. */
export function localClient(core: Pick<Core, 'router' | 'context'>): HelicalClient {
  return createRouterClient(core.router, { context: core.context('local') });
}
