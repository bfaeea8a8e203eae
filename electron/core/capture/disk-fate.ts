import { access } from 'node:fs/promises';
import { readTail } from './file-tail.ts';
import type { PassFiles } from './pass-files.ts';

const tailBytes = 64 * 1024;
/** ffmpeg's words where an output could not be written; those of 5, 6 and later differ. */
const writeErrors =
  /(?:Error closing file [^\n]*|Error writing trailer[^\n]*|av_interleaved_write_frame\(\)|Error submitting a packet to the muxer|Error muxing a packet): ([^\n]+)/g;

/** Nothing is wrong with a disk that is merely full (or holds no file so large): mending writes a few kilobytes into it. */
const fullErrors = /No space left on device|Disk quota exceeded|File too large/i;

/** What the disk of the masters did to a recorder that ended. */
export interface DiskFate {
  /** `away`: the folder is not in its place. `full`: healthy. `failed`: it may be dying, and the master on it is the only one. */
  kind: 'away' | 'full' | 'failed';
  /** A sentence for people. */
  message: string;
}

/** What the disk of the masters did to a recorder that ended; undefined where it did nothing. */
export async function fateOfDisk(files: PassFiles): Promise<DiskFate | undefined> {
  if (!(await isInPlace(files))) {
    const message = `The folder of this master is not in its place: ${files.folder}. What was recorded is on the disk that was there.`;
    return { kind: 'away', message };
  }
  const log = await readTail(files.recorderLogPath, tailBytes);
  const said = [...(log?.text ?? '').matchAll(writeErrors)].map(([, why]) => why?.trim());
  const why = said.find((one) => one !== undefined && !/^(?:Immediate exit|Broken pipe)/.test(one));
  if (why === undefined) return undefined;
  const message = `The disk of the masters does not take any more: ${why}.`;
  return { kind: fullErrors.test(why) ? 'full' : 'failed', message };
}

/** False where the folder of a pass was moved, or its disk is not there any more: every pass has its record in it. */
export async function isInPlace({ recordPath }: Pick<PassFiles, 'recordPath'>): Promise<boolean> {
  return access(recordPath).then(
    () => true,
    () => false,
  );
}
