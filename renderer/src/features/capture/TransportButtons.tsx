import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/domain/live.ts';
import { useHeld } from '../../commands/held.ts';
import { useMay } from '../../state/person.ts';
import { Button } from '../../ui/Button.tsx';
import { HoldButton } from '../../ui/HoldButton.tsx';
import { PassStateWord } from '../../ui/StateWord.tsx';
import styles from './TransportButtons.module.css';
import { capture, useTransport } from './transport.ts';

/** Where a seal will not come by itself any more, or has come; else it is on its way. */
const sealWord: Partial<Record<Session['state'], 'seal.sealedShort' | 'seal.notSealed'>> = {
  sealed: 'seal.sealedShort',
  failed: 'seal.notSealed',
  interrupted: 'seal.notSealed',
};

/** The next step of this pass, as large as it matters: record, then mark and hold to stop, then the next tape. */
export function TransportButtons({ session }: { session: Session }) {
  const { t } = useTranslation();
  const pending = useTransport((transport) => transport.pending);
  const may = useMay('technician');
  const heldByKey = useHeld((held) => held.id === 'capture.stop');
  if (!may) {
    return (
      <div className={styles.buttons}>
        <div className={styles.state}>
          <PassStateWord state={session.state} />
        </div>
      </div>
    );
  }
  if (session.state === 'prepared') {
    return (
      <div className={styles.buttons}>
        <Button
          tone="recording"
          className={styles.large}
          disabled={pending !== null}
          onClick={() => capture.record()}
        >
          <span aria-hidden="true">●</span> {t('capture.record')} <kbd>⇧R</kbd>
        </Button>
        <Button className={styles.small} disabled={pending !== null} onClick={() => capture.disarm()}>
          {t('capture.disarm')}
        </Button>
      </div>
    );
  }
  if (session.state === 'recording') {
    return (
      <div className={styles.buttons}>
        <div className={styles.large}>
          <HoldButton
            label={t('capture.stopLabel')}
            disabled={pending !== null}
            heldByKey={heldByKey}
            onHeld={() => capture.stop()}
          >
            <span aria-hidden="true">■</span> {t('capture.stop')} <kbd>S</kbd>
          </HoldButton>
        </div>
        <Button className={styles.small} onClick={() => capture.mark()}>
          {t('capture.mark')} <kbd>M</kbd>
        </Button>
      </div>
    );
  }
  const ended = session.state === 'sealed' || session.state === 'failed';
  return (
    <div className={styles.buttons}>
      <div className={styles.state}>
        <PassStateWord state={session.state} />
        <p>{t(sealWord[session.state] ?? 'seal.notYet')}</p>
      </div>
      {/* A new pass may begin while this one is still being proved. */}
      <Button tone={ended ? 'main' : 'plain'} className={styles.small} onClick={() => capture.next()}>
        {t('capture.next')}
      </Button>
    </div>
  );
}
