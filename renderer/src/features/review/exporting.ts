import { create } from 'zustand';
import type { PassId } from '#shared/domain/ids.ts';
import { engine } from '../../api/client.ts';
import { download } from '../../api/download.ts';
import { media } from '../../api/media.ts';
import { usePreferences } from '../../state/preferences.ts';
import { useComparison } from './comparison.ts';

/** A page about the pass that is reviewed. */
type ExportedPage = 'report' | 'certificate';

/** Which page is being made, and what the last one failed with. */
interface Exporting {
  page: ExportedPage | null;
  /** The pass that it is about, and since when it is being made. */
  passId: PassId | null;
  beganAtMs: number;
  /** It was asked for once more meanwhile. */
  isAskedAgain: boolean;
  failed: { page: ExportedPage; error: unknown } | null;
}

const atRest = { page: null, passId: null, beganAtMs: 0, isAskedAgain: false };
export const useExporting = create<Exporting>()(() => ({ ...atRest, failed: null }));

/** What is known of one pass says nothing of the next. */
useComparison.subscribe((now, before) => {
  if (now.subject?.id !== before.subject?.id) useExporting.setState({ failed: null });
});

async function exported(page: ExportedPage, get: (passId: PassId) => Promise<void>): Promise<void> {
  const { subject } = useComparison.getState();
  if (!subject) return;
  if (useExporting.getState().page !== null) {
    useExporting.setState({ isAskedAgain: true });
    return;
  }
  useExporting.setState({ page, passId: subject.id, beganAtMs: Date.now(), failed: null });
  const failed = await get(subject.id).then(
    () => null,
    (error: unknown) => ({ page, error }),
  );
  useExporting.setState({ ...atRest, failed });
}

const language = () => usePreferences.getState().language;

export const exporting = {
  isPossible: () => useComparison.getState().subject !== null,
  /** A certificate is exported where its panel is, which says so where there is none. */
  isCertificatePossible: () => exporting.isPossible() && useComparison.getState().b.kind === 'access',
  /** What was measured and found on the pass, in the language of the screen. */
  report: (): Promise<void> => exported('report', (passId) => download(media.report(passId, language()))),
  /** The latest certificate of its access copy. */
  certificate: (): Promise<void> =>
    exported('certificate', async (passId) => {
      const [latest] = await engine.compare.certificates({ passId });
      if (latest) await download(media.certificate(latest.id, language()));
    }),
};
