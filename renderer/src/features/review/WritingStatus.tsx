import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PassId } from '#shared/domain/ids.ts';
import { api } from '../../api/client.ts';
import { span } from '../../ui/words.ts';
import { useExporting } from './exporting.ts';

/** The page that is being written, of which pass, and for how long already: also while another screen is looked at. */
export function WritingStatus({ className }: { className: string | undefined }) {
  const { page, passId, beganAtMs } = useExporting();
  if (page === null || passId === null) return null;
  return (
    <span className={className}>
      <i aria-hidden="true">◐</i>
      <Writing page={page} passId={passId} beganAtMs={beganAtMs} />
    </span>
  );
}

function Writing({
  page,
  passId,
  beganAtMs,
}: {
  page: 'report' | 'certificate';
  passId: PassId;
  beganAtMs: number;
}) {
  const { t } = useTranslation();
  const isAskedAgain = useExporting((now) => now.isAskedAgain);
  const pass = useQuery(api.passes.show.queryOptions({ input: { passId } })).data;
  const name = pass ? `${pass.tapeIdentifier} ${t('viewer.pass', { number: pass.passNumber })}` : '';
  const seconds = useSecondsSince(beganAtMs);
  return (
    <>
      <span className="mono">{span(seconds)}</span>
      {/* Said aloud once, and once more where it was asked for again; the seconds are only seen. */}
      <span role="status">
        {t(isAskedAgain ? `status.writingAlready.${page}` : `status.writing.${page}`, { pass: name })}
      </span>
    </>
  );
}

/** Whole seconds since then, counted on while it is shown. */
export function useSecondsSince(beganAtMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor((nowMs - beganAtMs) / 1000));
}
