import { useTranslation } from 'react-i18next';
import { MiddleCut } from '../../ui/MiddleCut.tsx';
import styles from './LogScreen.module.css';

const shownMost = 2;

/** What an event is about: its tape, with the pass where it is about one. A list that was imported names very many. */
export function EntrySubjects({
  subjects,
}: {
  subjects: readonly { tape: string; passNumber: number | null }[];
}) {
  const { t } = useTranslation();
  const shown = subjects.slice(0, shownMost);
  const more = subjects.length - shown.length;
  return (
    <span className={styles.subjects}>
      {shown.map(({ tape, passNumber }) => (
        <span key={`${tape} ${passNumber}`} className={styles.subject}>
          <MiddleCut text={tape} />
          {passNumber !== null && (
            <span className={styles.pass}>&nbsp;· {t('log.pass', { number: passNumber })}</span>
          )}
        </span>
      ))}
      {more > 0 && <span>{t('log.moreSubjects', { count: more })}</span>}
    </span>
  );
}
