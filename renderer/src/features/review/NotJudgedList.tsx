import { useTranslation } from 'react-i18next';
import type { NotJudged } from '#shared/domain/qc.ts';
import { checkTitle } from '../../ui/check-title.ts';
import styles from './NotJudgedList.module.css';

/** Checks that the material says nothing to, and why: below what was found, since their silence is no praise. */
export function NotJudgedList({ notJudged }: { notJudged: readonly NotJudged[] }) {
  const { t, i18n } = useTranslation();
  if (notJudged.length === 0) return null;
  const needs = ({ check, reason }: NotJudged) => {
    const key = `qc.notJudged.needs.${check}`;
    return reason === 'not-measured' && i18n.exists(key)
      ? ` ${t(key as 'qc.notJudged.needs.sync-loss')}`
      : '';
  };
  return (
    <details className={styles.list}>
      <summary>
        {t('qc.notJudged.heading')} · {notJudged.length}
      </summary>
      <p>{t('qc.notJudged.note')}</p>
      <ul>
        {notJudged.map((one) => (
          <li key={one.check}>
            <b>{checkTitle(one.check, i18n, t)}</b>: {t(`qc.notJudged.why.${one.reason}`)}.{needs(one)}
          </li>
        ))}
      </ul>
    </details>
  );
}
