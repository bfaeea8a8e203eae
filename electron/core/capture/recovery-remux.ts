import { packetsUpTo } from '#core/ffmpeg/packet-limit.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { isMasterClosed } from './master-closed.ts';
import type { Cut } from './recovery-cut.ts';

/**
 * Writes the first frames and blocks into a new file, with an index: for a head that another release of ffmpeg wrote and that has no
 * room for what is missing. Takes as much room as the tape, and a read and a write of it. HelicalError DISK_FULL or FFMPEG_FAILED.
 */
export async function remux(
  from: string,
  to: string,
  { frames, blocks }: Cut,
  { ffmpegPath }: { ffmpegPath: string },
): Promise<void> {
  const end = await runTool(ffmpegPath, [
    ...['-hide_banner', '-nostdin', '-v', 'error', '-y', '-i', from, '-map', '0', '-c', 'copy'],
    ...['-bsf:v', packetsUpTo(frames), ...(blocks > 0 ? ['-bsf:a', packetsUpTo(blocks)] : [])],
    ...['-max_interleave_delta', '1000000', '-f', 'matroska', to],
  ]);
  if (end.reason === 'finished' && (await isMasterClosed(to))) return;
  const said =
    end.reason === 'finished' ? 'the end of the file is missing' : 'lastError' in end ? end.lastError : '';
  throw new HelicalError(/No space left/.test(said) ? 'DISK_FULL' : 'FFMPEG_FAILED', {
    problem: `The interrupted master could not be written anew: ${said}.`,
    safe: `Everything that was recorded is in ${from}.`,
    remedy: 'Make room on the disk of the masters and recover the pass again.',
  });
}
