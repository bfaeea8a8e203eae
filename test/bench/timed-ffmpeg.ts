import { runTool } from '#core/ffmpeg/run.ts';

/** What one run of a program cost. */
export interface Cost {
  /** User and system time of all its threads, in seconds, as the kernel counted it (`getrusage`). */
  cpuS: number;
  wallS: number;
}

/**
 * Runs ffmpeg and reads its own account of what it used (`-benchmark`, printed when it ends). Throws where it does not end well.
 * @param cwd folder that relative output names are meant in
 */
export async function timedFfmpeg(ffmpegPath: string, args: readonly string[], cwd?: string): Promise<Cost> {
  const end = await runTool(ffmpegPath, ['-benchmark', ...talkative(args)], { cwd });
  if (end.reason !== 'finished') {
    throw new Error(`ffmpeg ${end.reason}: ${'lastError' in end ? end.lastError : ''} (${args.join(' ')})`);
  }
  return costOf(end.stderrTail);
}

/** Reads `bench: utime=4.113s stime=0.212s rtime=4.411s`. */
export function costOf(stderr: string): Cost {
  const found = /bench: utime=([\d.]+)s stime=([\d.]+)s rtime=([\d.]+)s/.exec(stderr);
  if (!found) throw new Error(`ffmpeg gave no account of its time: ${stderr.slice(-300)}`);
  const [, user, system, real] = found.map(Number);
  return { cpuS: (user ?? Number.NaN) + (system ?? Number.NaN), wallS: real ?? Number.NaN };
}

/** The account is printed at level `info`. */
function talkative(args: readonly string[]): string[] {
  return args.map((arg, at) => (args[at - 1] === '-v' ? 'info' : arg));
}
