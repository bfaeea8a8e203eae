import type { ChildProcess } from 'node:child_process';
import type { Shell, ShellOptions } from './driver.ts';
import { electronBinary, startElectron, startElectronProgram } from './electron-driver.ts';
import { startStandIn, startStandInProgram } from './stand-in-driver.ts';

/** True where a real Electron is installed: then it is what the specs run on. */
export const isRealElectron = electronBinary() !== undefined && process.env.HELICAL_SHELL !== 'stand-in';

/** Starts the built shell. */
export function startShell(options: ShellOptions): Promise<Shell> {
  return isRealElectron ? startElectron(options) : startStandIn(options);
}

/** Starts the same program with arguments, for callings that open no window to drive. */
export function startProgram(
  args: readonly string[],
  options: ShellOptions,
  output: 'inherit' | 'pipe',
): ChildProcess {
  return isRealElectron
    ? startElectronProgram(args, options, output)
    : startStandInProgram(args, options, output);
}
