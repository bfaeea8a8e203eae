import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PassId } from '#shared/domain/ids.ts';
import type { FileRole } from '#shared/domain/pass.ts';

export interface CaptureFolders {
  /** Masters, their hashes and seals: `<tape identifier>/<identifier>_p<N>.mkv`. */
  mastersDir: string;
  /** What can be made again: `<pass id>/access.mp4` and the like. */
  derivedDir: string;
  cacheDir: string;
  /** Where the log lies, which is watched when it has a disk of its own. */
  logDir?: string;
}

/** The files of one pass beside its master, by what they are. */
export interface PassFiles {
  folder: string;
  base: string;
  masterPath: string;
  frameHashesPath: string;
  audioHashesPath: string;
  /** Timecodes as the recorder writes them down, while it runs. */
  timecodeListPath: string;
  /** Every timecode that was offered, once the recording is over. */
  timecodePath: string;
  sealPath: string;
  recorderLogPath: string;
  progressPath: string;
  /** The card's last word, kept when the pass is over. */
  cardReportPath: string;
  /** What an engine needs to take the recorder back. */
  recordPath: string;
}

/** Names the files of a pass. Pure. */
export function passFiles(folder: string, base: string): PassFiles {
  const at = (ending: string): string => join(folder, `${base}${ending}`);
  return {
    folder,
    base,
    masterPath: at('.mkv'),
    frameHashesPath: at('.framemd5'),
    audioHashesPath: at('.audiomd5'),
    timecodeListPath: at('.timecode.list'),
    timecodePath: at('.timecode.txt'),
    sealPath: at('.seal.json'),
    recorderLogPath: at('.recorder.log'),
    progressPath: at('.progress'),
    cardReportPath: at('.card.json'),
    recordPath: at('.recorder.json'),
  };
}

/** Folder of a tape's masters. */
export function masterFolder(folders: CaptureFolders, tapeIdentifier: string): string {
  return join(folders.mastersDir, tapeIdentifier);
}

/** Folder of what is derived from a pass's master. */
export function derivedFolder(folders: CaptureFolders, passId: PassId): string {
  return join(folders.derivedDir, passId);
}

const derivedRoles: readonly FileRole[] = [
  'access',
  'samples',
  'decoded-frame-hashes',
  'decoded-audio-hashes',
  'qc-events',
];

/** Where a registered file of a pass lies on this station. */
export function folderOfRole(
  folders: CaptureFolders,
  role: FileRole,
  pass: { id: PassId; tapeIdentifier: string },
): string {
  return derivedRoles.includes(role)
    ? derivedFolder(folders, pass.id)
    : masterFolder(folders, pass.tapeIdentifier);
}

/**
 * Reserves a name for a pass's files by making its record, empty. A name of which any file is there already is not used:
 * nothing is ever overwritten.
 */
export async function reservePassFiles(
  folders: CaptureFolders,
  tapeIdentifier: string,
  passNumber: number,
): Promise<PassFiles> {
  const folder = masterFolder(folders, tapeIdentifier);
  await mkdir(folder, { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const base = `${tapeIdentifier}_p${passNumber}${attempt === 1 ? '' : `-${attempt}`}`;
    const files = passFiles(folder, base);
    // Folders of some systems do not tell capitals from small letters.
    const prefix = `${base}.`.toLowerCase();
    if ((await readdir(folder)).some((name) => name.toLowerCase().startsWith(prefix))) continue;
    try {
      await (await open(files.recordPath, 'wx')).close();
      return files;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
