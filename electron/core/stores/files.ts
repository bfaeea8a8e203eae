import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import type { Projection } from '#core/log/projection.ts';
import { type PassFile, passFileSchema } from '#shared/domain/pass.ts';
import { applyEvents } from './apply-events.ts';

export interface FilesStore {
  projection: Projection;
  find(fileId: string): PassFile | undefined;
  /** Files of a pass in the order of their registration. */
  ofPass(passId: string): PassFile[];
}

export function createFilesStore(db: Database): FilesStore {
  const insert = statement<Record<string, string | number>>(
    db,
    'files.insert',
    `INSERT INTO file (file_id, pass_id, tape_id, role, name, size_bytes, md5, sha256, sha512, registered_at)
     VALUES (@fileId, @passId, @tapeId, @role, @name, @sizeBytes, @md5, @sha256, @sha512, @at)
     ON CONFLICT (pass_id, name) DO UPDATE SET file_id = excluded.file_id, tape_id = excluded.tape_id,
       role = excluded.role, size_bytes = excluded.size_bytes, md5 = excluded.md5, sha256 = excluded.sha256,
       sha512 = excluded.sha512, registered_at = excluded.registered_at`,
  );
  const byId = statement<{ fileId: string }, FileRow>(
    db,
    'files.byId',
    'SELECT * FROM file WHERE file_id = @fileId',
  );
  const ofPass = statement<{ passId: string }, FileRow>(
    db,
    'files.ofPass',
    'SELECT * FROM file WHERE pass_id = @passId ORDER BY file_id',
  );
  return {
    projection: {
      area: 'files',
      tables: ['file'],
      apply: applyEvents({
        'file.registered': ({ payload: { digests, ...plain }, occurredAt }) =>
          void insert.run({ ...plain, ...digests, at: occurredAt }),
      }),
    },
    find: (fileId) => {
      const row = byId.get({ fileId });
      return row && fileOf(row);
    },
    ofPass: (passId) => ofPass.all({ passId }).map(fileOf),
  };
}

function fileOf(row: FileRow): PassFile {
  return passFileSchema.parse({
    id: row.file_id,
    passId: row.pass_id,
    role: row.role,
    name: row.name,
    sizeBytes: row.size_bytes,
    md5: row.md5,
    sha256: row.sha256,
    sha512: row.sha512,
  });
}

interface FileRow {
  file_id: string;
  pass_id: string;
  role: string;
  name: string;
  size_bytes: number;
  md5: string;
  sha256: string;
  sha512: string;
}
