import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/domain/live.ts';
import { Remark, Sentence } from '../../ui/Sentence.tsx';
import { isLosing, openAlarms } from './open-alarms.ts';
import type { Alarm } from './pass-parts.ts';
import styles from './TransportProblem.module.css';
import { useTransport } from './transport.ts';

/** More would push the picture away; the others stand in the lane and at the side. */
const shownAtOnce = 2;

/** What goes wrong now, above the transport and never over it: first what is safe, then what it means and what to do. */
export function TransportProblem({ session }: { session: Session }) {
  const { t } = useTranslation();
  const error = useTransport((transport) => transport.error);
  const running = session.state === 'recording' || session.state === 'stopping';
  const alarms = running ? openAlarms(session) : [];
  const hidden = alarms.length - shownAtOnce;
  if (!error && alarms.length === 0) return null;
  return (
    <div className={styles.problems}>
      <Sentence error={error} />
      {alarms.slice(0, shownAtOnce).map((alarm, index) => (
        <OpenAlarm key={alarm.kind} alarm={alarm} safe={index === 0 ? session.frames : undefined} />
      ))}
      {hidden > 0 && <p className={styles.more}>{t('capture.moreAlarms', { count: hidden })}</p>}
    </div>
  );
}

function OpenAlarm({ alarm, safe }: { alarm: Alarm; safe: number | undefined }) {
  const { t } = useTranslation();
  return (
    <Remark tone={isLosing(alarm) ? 'failure' : 'warning'}>
      <p>
        {safe !== undefined && <strong>{t('seal.safe', { count: safe })} </strong>}
        <strong>{t(`alarm.${alarm.kind}.title`)}</strong> {t('capture.atFrame', { frame: alarm.frame })}:{' '}
        {alarm.message}
      </p>
      <p className={styles.quiet}>
        {t(`alarm.${alarm.kind}.means`)} {t(`alarm.${alarm.kind}.do`)}
      </p>
    </Remark>
  );
}
