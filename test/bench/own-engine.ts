import pino from 'pino';
import { createCore } from '#core/core.ts';
import type { HelicalClient } from '#hosts/attach.ts';
import { localClient } from '#hosts/own-engine.ts';
import { engineConfig } from '#hosts/settings.ts';

/** A whole engine in this process, called over the contract without a wire. */
export async function ownEngine(dataDir: string): Promise<{ client: HelicalClient } & AsyncDisposable> {
  const logger = pino({ level: 'silent' });
  const core = await createCore(engineConfig({ dataDir, host: 'cli', logger }));
  return { client: localClient(core), [Symbol.asyncDispose]: () => core.close() };
}
