import { type DigestOptions, digestFile, type FileDigests } from './digests.ts';
import { type Ffv1Facts, readFfv1Track } from './ffv1.ts';
import { createMatroskaScanner } from './matroska.ts';
import { type MatroskaFacts, videoTrackOf } from './matroska-facts.ts';

/** All that one read of a master tells. */
export interface MasterScan {
  digests: FileDigests;
  facts: MatroskaFacts;
  /** Undefined when the video is not FFV1 (a DV stream that was copied). */
  ffv1: Ffv1Facts | undefined;
}

/**
 * Digests and structure of a Matroska master in one read of the file. Throws HelicalError FILE_UNREADABLE when it
 * cannot be read or is not Matroska; damage is told in the facts.
 */
export async function scanMaster(
  path: string,
  options: Pick<DigestOptions, 'onBytes' | 'signal'> = {},
): Promise<MasterScan> {
  const scanner = createMatroskaScanner();
  const digests = await digestFile(path, { ...options, tap: (chunk) => scanner.write(chunk) });
  const facts = scanner.end();
  const video = videoTrackOf(facts);
  return { digests, facts, ffv1: video && readFfv1Track(video.codecId, video.codecPrivate) };
}
