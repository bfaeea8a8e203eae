import type { Database } from '#core/db/database.ts';
import type { Projection } from '#core/log/projection.ts';
import { type AccessCertificatesStore, createAccessCertificatesStore } from './access-certificates.ts';
import { type BatchesStore, createBatchesStore } from './batches.ts';
import { type CertificatesStore, createCertificatesStore } from './certificates.ts';
import { createFilesStore, type FilesStore } from './files.ts';
import { createIntentionsStore, type IntentionsStore } from './intentions.ts';
import { createPassesStore, type PassesStore } from './passes.ts';
import { createPeopleStore, type PeopleStore } from './people.ts';
import { createQcStore, type QcStore } from './qc.ts';
import { createReviewStore, type ReviewStore } from './review.ts';
import { createTapesStore, type TapesStore } from './tapes.ts';

/**
 * Registry of the stores, in the order in which they take an event: the review before the tapes, whose state follows it, and
 * tapes before the passes that name them.
 */
export interface Stores {
  people: PeopleStore;
  certificates: CertificatesStore;
  review: ReviewStore;
  tapes: TapesStore;
  passes: PassesStore;
  files: FilesStore;
  qc: QcStore;
  intentions: IntentionsStore;
  batches: BatchesStore;
  accessCertificates: AccessCertificatesStore;
}

export function createStores(db: Database): { stores: Stores; projections: Projection[] } {
  const stores: Stores = {
    people: createPeopleStore(db),
    certificates: createCertificatesStore(db),
    review: createReviewStore(db),
    tapes: createTapesStore(db),
    passes: createPassesStore(db),
    files: createFilesStore(db),
    qc: createQcStore(db),
    intentions: createIntentionsStore(db),
    batches: createBatchesStore(db),
    accessCertificates: createAccessCertificatesStore(db),
  };
  return { stores, projections: Object.values(stores).map((store) => store.projection) };
}
