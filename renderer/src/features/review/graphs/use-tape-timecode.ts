import { useQuery } from '@tanstack/react-query';
import type { PassId } from '#shared/domain/ids.ts';
import type { TapeTimecode } from '#shared/domain/timecode-runs.ts';
import { api } from '../../../api/client.ts';

/** The tape's own timecode, where it offered one. Its file comes with the end of a recording, never changes then, and may be of a million rows. */
export function useTapeTimecode(passId: PassId): TapeTimecode | undefined {
  const found = useQuery(
    api.passes.timecode.queryOptions({
      input: { passId },
      staleTime: ({ state }) => (state.data?.runs.length ? Number.POSITIVE_INFINITY : 1_000),
    }),
  );
  return found.data && found.data.runs.length > 0 ? found.data : undefined;
}
