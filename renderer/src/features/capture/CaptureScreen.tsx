import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/domain/live.ts';
import { api } from '../../api/client.ts';
import { useConnection } from '../../api/connection.ts';
import { useLive } from '../../state/live.ts';
import { useMay } from '../../state/person.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PassStateWord } from '../../ui/StateWord.tsx';
import { tenths } from '../../ui/words.ts';
import { AudioMeters } from './AudioMeters.tsx';
import { CapturePicture } from './CapturePicture.tsx';
import styles from './CaptureScreen.module.css';
import { Counters } from './Counters.tsx';
import { EventLane } from './EventLane.tsx';
import { metersNow } from './following.ts';
import { NoPassWords } from './NoPassWords.tsx';
import { SealPanel } from './SealPanel.tsx';
import { Setup } from './Setup.tsx';
import { SidePanels } from './SidePanels.tsx';
import { TransportButtons } from './TransportButtons.tsx';
import { TransportProblem } from './TransportProblem.tsx';
import { capture, shownSession, useTransport } from './transport.ts';

/** One tape being recorded: picture, sound, transport, events. Without a pass, the choices for one. */
export function CaptureScreen() {
  const sessions = useLive((live) => live.state.sessions);
  const chosen = useTransport((transport) => transport.chosen);
  const session = shownSession(sessions, chosen);
  // A pass that is over leaves the live state: what was on the screen goes on to stand there until the next is begun.
  useEffect(() => {
    if (session && chosen === null) useTransport.setState({ chosen: session.passId });
  }, [session, chosen]);
  return (
    <div className={styles.screen}>
      {sessions.length > 1 || (sessions.length > 0 && !session) ? (
        <SessionTabs sessions={sessions} shown={session} />
      ) : null}
      {session ? <RunningPass session={session} /> : <NoPass passId={chosen === 'setup' ? null : chosen} />}
    </div>
  );
}

function RunningPass({ session }: { session: Session }) {
  const { t } = useTranslation();
  const recorded = session.state !== 'prepared' && session.state !== 'recording';
  return (
    <div className={styles.grid}>
      <div className={styles.main}>
        <div className={styles.pictures} data-sealing={recorded || undefined}>
          <CapturePicture session={session} />
          {recorded ? (
            <SealPanel session={session} />
          ) : (
            session.audioPeaksDbfs.length > 0 && (
              <Panel title={t('capture.audio')} aside="dBFS" flush>
                <Meters session={session} />
              </Panel>
            )
          )}
        </div>
        <TransportProblem session={session} />
        <section className={styles.transport} aria-label={t('capture.transport')}>
          <TransportButtons session={session} />
          <div className={styles.counters}>
            <Counters session={session} />
          </div>
        </section>
        <Panel
          title={t('capture.thisPass')}
          aside={t('capture.passOf', { number: session.passNumber, tape: session.tapeIdentifier })}
          className={styles.lane}
          flush
        >
          <EventLane session={session} />
        </Panel>
      </div>
      <SidePanels session={session} />
    </div>
  );
}

function Meters({ session }: { session: Session }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const { is, place, behindS } = metersNow(session);
  const words = { place, seconds: tenths(behindS, language) };
  const late =
    is === 'live' ? undefined : t(is === 'behind' ? 'capture.metersBehind' : 'capture.metersHeld', words);
  return <AudioMeters peaks={session.audioPeaksDbfs} silentS={session.audioSilentS} late={late} />;
}

function NoPass({ passId }: { passId: string | null }) {
  const may = useMay('technician');
  const passes = useQuery(api.passes.list.queryOptions({ input: {} }));
  const last = passes.data?.find((pass) => pass.id === passId);
  const connection = useConnection((one) => one.state);
  return (
    <div className={styles.grid}>
      <div className={styles.main}>
        <div className={styles.pictures} data-empty>
          <div className={styles.noPicture}>
            <NoPassWords connection={connection} last={last} may={may} />
          </div>
        </div>
      </div>
      {may && (
        <div className={styles.side}>
          <Setup />
        </div>
      )}
    </div>
  );
}

function SessionTabs({ sessions, shown }: { sessions: readonly Session[]; shown: Session | undefined }) {
  const { t } = useTranslation();
  return (
    <nav className={styles.tabs} aria-label={t('capture.running')}>
      {sessions.map((session) => (
        <button
          key={session.passId}
          type="button"
          aria-pressed={session.passId === shown?.passId}
          onClick={() => capture.show(session.passId)}
        >
          <strong>{session.tapeIdentifier}</strong> <PassStateWord state={session.state} />
        </button>
      ))}
      <button type="button" aria-pressed={!shown} onClick={() => capture.next()}>
        {t('capture.next')}
      </button>
    </nav>
  );
}
