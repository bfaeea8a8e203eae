import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/domain/live.ts';
import { engineWords } from '#shared/i18n/engine-words.ts';
import { colon } from '#shared/i18n/punctuation.ts';
import type { Language } from '../../state/preferences.ts';
import { EngineText } from '../../ui/EngineText.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { isLosing, openAlarms } from './open-alarms.ts';
import type { Alarm } from './pass-parts.ts';
import styles from './TransportProblem.module.css';
import { useTransport } from './transport.ts';

/** As many names of further alarms as there are lines in the strip; what is beyond them is counted. */
const namedAtOnce = 3;

/** What goes wrong now, above the transport and never over it. */
export function TransportProblem({ session }: { session: Session }) {
  const error = useTransport((transport) => transport.error);
  const running = session.state === 'recording' || session.state === 'stopping';
  const reserved = running || session.state === 'prepared';
  if (!reserved) return error ? <Sentence error={error} /> : null;
  return <AlarmStrip alarms={running ? openAlarms(session) : []} frames={session.frames} error={error} />;
}

/**
 * A strip of one height, with an alarm in it or without: the picture does not change its size while somebody watches it. First what
 * is safe, then what goes on and what to do; of further alarms their names, and of more their number.
 */
export function AlarmStrip({
  alarms,
  frames,
  error,
}: {
  alarms: readonly Alarm[];
  frames: number;
  error?: unknown;
}) {
  const { t, i18n } = useTranslation();
  const language = i18n.language as Language;
  const [gravest, ...rest] = alarms;
  const named = error ? alarms : rest;
  const shown = named.length > namedAtOnce ? named.slice(0, namedAtOnce - 1) : named;
  const tone = error || (gravest && isLosing(gravest)) ? 'failure' : gravest ? 'warning' : 'none';
  return (
    <section className={styles.strip} aria-label={t('capture.alarms')} data-tone={tone}>
      {/* A long one is scrolled inside its room, also by keyboard. */}
      <div className={styles.gravest} role="status" tabIndex={gravest || error ? 0 : undefined}>
        {error ? (
          <Sentence error={error} className={styles.error} />
        ) : gravest ? (
          <OpenAlarm alarm={gravest} safe={frames} />
        ) : (
          <p className={styles.quiet}>{t('capture.noAlarm')}</p>
        )}
      </div>
      {named.length > 0 && (
        <ul className={styles.named}>
          {shown.map((alarm) => (
            <li
              key={alarm.kind}
              title={engineWords(language, alarm.message).words}
              data-tone={isLosing(alarm) ? 'failure' : 'warning'}
            >
              <span aria-hidden="true">{signOf(alarm)}</span> {t(`alarm.${alarm.kind}.title`)}
            </li>
          ))}
          {named.length > shown.length && (
            <li>{t('capture.moreAlarms', { count: named.length - shown.length })}</li>
          )}
        </ul>
      )}
    </section>
  );
}

function OpenAlarm({ alarm, safe }: { alarm: Alarm; safe: number }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language as Language;
  return (
    <>
      <p>
        <span className={styles.sign} aria-hidden="true">
          {signOf(alarm)}
        </span>{' '}
        <strong>{t('seal.safe', { count: safe })}</strong> <strong>{t(`alarm.${alarm.kind}.title`)}</strong>{' '}
        {t('capture.atFrame', { frame: alarm.frame })}
        {colon(language)} <EngineText text={alarm.message} />
      </p>
      <p>
        {t(`alarm.${alarm.kind}.do`)} <span className={styles.quiet}>{t(`alarm.${alarm.kind}.means`)}</span>
      </p>
    </>
  );
}

function signOf(alarm: Alarm): string {
  return isLosing(alarm) ? '▲' : '◆';
}
