import { create } from 'zustand';
import type { PassId } from '#shared/domain/ids.ts';
import { engine } from '../../../api/client.ts';
import { useComparison } from '../comparison.ts';

/** Which pass's access copy is being held against its master, and what that failed with. */
interface Certifying {
  passId: PassId | null;
  /** It was asked for once more while it was already going on. */
  isAskedAgain: boolean;
  error: unknown;
}

const atRest: Certifying = { passId: null, isAskedAgain: false, error: null };
export const useCertifying = create<Certifying>()(() => atRest);

/** The pass that is reviewed, where it has an access copy. */
function certifiable(): PassId | undefined {
  const { subject, choices } = useComparison.getState();
  return choices.some(({ kind }) => kind === 'access') ? subject?.id : undefined;
}

export const certifying = {
  isPossible: () => certifiable() !== undefined,
  /** Takes about as long as playing both. The log tells the screen when it is done. */
  async certify(): Promise<void> {
    const passId = certifiable();
    if (passId === undefined) return;
    if (useCertifying.getState().passId !== null) {
      useCertifying.setState({ isAskedAgain: true });
      return;
    }
    useCertifying.setState({ ...atRest, passId });
    const failed = await engine.compare.certify({ passId }).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    useCertifying.setState({ ...atRest, error: failed?.error ?? null });
  },
};
