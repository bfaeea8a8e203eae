import { open } from 'node:fs/promises';
import type { Recording } from './pass-session.ts';
import { recordedPaths } from './recorder-record.ts';

/** What a recorder writes, as seen by whoever waits for its end. */
export interface RecorderOutput {
  /** Bytes of all its files, once the disk has taken them; waits for a disk that stalls. */
  settledBytes(): Promise<number>;
}

/** The output of a recording's recorder. A file that is not there yet, or not any more, has no bytes. */
export function recorderOutput(recording: Recording | undefined): RecorderOutput {
  const paths = recording === undefined ? [] : pathsOf(recording);
  return {
    async settledBytes() {
      const sizes = await Promise.all(paths.map(settledSize));
      return sizes.reduce((sum, size) => sum + size, 0);
    },
  };
}

function pathsOf({ record, files }: Recording): string[] {
  const { masterPath, frameHashesPath, audioHashesPath } = recordedPaths(record, files.recordPath);
  const all = [masterPath, frameHashesPath, audioHashesPath, files.recorderLogPath];
  return all.filter((path) => path !== undefined);
}

async function settledSize(path: string): Promise<number> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    await file.datasync();
    return size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
