import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import type { Projection } from '#core/log/projection.ts';
import { reviewEvents } from './review-events.ts';
import { type ReviewRows, reviewRows } from './review-rows.ts';

export interface ReviewStore extends ReviewRows {
  projection: Projection;
  /** Sealed passes of which no verdict stands that is the last word, the oldest seal first. */
  waiting(): string[];
}

export function createReviewStore(db: Database): ReviewStore {
  const rows = reviewRows(db);
  const waiting = statement<void, { pass_id: string }>(
    db,
    'review.waiting',
    `SELECT pass_id FROM pass LEFT JOIN review_state USING (pass_id)
      WHERE pass.state = 'sealed' AND coalesce(review_state.state, 'in-review') = 'in-review'
      ORDER BY sealed_at, pass_id`,
  );
  return {
    ...rows,
    projection: {
      area: 'review',
      tables: [
        'review_holding',
        'review_decision',
        'review_note',
        'review_watched',
        'review_opinion',
        'review_verdict',
        'review_state',
      ],
      apply: reviewEvents(db, rows),
    },
    waiting: () => waiting.all().map((row) => row.pass_id),
  };
}
