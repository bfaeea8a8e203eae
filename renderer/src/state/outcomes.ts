import { useQuery } from '@tanstack/react-query';
import type { Pass } from '#shared/domain/pass.ts';
import type { ReviewOutcome } from '#shared/domain/verdict.ts';
import { api } from '../api/client.ts';

/** Where the review of a pass stands, for lists of passes. Undefined while that is not known, and of a pass that nobody can judge yet. */
export function useOutcomes(): (pass: Pick<Pass, 'id' | 'state'>) => ReviewOutcome | undefined {
  const { data } = useQuery(api.review.outcomes.queryOptions());
  const known = data && new Map(data.map(({ passId, outcome }) => [passId, outcome]));
  return ({ id, state }) => known?.get(id) ?? (known && state === 'sealed' ? 'waiting' : undefined);
}
