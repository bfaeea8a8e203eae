import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HelicalClient } from '#hosts/attach.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { type ServedEngine, startServedEngine } from '../served-engine.ts';
import type { Victim } from './kill-plan.ts';

/** A station whose processes can be killed one by one, and are replaced. */
export interface StationProcesses extends AsyncDisposable {
  client(): HelicalClient;
  /**
   * SIGKILL to all of them in the same moment; engine and window come back afterwards, the follower is the engine's to replace.
   * @returns those that were there to be killed: a follower may be between two lives
   */
  kill(victims: readonly Victim[], recorderPid: number): Promise<Victim[]>;
}

/** Starts an engine in served mode and a window on it. Needs /proc, to find the follower. */
export async function startStationProcesses(dataDir: string): Promise<StationProcesses> {
  if (!existsSync('/proc/self/stat')) {
    throw new HelicalError('INVALID_INPUT', 'This bench finds followers in /proc, which only Linux has.');
  }
  let engine: ServedEngine = await startServedEngine(dataDir);
  let window = startWindow(dataDir);
  return {
    client: () => engine.client,
    async kill(victims, recorderPid) {
      const follower = victims.includes('follower') ? followerOf(engine.pid, recorderPid) : undefined;
      const killed = victims.filter((victim) => victim !== 'follower' || follower !== undefined);
      if (killed.includes('recorder')) process.kill(recorderPid, 'SIGKILL');
      if (follower !== undefined) process.kill(follower, 'SIGKILL');
      const ends: Promise<unknown>[] = [];
      if (killed.includes('engine')) ends.push(engine.kill());
      if (killed.includes('window')) ends.push(ended(window, 'SIGKILL'));
      await Promise.all(ends);
      if (killed.includes('engine')) engine = await startServedEngine(dataDir);
      if (killed.includes('window')) window = startWindow(dataDir);
      return killed;
    },
    async [Symbol.asyncDispose]() {
      await ended(window, 'SIGTERM');
      await engine[Symbol.asyncDispose]();
    },
  };
}

function startWindow(dataDir: string): ChildProcess {
  const entry = fileURLToPath(new URL('./window-process.ts', import.meta.url));
  return spawn(process.execPath, [entry, dataDir], { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** The engine's child that decodes what is recorded: it works in the follower's folder. */
function followerOf(enginePid: number, recorderPid: number): number | undefined {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === recorderPid) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(parent) !== enginePid || state === 'Z') continue;
      if (readlinkSync(`/proc/${name}/cwd`).endsWith('/work')) return Number(name);
    } catch (error) {
      // It ended meanwhile.
      if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  return undefined;
}
