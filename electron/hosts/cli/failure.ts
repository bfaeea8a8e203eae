import { ORPCError } from '@orpc/client';
import { CommanderError } from 'commander';
import { helicalErrorData } from '#shared/contract/base.ts';
import { diskFull } from '#shared/domain/disk-full.ts';
import { exitCodeOf, HelicalError } from '#shared/domain/errors.ts';
import type { ExitCode } from './command.ts';

export interface Failure {
  exitCode: ExitCode;
  /** Undefined where it has been said already. */
  message: string | undefined;
}

/** What a command that threw is worth, and what to say: never a stack trace for what a user can understand. */
export function failureOf(thrown: unknown): Failure {
  const error = diskFull(thrown) ?? thrown;
  // Commander has written its own words; only help and version are no mistakes.
  if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? 0 : 2, message: undefined };
  if (error instanceof HelicalError) return { exitCode: exitCodeOf(error.code), message: error.message };
  if (error instanceof ORPCError) {
    const parsed = helicalErrorData.safeParse(error.data);
    if (parsed.success) return { exitCode: exitCodeOf(parsed.data.code), message: error.message };
    return { exitCode: 1, message: error.message };
  }
  const text = error instanceof Error ? error.message : String(error);
  const trace = process.env.HELICAL_TRACE && error instanceof Error ? `\n${error.stack}` : '';
  return {
    exitCode: 1,
    message: `Something went wrong inside Helical: ${text}${trace || ' (HELICAL_TRACE=1 shows where).'}`,
  };
}
