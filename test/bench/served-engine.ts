import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { HelicalClient } from '#hosts/attach.ts';
import { attachToHolder } from '#hosts/attach.ts';

/** An engine in served mode, as a user starts it: a process of its own, and a link to it. */
export interface ServedEngine extends AsyncDisposable {
  readonly client: HelicalClient;
  readonly pid: number;
  /** SIGKILL, and resolves once it is gone. */
  kill(): Promise<void>;
}

/** On a machine that is very busy. */
const startsWithinMs = 300_000;

export async function startServedEngine(dataDir: string): Promise<ServedEngine> {
  const entry = fileURLToPath(new URL('../../electron/hosts/cli/main.ts', import.meta.url));
  const saidPath = `${dataDir}.stderr`;
  const said = openSync(saidPath, 'a');
  const engine = spawn(process.execPath, [entry, 'serve', '--data', dataDir], {
    stdio: ['ignore', 'ignore', said],
  });
  closeSync(said);
  const exited = once(engine, 'exit');
  const deadline = Date.now() + startsWithinMs;
  let attached: Awaited<ReturnType<typeof attachToHolder>>;
  while (!attached) {
    if (engine.exitCode !== null || engine.signalCode !== null || Date.now() > deadline) {
      throw new Error(`the engine did not start: ${readFileSync(saidPath, 'utf8').slice(-1000)}`);
    }
    await wait(50);
    attached = await attachToHolder(dataDir);
  }
  const { client, close } = attached;
  return {
    client,
    pid: engine.pid ?? Number.NaN,
    async kill() {
      engine.kill('SIGKILL');
      await exited;
      await close();
    },
    async [Symbol.asyncDispose]() {
      await close();
      engine.kill('SIGTERM');
      await exited;
    },
  };
}
