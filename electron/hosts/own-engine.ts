import { createRouterClient } from '@orpc/server';
import type { Logger } from 'pino';
import { dataFolder } from '#core/config.ts';
import { type Core, createCore } from '#core/core.ts';
import { writeServiceFile } from '#core/service-file.ts';
import type { Attached, HelicalClient } from './attach.ts';
import { startControl } from './serve.ts';
import { newSecret } from './server/sessions.ts';
import { engineConfig } from './settings.ts';

/**
 * An engine for as long as one caller needs it, which others can reach meanwhile: `close` waits until they are done.
 * @throws HelicalError ENGINE_RUNNING when another engine has the folder, and what opening it throws
 */
export async function ownEngine({
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
