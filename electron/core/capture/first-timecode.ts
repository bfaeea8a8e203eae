import { createReadStream } from 'node:fs';
import { createTimecodeListReader, type ListedTimecode } from '#core/ffmpeg/timecode-list.ts';
import { type RecorderRecord, recordedPaths } from './recorder-record.ts';
import { fillTimecodeTag } from './timecode-tag.ts';

/** The first entry is within the first bytes of a list. */
const headBytes = 4096;

/**
 * Puts the first frame's timecode into the master's tag, where it became known only while the master was recorded. The master
 * is closed, or mended, and nobody has taken its digest yet. A value that came later than with frame 0 is no start timecode.
 */
export async function fillFirstTimecode(record: RecorderRecord, recordPath: string): Promise<void> {
  if (!isLeftOpen(record.timecode)) return;
  const { masterPath, timecodeListPath } = recordedPaths(record, recordPath);
  const first = timecodeListPath === undefined ? undefined : await firstOf(timecodeListPath);
  await fillTimecodeTag(masterPath, first?.frame === 0 ? first.timecode : undefined);
}

/** Whether the recorder is to leave room for a timecode that it does not know yet. */
export function isLeftOpen(timecode: RecorderRecord['timecode']): boolean {
  return timecode?.list != null && timecode.first === null;
}

async function firstOf(path: string): Promise<ListedTimecode | undefined> {
  let first: ListedTimecode | undefined;
  const reader = createTimecodeListReader((listed) => {
    first ??= listed;
  });
  try {
    for await (const piece of createReadStream(path, { encoding: 'latin1', end: headBytes - 1 })) {
      reader.write(piece as string);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return first;
}
