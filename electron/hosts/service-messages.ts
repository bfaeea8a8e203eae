import type { ErrorSentence } from '#shared/domain/errors.ts';

/** What the shell says to the engine's process. Ports for pages come with `port`, one each. */
export type ToService =
  | {
      kind: 'open';
      /** Program and arguments that start the simulator's player; the job file is added. */
      playerCommand: [string, ...string[]];
    }
  | { kind: 'port' }
  /** Ends the engine; recorders go on. */
  | { kind: 'close' };

/** What the engine's process says to the shell. */
export type FromService =
  | ({ kind: 'ready' } & MediaAddress)
  /** The engine could not start, for a reason that a user can understand; the process ends by itself. */
  | { kind: 'refused'; sentence: ErrorSentence };

/** Where the engine gives out bytes: a port of this machine's loopback, and the word that opens it. */
export interface MediaAddress {
  port: number;
  token: string;
}
