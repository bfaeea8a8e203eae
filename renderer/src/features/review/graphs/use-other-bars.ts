import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { PassId } from '#shared/domain/ids.ts';
import { api } from '../../../api/client.ts';
import { useComparison } from '../comparison.ts';
import { otherBarsOf } from './other-bars.ts';
import type { Bar } from './scene.ts';

const none: readonly Bar[] = [];

/** What was found in the pass that stands against this one, and not in this one: once both are laid on each other. */
export function useOtherBars(passId: PassId): readonly Bar[] {
  const b = useComparison((comparison) => comparison.b);
  const aligning = useComparison((comparison) => comparison.aligning);
  const shiftFrames = useComparison((comparison) => comparison.shiftFrames);
  const other = b.kind === 'pass' && aligning.state === 'found' ? b.pass.id : undefined;
  const compared = useQuery(
    api.compare.passes.queryOptions({
      input: { passIdA: passId, passIdB: other ?? passId },
      enabled: other !== undefined,
    }),
  );
  const findings = other === undefined ? undefined : compared.data?.findings;
  return useMemo(
    () =>
      findings && aligning.state === 'found' ? otherBarsOf(findings, aligning.alignment, shiftFrames) : none,
    [findings, aligning, shiftFrames],
  );
}
