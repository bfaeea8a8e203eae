import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { digestFile, type FileDigests } from '#core/essence/digests.ts';
import type { EventPayload } from '#shared/domain/events.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { FileRole } from '#shared/domain/pass.ts';
import type { FollowEnd } from './follower-port.ts';
import type { RecorderRecord } from './recorder-record.ts';

/** A file to be registered, and what fixes it. */
export interface MadeFile {
  role: FileRole;
  path: string;
  digests: FileDigests;
}

/** Where the list of decoded frames is kept. */
export function decodedListPath(derived: string, record: RecorderRecord): string {
  return join(derived, `${record.base}.decoded.framemd5`);
}

/**
 * Moves what the follower made out of its working folder, and fixes it with digests, the recorder's own files too. What
 * lies there from an earlier try is ours, and not registered.
 */
export async function keepDerived(options: {
  end: Extract<FollowEnd, { reason: 'finished' }>;
  derived: string;
  record: RecorderRecord;
  recordPath: string;
  samplesPath: string | undefined;
}): Promise<MadeFile[]> {
  const { end, derived, record, samplesPath } = options;
  const made: { role: FileRole; path: string }[] = [];
  const move = async (role: FileRole, from: string, path: string): Promise<void> => {
    await rename(from, path);
    made.push({ role, path });
  };
  if (end.accessPath !== undefined) {
    await move('access', end.accessPath, join(derived, `${record.base}.mp4`));
  }
  await move('decoded-frame-hashes', end.frameHashesPath, decodedListPath(derived, record));
  if (end.audioHashesPath !== undefined) {
    await move('decoded-audio-hashes', end.audioHashesPath, join(derived, `${record.base}.decoded.audiomd5`));
  }
  const thumbnails = join(derived, 'thumbnails');
  if (end.thumbnailsDir !== undefined) {
    await rm(thumbnails, { recursive: true, force: true });
    await rename(end.thumbnailsDir, thumbnails);
  }
  if (samplesPath !== undefined) made.push({ role: 'samples', path: samplesPath });
  const folder = dirname(options.recordPath);
  made.push({ role: 'recorder-log', path: join(folder, `${record.base}.recorder.log`) });
  if (record.recovery) {
    const { crashedMasterName, crashedFrameHashesName, crashedAudioHashesName } = record.recovery;
    made.push({ role: 'master-as-crashed', path: join(folder, crashedMasterName) });
    made.push({ role: 'frame-hashes-as-crashed', path: join(folder, crashedFrameHashesName) });
    if (crashedAudioHashesName) {
      made.push({ role: 'audio-hashes-as-crashed', path: join(folder, crashedAudioHashesName) });
    }
  }
  const files: MadeFile[] = [];
  for (const file of made) files.push({ ...file, digests: await digestFile(file.path) });
  return files;
}

/** What the log says of a made file. */
export function registered(
  file: MadeFile,
  ids: { fileId: string; passId: PassId; tapeId: string },
): EventPayload<'file.registered'> {
  const { md5, sha256, sha512, sizeBytes } = file.digests;
  return {
    ...ids,
    role: file.role,
    name: basename(file.path),
    sizeBytes,
    digests: { md5, sha256, sha512 },
  } as EventPayload<'file.registered'>;
}
