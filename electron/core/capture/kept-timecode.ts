import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { digestFile } from '#core/essence/digests.ts';
import type { MadeFile } from './derived-files.ts';
import { followedSource } from './followed-timecode.ts';
import { passFiles } from './pass-files.ts';
import { type RecorderRecord, recordedPaths } from './recorder-record.ts';
import { type OfferedTimecode, writeTimecodeFile } from './timecode-file.ts';

/**
 * The file of timecodes of a master that was followed to its end, to be registered; none where nobody offered any. An engine
 * that died right after it had cleared the recorder's list away has left the file: then that one is kept.
 */
export async function keepTimecode(options: {
  record: RecorderRecord;
  recordPath: string;
  frames: number;
  /** What a follower has read in the frames themselves. */
  followedListPath: string;
}): Promise<MadeFile[]> {
  const { record, recordPath, frames } = options;
  const { timecodePath: path } = passFiles(dirname(recordPath), record.base);
  const { frameHashesPath, timecodeListPath } = recordedPaths(record, recordPath);
  const wasMade =
    timecodeListPath !== undefined && !(await isThere(timecodeListPath)) && (await isThere(path));
  if (!wasMade) {
    const offered: OfferedTimecode[] = record.timecode
      ? [{ source: record.timecode.source, listPath: timecodeListPath, first: record.timecode.first }]
      : [];
    offered.push({ source: followedSource(record.essence), listPath: options.followedListPath });
    const timed = await writeTimecodeFile({
      ...{ path, frames, frameHashesPath, offered },
      passId: record.passId,
      rate: record.video.frameRate,
    });
    if (timed === 0) return [];
  }
  return [{ role: 'timecode', path, digests: await digestFile(path) }];
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
