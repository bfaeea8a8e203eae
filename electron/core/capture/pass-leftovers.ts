import { existsSync } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PassId } from '#shared/domain/ids.ts';
import { type CaptureFolders, derivedFolder, masterFolder, type PassFiles } from './pass-files.ts';
import type { RecorderRecord } from './recorder-record.ts';
import { endWriter } from './source-writer.ts';

/**
 * Working folder of a pass's source. The card reports on the disk that is watched: a full disk of derived files must not
 * reach it.
 */
export function sourceFolder(folders: CaptureFolders, tapeIdentifier: string, passId: PassId): string {
  return join(masterFolder(folders, tapeIdentifier), `.source-${passId}`);
}

/** Where the follower works and where measures are taken down; both can be made again at any time. */
export function followerFolders(folders: CaptureFolders, passId: PassId) {
  const derived = derivedFolder(folders, passId);
  return {
    derived,
    workDir: join(derived, 'work'),
    /** For the decode that makes what gave way. */
    lateWorkDir: join(derived, 'late-work'),
    measureDir: join(derived, 'measure'),
  };
}

/**
 * Clears away what a pass needed while it ran, once nothing of it runs any more. What is evidence stays: the card's last
 * word is kept beside the master as `<base>.card.json`, with the recorder's record and log. May be called again.
 *
 * A stream that a source's own process wrote down may hold what the master does not: it goes only where `isWhole`. The path of one
 * that is left.
 */
export async function clearLeftovers(
  folders: CaptureFolders,
  pass: { id: PassId; tapeIdentifier: string },
  recording: { record: RecorderRecord; files: PassFiles } | undefined,
  isWhole: boolean,
): Promise<string | undefined> {
  const writer = recording?.record.writer;
  if (writer) await endWriter(writer);
  if (recording) {
    await keepCardReport(recording.record, recording.files);
    await rm(recording.files.progressPath, { force: true });
    const { timecodeListPath, timecodePath } = recording.files;
    // Where no file could be made of it, the list is all there is.
    if (existsSync(timecodePath)) await rm(timecodeListPath, { force: true });
  }
  const { workDir, lateWorkDir, measureDir } = followerFolders(folders, pass.id);
  const source = sourceFolder(folders, pass.tapeIdentifier, pass.id);
  const kept = writer && existsSync(writer.path) && !(isWhole && recording.record.recovery === null);
  for (const path of [...(kept ? [] : [source]), workDir, lateWorkDir, measureDir])
    await rm(path, { recursive: true, force: true });
  return kept ? writer.path : undefined;
}

async function keepCardReport({ cardReportPath }: RecorderRecord, files: PassFiles): Promise<void> {
  if (cardReportPath === null) return;
  const partialPath = `${files.cardReportPath}.part`;
  try {
    await copyFile(cardReportPath, partialPath);
  } catch (error) {
    // Cleared away already by an engine that died right after it.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  await rename(partialPath, files.cardReportPath);
}
