import type { Shell, ShellOptions } from './driver.ts';
import { electronBinary, startElectron } from './electron-driver.ts';
import { startStandIn } from './stand-in-driver.ts';

/** True where a real Electron is installed: then it is what the specs run on. */
export const isRealElectron = electronBinary() !== undefined && process.env.HELICAL_SHELL !== 'stand-in';

/** Starts the built shell. */
export function startShell(options: ShellOptions): Promise<Shell> {
  return isRealElectron ? startElectron(options) : startStandIn(options);
}
