import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HelicalError } from '#shared/domain/errors.ts';
import { decodeHashes } from './capture/follower-decode-hashes.ts';
import { verifyMasterFile } from './essence/verify-master.ts';
import type { VerifyMaster } from './exports/verify-path.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';

/** Verifies a master from files alone: its seal, its digests, its structure, and every frame, decoded once more. */
export function verifyMaster(ffmpeg: Pick<Ffmpeg, 'ffmpegPath' | 'ffprobePath'>): VerifyMaster {
  return async (path, { onBytes, signal }) => {
    const workDir = await mkdtemp(join(tmpdir(), 'helical-verify-'));
    const reading = { ...(onBytes ? { onBytes } : {}), ...(signal ? { signal } : {}) };
    let damage: string | undefined;
    try {
      const verified = await verifyMasterFile(path, {
        ...reading,
        decode: (master) => decodeHashes(master, { ...ffmpeg, workDir, signal }),
      }).catch((error: unknown) => {
        if (!(error instanceof HelicalError) || error.code !== 'FILE_UNREADABLE') throw error;
        // Not one frame comes out of it. What its structure says is told all the same.
        damage = error.problem;
        return verifyMasterFile(path, reading);
      });
      if (damage === undefined) return verified;
      return { ok: false, problems: [...verified.problems, { rule: 'unreadable', message: damage, path }] };
    } finally {
      await rm(workDir, { recursive: true, force: true });
    }
  };
}
