import { createProgram } from './program.ts';

/**
 * Runs one command. `args`: what follows the program's name. What it is worth becomes the exit code of this process; a failure is said
 * in a sentence on standard error, and never thrown.
 */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  try {
    const program = await createProgram(args);
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    const { failureOf } = await import('./failure.ts');
    const { exitCode, message } = failureOf(error);
    if (message !== undefined) process.stderr.write(`${message}\n`);
    process.exitCode = exitCode;
  }
}
