import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { exporting, useExporting } from './exporting.ts';

/** Hands a page about the pass to the browser to keep; its word says when it is being made. */
export function ExportButton({ page }: { page: 'report' | 'certificate' }) {
  const { t } = useTranslation();
  const isMaking = useExporting((now) => now.page === page);
  const isBusy = useExporting((now) => now.page !== null);
  const title = page === 'report' ? 'command.review.exportReport' : 'command.review.exportCertificate';
  return (
    <Button tone="quiet" disabled={isBusy} onClick={() => void exporting[page]()}>
      {t(isMaking ? 'command.review.exporting' : title)} <kbd>{page === 'report' ? 'S' : '⇧S'}</kbd>
    </Button>
  );
}
