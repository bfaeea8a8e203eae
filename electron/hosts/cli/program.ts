import { Command } from 'commander';
import { findInstallation } from '../installation.ts';
import { addBatch } from './batch.ts';
import { addBench } from './bench.ts';
import { addCapture } from './capture.ts';
import { addCompare } from './compare.ts';
import { addDemo } from './demo.ts';
import { addDoctor } from './doctor.ts';
import { addFrames } from './frames.ts';
import { addLog } from './log.ts';
import { addPasses } from './passes.ts';
import { addQc } from './qc.ts';
import { addReview } from './review.ts';
import { addServe } from './serve.ts';
import { addSources } from './sources.ts';
import { addStation } from './station.ts';
import { addTapes } from './tapes.ts';
import { addVerify } from './verify.ts';

/** The whole command line: one file per command beside this one. */
export function createProgram(): Command {
  const program = new Command('helical')
    .description('Digitisation workstation for video-art tapes.')
    .version(findInstallation().version)
    .option('--data <dir>', 'data folder: database, log, masters (HELICAL_DATA overrides the default)')
    .option('--json', 'one JSON document on standard output, nothing else there')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for what is possible)')
    .exitOverride();
  // Registered after the settings above, which commander copies to subcommands.
  for (const add of [
    addDoctor,
    addDemo,
    addTapes,
    addSources,
    addCapture,
    addPasses,
    addQc,
    addCompare,
    addFrames,
    addReview,
    addBatch,
    addVerify,
    addLog,
    addStation,
    addServe,
    addBench,
  ]) {
    add(program);
  }
  return program;
}
