import { useTranslation } from 'react-i18next';
import { useConnection } from '../api/connection.ts';
import { bugText, isOfLink, sentenceOf } from '../api/sentence.ts';
import { EngineText } from './EngineText.tsx';
import styles from './Sentence.module.css';

/** Tells of a failure: first what is safe, then what broke, then what to do. Nothing when there is no error. */
export function Sentence({ error, className }: { error: unknown; className?: string | undefined }) {
  const { t } = useTranslation();
  const isLinked = useConnection((now) => now.state === 'connected');
  if (!error) return null;
  const said = sentenceOf(error);
  if (!said && isOfLink(error, isLinked)) {
    // No fault of the program: nothing is lost by it, and it passes.
    return (
      <Remark tone="plain">
        {isLinked ? t('connection.wasLost') : `${t('connection.lost')} ${t('connection.lostDetail')}`}
      </Remark>
    );
  }
  return (
    <div role="alert" className={[styles.sentence, className].filter(Boolean).join(' ')} data-selectable>
      <span className={styles.sign} aria-hidden="true">
        ▲
      </span>
      <div>
        {said?.safe && (
          <p className={styles.safe}>
            <EngineText text={said.safe} />
          </p>
        )}
        <p>{said ? <EngineText text={said.problem} /> : t('error.bug', { text: bugText(error) })}</p>
        {said?.remedy && (
          <p className={styles.remedy}>
            <EngineText text={said.remedy} />
          </p>
        )}
      </div>
    </div>
  );
}

/** A remark of the same shape: a warning, or plain words. */
export function Remark({
  tone,
  children,
}: {
  tone: 'warning' | 'failure' | 'sealed' | 'plain';
  children: React.ReactNode;
}) {
  const sign = { warning: '◆', failure: '▲', sealed: '●', plain: '○' }[tone];
  return (
    <div role="status" className={styles.sentence} data-tone={tone}>
      <span className={styles.sign} aria-hidden="true">
        {sign}
      </span>
      <div>{children}</div>
    </div>
  );
}
