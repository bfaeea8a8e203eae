import { useQuery } from '@tanstack/react-query';
import type { PassId } from '#shared/domain/ids.ts';
import type { engine } from '../../../api/client.ts';
import { api } from '../../../api/client.ts';
import type { Lane } from './lane-list.ts';

export type LaneLimit = Awaited<ReturnType<typeof engine.qc.limits>>[number];

/** The limits of the lanes, by the lane's key. */
export function useLimits(passId: PassId, lanes: readonly Lane[]): ReadonlyMap<string, readonly LaneLimit[]> {
  const limits = useQuery({ ...api.qc.limits.queryOptions({ input: { passId } }) });
  return new Map(
    lanes.map((lane) => [
      lane.key,
      lane.kind === 'measure' ? (limits.data ?? []).filter(({ measure }) => measure === lane.measure) : [],
    ]),
  );
}
