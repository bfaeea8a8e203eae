import { create } from 'zustand';
import type { PassId } from '#shared/domain/ids.ts';
import { engine } from '../../../api/client.ts';
import { useComparison } from '../comparison.ts';

/** Which pass's access copy is being held against its master, and what that failed with. */
interface Certifying {
  passId: PassId | null;
  error: unknown;
}

export const useCertifying = create<Certifying>()(() => ({ passId: null, error: null }));

/** The pass that is reviewed, where its access copy stands beside it. */
function certifiable(): PassId | undefined {
  const { subject, b } = useComparison.getState();
  return b.kind === 'access' ? subject?.id : undefined;
}

export const certifying = {
  isPossible: () => certifiable() !== undefined && useCertifying.getState().passId === null,
  /** Takes about as long as playing both. The log tells the screen when it is done. */
  async certify(): Promise<void> {
    const passId = certifiable();
    if (passId === undefined || useCertifying.getState().passId !== null) return;
    useCertifying.setState({ passId, error: null });
    const failed = await engine.compare.certify({ passId }).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    useCertifying.setState({ passId: null, error: failed?.error ?? null });
  },
};
