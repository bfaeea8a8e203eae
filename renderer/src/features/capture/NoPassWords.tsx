import { useTranslation } from 'react-i18next';
import type { Pass } from '#shared/domain/pass.ts';
import { type Connection, hasNoLink } from '../../api/connection.ts';
import { PassStateWord } from '../../ui/StateWord.tsx';

/** What is said where no pass is shown. Without a link nobody knows whether one runs: whoever comes in must not switch a deck off. */
export function NoPassWords({
  connection,
  last,
  may,
}: {
  connection: Connection['state'];
  last: Pick<Pass, 'passNumber' | 'tapeIdentifier' | 'state'> | undefined;
  /** Who is signed in may record. */
  may: boolean;
}) {
  const { t } = useTranslation();
  if (hasNoLink({ state: connection })) return <p>{t('capture.notKnown')}</p>;
  if (!last) return <p>{t(may ? 'capture.noPass' : 'capture.noPassToSee')}</p>;
  return (
    <>
      <p>{t('capture.passOver', { number: last.passNumber, tape: last.tapeIdentifier })}</p>
      <PassStateWord state={last.state} />
    </>
  );
}
