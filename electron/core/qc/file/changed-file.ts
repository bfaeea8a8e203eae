import { stat } from 'node:fs/promises';
import type { QcEvent } from '#shared/domain/qc.ts';

/** How a file is before it is read. */
export interface FileBefore {
  /** A failure where it is another now; `frames` were read of it. */
  changed(frames: number): Promise<QcEvent[]>;
}

/**
 * Remembers a file by its size and date. One that is still being copied, or that somebody cuts, gives measures of a file that never was:
 * each part of it was read at another time.
 */
export async function rememberFile(path: string): Promise<FileBefore> {
  const before = await look(path);
  return {
    async changed(frames) {
      const now = await look(path);
      if (now?.size === before?.size && now?.mtimeMs === before?.mtimeMs) return [];
      const size = now
        ? `from ${before?.size ?? 0} to ${now.size} bytes`
        : `it is gone: it had ${before?.size ?? 0} bytes`;
      return [
        {
          check: 'file-changed',
          ...{ startFrame: 0, endFrame: Math.max(0, frames - 1), severity: 'fail', confidence: 1 },
          evidence: { bytesBefore: before?.size ?? 0, bytesAfter: now?.size ?? 0 },
          message: `The file changed while it was read (${size}), so that what was measured is of no one file. Wait until nobody writes to it, and measure it again.`,
        },
      ];
    },
  };
}

/** Undefined for what is not there any more. */
function look(path: string): Promise<{ size: number; mtimeMs: number } | undefined> {
  return stat(path).catch(() => undefined);
}
