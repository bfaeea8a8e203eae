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
  const isProved = frames > 0 && (follower.provedFrames >= frames || follower.state === 'finished');
  const isOver = state === 'failed' || state === 'interrupted';
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
          <Remark tone={isOver ? 'failure' : 'plain'}>
            <p className={styles.word}>{t(isOver ? 'seal.notSealed' : 'seal.notYet')}</p>
            <p>{frames > 0 ? t('seal.safe', { count: frames }) : t('seal.nothing')}</p>
            {isOver && <p>{t(`seal.${state}`)}</p>}
            {session.endReason && <p className={styles.quiet}>{t(`endReason.${session.endReason}`)}</p>}
          </Remark>
        )}
        {session.droppedFrames > 0 && <p>{t('seal.lost', { count: session.droppedFrames })}</p>}
        {state !== 'sealed' && state !== 'failed' && isProved && <AfterProof session={session} />}
        {state !== 'sealed' && state !== 'failed' && frames > 0 && !isProved && (
          <label className={styles.progress}>
            <span>
              {t('seal.proving', {
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
          <Empty>{t(isProved ? 'seal.checksThen' : 'seal.checksLater')}</Empty>
        )}
      </div>
    </Panel>
  );
}

/** The frames are proved and the seal is not there yet: what is being done until it is. */
function AfterProof({ session: { sealing, frames, masterBytes } }: { session: Session }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const isReading = masterBytes > 0 && (sealing?.readBytes ?? 0) < masterBytes;
  const work = sealing?.work ?? null;
  const total = count(frames, language);
  // Where nothing can be counted the bar has no value, and moves by itself.
  const share =
    work === 'making-up'
      ? (sealing?.madeUpFrames ?? 0) / frames
      : isReading
        ? (sealing?.readBytes ?? 0) / masterBytes
        : undefined;
  return (
    <label className={styles.progress}>
      <span>{t('seal.allProved', { total })}</span>
      <progress value={share} max={1} />
      {(isReading || work === null) && <span className={styles.quiet}>{t('seal.now.reading')}</span>}
      {work && (
        <span className={styles.quiet}>
          {t(`seal.now.${work}`, { done: count(sealing?.madeUpFrames ?? 0, language), total })}
        </span>
      )}
    </label>
  );
}
