import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import type { Installation } from './installation.ts';

export interface ServeOptions {
  dataDir: string;
  role: 'reviewer' | 'technician' | 'manager';
  /** 0 or left out: any that is free. */
  port?: number;
}

/** A served workstation, as a process of its own. */
export interface Served {
  /** The address with its one-time token. */
  url: string;
  port: number;
  pid: number;
  /** Ends it with this signal and waits until it is gone. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const mainOf = ({ rootDir }: Pick<Installation, 'rootDir'>) =>
  join(rootDir, 'electron', 'hosts', 'cli', 'main.ts');

/** Starts `helical serve` and reads its address. Throws with what it said when it ends before. */
export async function serve(
  installation: Pick<Installation, 'rootDir'>,
  options: ServeOptions,
): Promise<Served> {
  const { dataDir, role, port = 0 } = options;
  const child = spawn(
    process.execPath,
    [mainOf(installation), '--data', dataDir, 'serve', '--role', role, '--port', String(port)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = once(child, 'exit');
  const address = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(() => undefined),
  ])) as [string] | undefined;
  if (!address) throw new Error(`helical serve ended (${child.exitCode ?? child.signalCode}): ${said}`);
  const [url] = address;
  const end = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (isRunning(child)) child.kill(signal);
    await ended;
  };
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid as number,
    end,
    [Symbol.asyncDispose]: () => end(),
  };
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

/** Runs one command of `helical` and returns its exit code and its one JSON document. */
export async function helical(installation: Installation, ...args: string[]) {
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [mainOf(installation), '--json', ...args],
    { reject: false, stdin: 'ignore' },
  );
  return { exitCode, result: stdout === '' ? undefined : JSON.parse(stdout), stderr };
}
