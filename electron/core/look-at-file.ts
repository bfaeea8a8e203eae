import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type CaptureFolders, folderOfRole } from './capture/pass-files.ts';
import type { LookAtFile } from './stores/judged-files.ts';
import type { Stores } from './stores/stores.ts';

/** Looks a file of a pass up on the disk, without reading it. */
export function createFileLook(folders: CaptureFolders, passes: Stores['passes']): LookAtFile {
  return ({ passId, role, name }) => {
    const pass = passes.brief(passId);
    const found = pass && statSync(join(folderOfRole(folders, role, pass), name), { throwIfNoEntry: false });
    return found && { sizeBytes: found.size, modifiedAt: found.mtime };
  };
}
