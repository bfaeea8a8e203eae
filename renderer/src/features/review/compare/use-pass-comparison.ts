import { useQuery } from '@tanstack/react-query';
import type { PassId } from '#shared/domain/ids.ts';
import type { PassComparison } from '#shared/domain/pass-comparison.ts';
import { api } from '../../../api/client.ts';
import { useComparison } from '../comparison.ts';

/** What was found of this pass against the one that stands beside it, once both are laid on each other; undefined before. */
export function usePassComparison(passId: PassId): PassComparison | undefined {
  const b = useComparison((comparison) => comparison.b);
  const aligning = useComparison((comparison) => comparison.aligning);
  const other = b.kind === 'pass' && aligning.state === 'found' ? b.pass.id : undefined;
  const compared = useQuery(
    api.compare.passes.queryOptions({
      input: { passIdA: passId, passIdB: other ?? passId },
      enabled: other !== undefined,
    }),
  );
  return other === undefined ? undefined : compared.data;
}
