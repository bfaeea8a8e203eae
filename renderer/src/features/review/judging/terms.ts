import { useQuery } from '@tanstack/react-query';
import type { VocabularyTerm } from '#shared/domain/vocabulary.ts';
import { api } from '../../../api/client.ts';

/** The vocabulary; it does not change while the engine runs. */
export function useTerms(): readonly VocabularyTerm[] {
  return (
    useQuery(api.review.vocabulary.queryOptions({ staleTime: Number.POSITIVE_INFINITY })).data?.terms ?? []
  );
}
