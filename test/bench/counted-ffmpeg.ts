import { runTool } from '#core/ffmpeg/run.ts';

/**
 * Runs ffmpeg in valgrind and counts the instructions of all its threads: the same twice over, however busy the machine is. What
 * the kernel does for it is not counted. Undefined where there is no valgrind; throws where ffmpeg does not end well.
 */
export async function countedFfmpeg(
  ffmpegPath: string,
  args: readonly string[],
): Promise<number | undefined> {
  const counter = ['--tool=callgrind', '--callgrind-out-file=/dev/null'];
  const end = await runTool('valgrind', [...counter, ffmpegPath, ...args]);
  if (end.reason === 'missing') return undefined;
  const counted = 'stderrTail' in end ? /Collected\s*:\s*(\d+)/.exec(end.stderrTail) : null;
  if (end.reason !== 'finished' || !counted) {
    throw new Error(`ffmpeg in valgrind ${end.reason}: ${'lastError' in end ? end.lastError : ''}`);
  }
  return Number(counted[1]);
}
