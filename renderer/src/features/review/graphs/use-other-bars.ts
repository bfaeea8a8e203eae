import { useMemo } from 'react';
import type { PassId } from '#shared/domain/ids.ts';
import { usePassComparison } from '../compare/use-pass-comparison.ts';
import { useComparison } from '../comparison.ts';
import { otherBarsOf } from './other-bars.ts';
import type { Bar } from './scene.ts';

const none: readonly Bar[] = [];

/** What was found in the pass that stands against this one, and not in this one: once both are laid on each other. */
export function useOtherBars(passId: PassId): readonly Bar[] {
  const aligning = useComparison((comparison) => comparison.aligning);
  const shiftFrames = useComparison((comparison) => comparison.shiftFrames);
  const findings = usePassComparison(passId)?.findings;
  return useMemo(
    () =>
      findings && aligning.state === 'found' ? otherBarsOf(findings, aligning.alignment, shiftFrames) : none,
    [findings, aligning, shiftFrames],
  );
}
