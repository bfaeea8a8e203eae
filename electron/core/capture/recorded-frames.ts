import { indexBlocks } from '#core/essence/block-index.ts';
import { countEssence } from './essence-count.ts';
import type { Recording } from './pass-session.ts';
import { readRecorder } from './recorder.ts';
import { recordedPaths } from './recorder-record.ts';
import { packetsOf } from './recovery-proof.ts';

/**
 * Frames of a master whose recorder has ended, by the list of hashes, which has a row for each. What the recorder told of itself
 * may be lost (its disk was full, somebody cleared it away) and decides only where there is no list; then the master itself is
 * counted. 0: there is not one frame.
 */
export async function recordedFrames({ record, files }: Recording): Promise<number> {
  const { masterPath, frameHashesPath } = recordedPaths(record, files.recordPath);
  const list = countEssence({
    frameHashesPath,
    audioHashesPath: undefined,
    frameRate: record.video.frameRate,
    sampleRateHz: undefined,
  });
  try {
    await list.read();
  } finally {
    await list.close();
  }
  const hashed = list.counts().frames;
  if (hashed > 0) return hashed;
  const { frames, masterBytes } = await readRecorder(files);
  if (frames > 0 || masterBytes === 0) return frames;
  const index = await indexBlocks(masterPath);
  return index ? packetsOf(index).video : 0;
}
