import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { NewEvent } from '#shared/domain/events.ts';
import { fileIdSchema } from '#shared/domain/ids.ts';
import type { QcResult } from '#shared/domain/qc.ts';
import { digestFile } from './essence/digests.ts';
import type { RoomOptions } from './rooms-options.ts';

type Options = Pick<RoomOptions, 'stores' | 'pathOf' | 'newId' | 'config'>;

/**
 * Keeps MediaConch's own words beside a pass's master, once: neither of the two changes. Whole or not at all, and never over
 * a file that is there. A disk that takes nothing is told to the log of the engine: what was found stands in the result.
 * @returns the events that register it; none where there is nothing to keep
 */
export async function keepMediaconchReport(
  { stores, pathOf, newId, config }: Options,
  passId: string,
  report: string | undefined,
  actorId: string,
): Promise<NewEvent[]> {
  const files = stores.files.ofPass(passId);
  const [pass, master] = [stores.passes.find(passId), files.find(({ role }) => role === 'master')];
  if (report === undefined || !pass || !master) return [];
  const path = pathOf(master).replace(/\.[^.]+$/, '.mediaconch.xml');
  if (existsSync(path)) return [];
  const partial = `${path}.part`;
  try {
    await writeFile(partial, report, { flush: true });
    const { sizeBytes, ...digests } = await digestFile(partial);
    await rename(partial, path);
    const payload = {
      ...{ fileId: fileIdSchema.parse(newId()), passId: pass.id, tapeId: pass.tapeId },
      ...{ role: 'mediaconch-report' as const, name: basename(path), sizeBytes, digests },
    };
    return [{ type: 'file.registered', payload, actorId }];
  } catch (err) {
    await rm(partial, { force: true });
    // Of the disk; anything else is a bug.
    if ((err as NodeJS.ErrnoException).code === undefined) throw err;
    config.logger.warn({ err, passId }, "MediaConch's report could not be kept beside the master");
    return [];
  }
}

/** The result without MediaConch's own text, which lies beside the pass: it may be megabytes, and bytes go by address. */
export function withoutReport(result: QcResult): QcResult {
  if (!result.media) return result;
  const { report: _, ...mediaconch } = result.media.mediaconch;
  return { ...result, media: { ...result.media, mediaconch } };
}
