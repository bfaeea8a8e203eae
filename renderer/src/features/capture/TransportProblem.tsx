import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/domain/live.ts';
import { Remark, Sentence } from '../../ui/Sentence.tsx';
import { useTransport } from './transport.ts';

/** What went wrong on the way, above the transport and never over it: first what is safe. */
export function TransportProblem({ session }: { session: Session }) {
  const { t } = useTranslation();
  const error = useTransport((transport) => transport.error);
  const alarm = session.alarms.at(-1);
  const running = session.state === 'recording' || session.state === 'stopping';
  if (!error && !(alarm && running)) return null;
  return (
    <>
      <Sentence error={error} />
      {alarm && running && (
        <Remark
          tone={alarm.kind === 'frames-dropped' || alarm.kind === 'recorder-died' ? 'failure' : 'warning'}
        >
          <p>
            <strong>{t('seal.safe', { count: session.frames })}</strong>
          </p>
          <p>
            {alarm.message} {t('capture.atFrame', { frame: alarm.frame })}
          </p>
        </Remark>
      )}
    </>
  );
}
