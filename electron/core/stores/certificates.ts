import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import type { Projection } from '#core/log/projection.ts';
import { deviceOf } from '#shared/domain/capture-device.ts';
import { type Certificate, certificateSchema } from '#shared/domain/certificate.ts';
import { applyEvents } from './apply-events.ts';

export interface CertificatesStore {
  projection: Projection;
  /** Self-tests of the station, newest first. */
  list(): Certificate[];
  find(certificateId: string): Certificate | undefined;
  /**
   * The one that a pass may cite: the latest self-test of this source's device with this chain, where that one was good. A test
   * that failed takes an older good one out of force.
   */
  inForce(sourceId: string, chainName: string): Certificate | undefined;
}

export function createCertificatesStore(db: Database): CertificatesStore {
  const insert = statement<Record<string, string | number>>(
    db,
    'certificates.insert',
    `INSERT INTO certificate (seq, certificate_id, tested_at, is_ok, source_id, profile_id, chain_name, certificate)
     VALUES (@seq, @id, @testedAt, @isOk, @sourceId, @profileId, @chainName, @certificate)`,
  );
  const all = statement<void, CertificateRow>(
    db,
    'certificates.all',
    'SELECT certificate FROM certificate ORDER BY seq DESC',
  );
  const byId = statement<{ certificateId: string }, CertificateRow>(
    db,
    'certificates.byId',
    'SELECT certificate FROM certificate WHERE certificate_id = @certificateId',
  );
  const ofChain = statement<{ chainName: string }, CertificateRow>(
    db,
    'certificates.ofChain',
    'SELECT certificate FROM certificate WHERE chain_name = @chainName ORDER BY seq DESC',
  );
  return {
    projection: {
      area: 'certificates',
      tables: ['certificate'],
      apply: applyEvents({
        'station.certified': ({ seq, payload: { certificate } }) => {
          const { id, testedAt, ok, sourceId, profileId, chainName } = certificate;
          insert.run({
            seq,
            id,
            testedAt,
            isOk: ok ? 1 : 0,
            sourceId,
            profileId,
            chainName,
            certificate: JSON.stringify(certificate),
          });
        },
      }),
    },
    list: () => all.all().map(certificateOf),
    find: (certificateId) => {
      const row = byId.get({ certificateId });
      return row && certificateOf(row);
    },
    inForce: (sourceId, chainName) => {
      const device = deviceOf(sourceId);
      const tests = ofChain.all({ chainName }).map(certificateOf);
      const latest = tests.find((test) => deviceOf(test.sourceId) === device);
      return latest?.ok ? latest : undefined;
    },
  };
}

function certificateOf(row: CertificateRow): Certificate {
  return certificateSchema.parse(JSON.parse(row.certificate));
}

interface CertificateRow {
  certificate: string;
}
