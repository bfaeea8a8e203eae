import type { Command } from 'commander';
import type { HelicalClient } from '../attach.ts';
import { dataDirOf, openLogger } from '../settings.ts';
import { noteNewStore, requireStore } from './data-store.ts';
import { createOutput, type Output } from './output.ts';

/** 0 done and good; 1 done, and something is wrong; 2 bad input; 3 the environment lacks something. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What every command is given. */
export interface Cli {
  /** Absolute path of the data folder. */
  dataDir: string;
  /** True when --data or HELICAL_DATA named it. */
  isDataNamed: boolean;
  json: boolean;
  output: Output;
  /** Runs on the one engine of the data folder: the running one, or one of our own. INVALID_INPUT where there is no such folder yet. */
  onEngine<T>(work: (client: HelicalClient) => Promise<T>): Promise<T>;
  /** The same, for commands that a station begins with: where there is no data folder yet it is made, and that is said. */
  onNewEngine<T>(work: (client: HelicalClient) => Promise<T>): Promise<T>;
}

interface GlobalOptions {
  data?: string;
  json?: boolean;
}

/** Makes a commander action of a command's work: what it returns becomes the exit code. */
export function action<Args extends unknown[]>(work: (cli: Cli, ...args: Args) => Promise<ExitCode>) {
  return async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    const cli = cliOf(command.optsWithGlobals<GlobalOptions>());
    process.exitCode = await work(cli, ...(given.slice(0, -1) as Args));
  };
}

function cliOf({ data, json = false }: GlobalOptions): Cli {
  const output = createOutput(json);
  const isDataNamed = data !== undefined || Boolean(process.env.HELICAL_DATA);
  return onDataFolder({ json, output, isDataNamed }, dataDirOf(data));
}

/** The same command on another data folder. */
export function onDataFolder(cli: Pick<Cli, 'json' | 'output' | 'isDataNamed'>, dataDir: string): Cli {
  const { output } = cli;
  const onWaiting = () => output.note('Done; waiting for other commands that use this engine.');
  const run: Cli['onEngine'] = async (work) => {
    // Not every command needs an engine, and loading what reaches one takes a while.
    const { withEngine } = await import('../engine-access.ts');
    return withEngine({ dataDir, logger: openLogger(dataDir), onWaiting }, work);
  };
  return {
    ...cli,
    dataDir,
    async onEngine(work) {
      requireStore(dataDir);
      return run(work);
    },
    async onNewEngine(work) {
      noteNewStore(dataDir, output);
      return run(work);
    },
  };
}
