import type { Database } from '#core/db/database.ts';
import type { VocabularyTerm } from '#shared/domain/vocabulary.ts';
import type { LookAtFile } from './judged-files.ts';
import type { PassRegister } from './pass-register.ts';
import type { HelicalLog } from './record.ts';
import { createReviewDesk } from './review-desk.ts';
import { createReviewRegister } from './review-register.ts';
import { createSittingRegister } from './sitting-register.ts';
import { createSittingsStore } from './sittings.ts';
import type { Stores } from './stores.ts';
import { createVerdictRegister } from './verdict-register.ts';

/** The registers of the review, and the desk that reads them. */
export function openReview(options: {
  db: Database;
  log: HelicalLog;
  stores: Stores;
  passRegister: PassRegister;
  terms: readonly VocabularyTerm[];
  /** A file of a pass, as the disk has it. */
  look: LookAtFile;
  newId: () => string;
  now: () => Date;
}) {
  const { db, stores } = options;
  const sittings = createSittingsStore(db);
  const sittingRegister = createSittingRegister({ ...options, review: stores.review, sittings });
  return {
    sittingRegister,
    reviewDesk: createReviewDesk({ ...options, sittingRegister }),
    reviewRegister: createReviewRegister(options),
    verdictRegister: createVerdictRegister({ ...options, sittingRegister }),
  };
}
