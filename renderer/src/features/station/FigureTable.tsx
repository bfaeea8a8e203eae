import { useTranslation } from 'react-i18next';
import type { Certificate } from '#shared/domain/certificate.ts';
import type { FigureDrift } from '#shared/domain/certificate-drift.ts';
import { usePreferences } from '../../state/preferences.ts';
import table from '../../ui/Table.module.css';
import { decimal } from '../../ui/words.ts';
import styles from './CertificatePanel.module.css';
import { figureTitle } from './figure-title.ts';

/** Every figure of a self-test with its limits and their source, and what it was the time before. */
export function FigureTable({
  certificate,
  drift,
}: {
  certificate: Certificate;
  drift: readonly FigureDrift[];
}) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const failed = new Map(certificate.checks.filter(({ ok }) => !ok).map((check) => [check.id, check]));
  const measured = new Set(certificate.figures.map(({ id }) => id));
  const number = (value: number) => decimal(value, language, 3);
  const change = (value: number) => `${value > 0 ? '+' : value < 0 ? '−' : '±'}${number(Math.abs(value))}`;
  // What failed without a figure (not found, not sealed) stands first: it is why the test is not good.
  const others = [...failed.values()].filter(({ id }) => !measured.has(id));
  return (
    <>
      {others.map((check) => (
        <p key={check.id} className={styles.failed} data-selectable>
          ▲ <strong>{figureTitle(check.id, t)}</strong> {check.message || check.measured}
        </p>
      ))}
      <div className={styles.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('selfTest.figure')}</th>
              <th scope="col" className={table.number}>
                {t('selfTest.measured')}
              </th>
              <th scope="col" className={table.number}>
                {t('selfTest.limits')}
              </th>
              <th scope="col" className={table.number}>
                {t('selfTest.change')}
              </th>
            </tr>
          </thead>
          <tbody>
            {certificate.figures.map((figure) => {
              const before = drift.find(({ id }) => id === figure.id);
              const check = failed.get(figure.id);
              const limits = [figure.least, figure.most].map((limit) =>
                limit === undefined ? '' : number(limit),
              );
              return (
                <tr key={figure.id}>
                  <td>
                    {check && <span className={styles.sign}>▲ </span>}
                    {figureTitle(figure.id, t)}
                    {check?.message && <p className={styles.message}>{check.message}</p>}
                  </td>
                  <td className={table.number} data-tone={check && 'failure'}>
                    {number(figure.value)} {figure.unit}
                  </td>
                  <td className={table.number} title={figure.source}>
                    {limits.some(Boolean) ? limits.join(' … ') : '–'}
                  </td>
                  <td className={table.number}>
                    {before ? `${before.alarming ? '◆ ' : ''}${change(before.change)}` : '–'}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
