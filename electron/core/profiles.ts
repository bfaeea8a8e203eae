import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { parseDocument } from '#shared/domain/document.ts';
import {
  type ArchiveProfile,
  archiveProfileSchema,
  type MasterProfile,
  masterProfileSchema,
  type QcProfile,
  qcProfileSchema,
} from '#shared/domain/profiles.ts';

export interface Profiles {
  /** The first is used where none is named. */
  master: MasterProfile[];
  qc: QcProfile[];
  archive: ArchiveProfile[];
}

/**
 * The profiles shipped in resources/profiles, each kind in the order of their ids. HelicalError INVALID_INPUT names a file that
 * does not fit, and where.
 */
export function readProfiles(resourcesDir: string): Profiles {
  const root = join(resourcesDir, 'profiles');
  return {
    master: readKind(join(root, 'master'), masterProfileSchema),
    qc: readKind(join(root, 'qc'), qcProfileSchema),
    archive: readKind(join(root, 'archive'), archiveProfileSchema),
  };
}

function readKind<Schema extends z.ZodType<{ id: string }>>(
  folder: string,
  schema: Schema,
): z.infer<Schema>[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const profiles = names.map((name) => {
    const path = join(folder, name);
    return parseDocument(readFileSync(path, 'utf8'), schema, {
      name: `The profile ${path}`,
      code: 'INVALID_INPUT',
      remedy: 'Mend it, or take it out of the folder.',
    });
  });
  return profiles.sort((a, b) => (a.id < b.id ? -1 : 1));
}
