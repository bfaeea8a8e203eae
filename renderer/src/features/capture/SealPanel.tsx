import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/domain/live.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { SealChecks } from '../../ui/SealChecks.tsx';
import { Remark } from '../../ui/Sentence.tsx';
import { useRate } from '../../ui/useRate.ts';
import { count, decimal, span } from '../../ui/words.ts';
import styles from './SealPanel.module.css';

/** After the tape: first what is safe, then how far the proof is, then every check of the seal. */
export function SealPanel({ session }: { session: Session }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const { state, follower, frames } = session;
  const rate = useRate(follower.provedFrames);
  const good = session.sealChecks.filter((check) => check.ok).length;
  return (
    <Panel
      title={t('seal.title')}
      aside={
        session.sealChecks.length > 0
          ? t('seal.goodOf', { good, total: session.sealChecks.length })
          : undefined
      }
    >
      <div className={styles.content}>
        {state === 'sealed' ? (
          <Remark tone="sealed">
            <p className={styles.word}>{t('passState.sealed')}</p>
            <p>{t('seal.sealed', { count: frames })}</p>
          </Remark>
        ) : (
          <Remark tone={state === 'failed' || state === 'interrupted' ? 'failure' : 'plain'}>
            <p className={styles.word}>{t('seal.notSealed')}</p>
            <p>{frames > 0 ? t('seal.safe', { count: frames }) : t('seal.nothing')}</p>
            {(state === 'failed' || state === 'interrupted') && <p>{t(`seal.${state}`)}</p>}
            {session.endReason && <p className={styles.quiet}>{t(`endReason.${session.endReason}`)}</p>}
          </Remark>
        )}
        {state !== 'sealed' && state !== 'failed' && frames > 0 && (
          <label className={styles.progress}>
            <span>
              {t(follower.state === 'finished' ? 'seal.checking' : 'seal.proving', {
                done: count(follower.provedFrames, language),
                total: count(frames, language),
              })}
            </span>
            <progress value={follower.provedFrames} max={frames} />
            {rate !== null && frames > follower.provedFrames && (
              <span className={styles.quiet}>
                {t('seal.rate', {
                  rate: decimal(rate, language, 0),
                  time: span((frames - follower.provedFrames) / rate),
                })}
              </span>
            )}
          </label>
        )}
        {session.sealChecks.length > 0 ? (
          <SealChecks checks={session.sealChecks} />
        ) : (
          <Empty>{t('seal.checksLater')}</Empty>
        )}
      </div>
    </Panel>
  );
}
