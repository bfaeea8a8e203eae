import { useTranslation } from 'react-i18next';
import type { SealCheck } from '#shared/domain/pass.ts';
import { EngineText } from './EngineText.tsx';
import styles from './SealChecks.module.css';

/** The seal's checks, those that failed first: what was expected, what was measured. */
export function SealChecks({ checks }: { checks: readonly SealCheck[] }) {
  const { t, i18n } = useTranslation();
  const ordered = checks.toSorted((a, b) => Number(a.ok) - Number(b.ok));
  // A check that this page has no word for yet is named by its id.
  const title = (id: string) =>
    i18n.exists(`sealCheck.${id}`) ? t(`sealCheck.${id}` as 'sealCheck.aspect') : id;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('seal.check')}</th>
          <th scope="col">{t('seal.expected')}</th>
          <th scope="col">{t('seal.measured')}</th>
        </tr>
      </thead>
      <tbody>
        {ordered.map((check) => (
          <tr key={check.id} data-ok={check.ok}>
            <th scope="row">
              <span className={styles.sign} role="img" aria-label={check.ok ? t('seal.good') : t('seal.bad')}>
                {check.ok ? '✓' : '▲'}
              </span>
              {title(check.id)}
              {!check.ok && check.message && (
                <p>
                  <EngineText text={check.message} />
                </p>
              )}
            </th>
            <td>
              <EngineText text={check.expected} />
            </td>
            <td>
              <EngineText text={check.measured} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
