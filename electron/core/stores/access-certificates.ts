import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import type { Projection } from '#core/log/projection.ts';
import { type CopyCertificate, copyCertificateSchema } from '#shared/domain/copy-certificate.ts';
import { applyEvents } from './apply-events.ts';

export interface AccessCertificatesStore {
  projection: Projection;
  /** Of a pass, newest first. */
  ofPass(passId: string): CopyCertificate[];
  find(certificateId: string): CopyCertificate | undefined;
}

export function createAccessCertificatesStore(db: Database): AccessCertificatesStore {
  const insert = statement<Record<string, string | number>>(
    db,
    'accessCertificates.insert',
    `INSERT INTO access_certificate (seq, certificate_id, pass_id, certified_at, is_ok, certificate)
     VALUES (@seq, @id, @passId, @certifiedAt, @isOk, @certificate)`,
  );
  const ofPass = statement<{ passId: string }, { certificate: string }>(
    db,
    'accessCertificates.ofPass',
    'SELECT certificate FROM access_certificate WHERE pass_id = @passId ORDER BY seq DESC',
  );
  const byId = statement<{ certificateId: string }, { certificate: string }>(
    db,
    'accessCertificates.byId',
    'SELECT certificate FROM access_certificate WHERE certificate_id = @certificateId',
  );
  const read = ({ certificate }: { certificate: string }) =>
    copyCertificateSchema.parse(JSON.parse(certificate));
  return {
    projection: {
      area: 'access-certificates',
      tables: ['access_certificate'],
      apply: applyEvents({
        'access.certified': ({ seq, payload: { passId, certificate } }) => {
          const { id, certifiedAt, ok } = certificate;
          insert.run({
            ...{ seq, id, passId, certifiedAt, isOk: ok ? 1 : 0 },
            certificate: JSON.stringify(certificate),
          });
        },
      }),
    },
    ofPass: (passId) => ofPass.all({ passId }).map(read),
    find(certificateId) {
      const row = byId.get({ certificateId });
      return row && read(row);
    },
  };
}
