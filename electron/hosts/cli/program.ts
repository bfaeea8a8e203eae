import { Command } from 'commander';
import { findInstallation } from '../installation.ts';

type Add = (program: Command) => void;

/** Every command by its name, in the order of the help: loading all of them takes longer than most of them run. */
const commands: Record<string, () => Promise<Add>> = {
  doctor: async () => (await import('./doctor.ts')).addDoctor,
  demo: async () => (await import('./demo.ts')).addDemo,
  tapes: async () => (await import('./tapes.ts')).addTapes,
  sources: async () => (await import('./sources.ts')).addSources,
  capture: async () => (await import('./capture.ts')).addCapture,
  passes: async () => (await import('./passes.ts')).addPasses,
  qc: async () => (await import('./qc.ts')).addQc,
  compare: async () => (await import('./compare.ts')).addCompare,
  frames: async () => (await import('./frames.ts')).addFrames,
  review: async () => (await import('./review.ts')).addReview,
  batch: async () => (await import('./batch.ts')).addBatch,
  verify: async () => (await import('./verify.ts')).addVerify,
  log: async () => (await import('./log.ts')).addLog,
  station: async () => (await import('./station.ts')).addStation,
  serve: async () => (await import('./serve.ts')).addServe,
  bench: async () => (await import('./bench.ts')).addBench,
};

/**
 * The command line (one file per command beside this one) as far as `args`, what follows the program's name, need it: the command that they
 * name, or the whole where they name none of them, as for help and for the suggestion after a misspelt one.
 * @throws CommanderError as parsing does
 */
export async function createProgram(args: readonly string[]): Promise<Command> {
  const program = new Command('helical')
    .description('Digitisation workstation for video-art tapes.')
    .version(findInstallation().version)
    .option('--data <dir>', 'data folder: database, log, masters (HELICAL_DATA overrides the default)')
    .option('--json', 'one JSON document on standard output, nothing else there')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for what is possible)')
    .exitOverride();
  // Commander tells a command from the value of an option that stands before it.
  const [named = ''] = program.parseOptions([...args]).operands;
  const one = Object.hasOwn(commands, named) ? commands[named] : undefined;
  const adding = await Promise.all((one ? [one] : Object.values(commands)).map((load) => load()));
  // Registered after the settings above, which commander copies to subcommands.
  for (const add of adding) add(program);
  return program;
}
