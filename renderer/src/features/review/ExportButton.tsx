import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { span } from '../../ui/words.ts';
import { exporting, useExporting } from './exporting.ts';
import { useSecondsSince } from './WritingStatus.tsx';

/** Hands a page about the pass to the browser to keep; its word says when it is being made. */
export function ExportButton({ page }: { page: 'report' | 'certificate' }) {
  const { t } = useTranslation();
  const isMaking = useExporting((now) => now.page === page);
  const isBusy = useExporting((now) => now.page !== null);
  const title = page === 'report' ? 'command.review.exportReport' : 'command.review.exportCertificate';
  return (
    <Button tone="quiet" disabled={isBusy} onClick={() => void exporting[page]()}>
      {isMaking ? <MakingWords /> : t(title)} <kbd>{page === 'report' ? 'S' : '⇧S'}</kbd>
    </Button>
  );
}

function MakingWords() {
  const { t } = useTranslation();
  const { beganAtMs, isAskedAgain } = useExporting();
  const time = span(useSecondsSince(beganAtMs));
  return <>{t(isAskedAgain ? 'command.review.exportingAlready' : 'command.review.exporting', { time })}</>;
}
