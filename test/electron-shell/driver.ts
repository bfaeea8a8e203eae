import type { Page } from 'playwright-core';
import type * as Electron from './stand-in/modules.ts';

export type ElectronModule = typeof Electron;

/** A running shell, whichever Electron is under it. */
export interface Shell {
  /** Runs in main. The function is sent as text: it sees its arguments and nothing else. */
  inMain<Result, Argument = undefined>(
    run: (electron: ElectronModule, argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result>;
  /** The first window's page. */
  page(): Promise<Page>;
  /** Resolves to main's exit code when it has ended. */
  ended: Promise<number | null>;
  /** Ends it, however it stands. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface ShellOptions {
  dataDir: string;
  /** Profile of the app, which holds the single-instance lock. */
  userDataDir: string;
}
