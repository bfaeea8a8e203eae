import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Session, Work } from '#shared/domain/live.ts';
import { api } from '../api/client.ts';
import { hasNoLink, useConnection } from '../api/connection.ts';
import { WritingStatus } from '../features/review/WritingStatus.tsx';
import { useLive } from '../state/live.ts';
import { fragmentOf } from '../state/place.ts';
import { languages, usePreferences } from '../state/preferences.ts';
import { bytes, count, framesToSeconds, span, tenths } from '../ui/words.ts';
import styles from './StatusLine.module.css';

/** The line that never goes away: captures, derived work, the log, who is signed in. */
export function StatusLine() {
  const { t } = useTranslation();
  const { sessions, work, log } = useLive((live) => live.state);
  const isLost = useConnection(hasNoLink);
  // What was last heard of captures stays, under the word that the link is lost; that nothing runs is not known then.
  const known = useLive((live) => live.seq !== null) && !isLost;
  const language = usePreferences((preferences) => preferences.language);
  const info = useQuery(api.station.info.queryOptions());
  return (
    <footer className={styles.line}>
      <h2 className="visually-hidden">{t('status.label')}</h2>
      <div className={styles.now}>
        {isLost && (
          <span className={styles.item} data-tone="failure" role="alert">
            <i aria-hidden="true">▲</i>
            <strong>{t('connection.lost')}</strong> {t('connection.lostDetail')}
          </span>
        )}
        {sessions.map((session) => (
          <SessionStatus key={session.passId} session={session} isLost={isLost} />
        ))}
        {work.map((item) => (
          <WorkStatus key={item.id} work={item} />
        ))}
        <WritingStatus className={styles.item} />
        {known && sessions.length === 0 && work.length === 0 && (
          <span className={styles.item}>
            <i aria-hidden="true">○</i>
            {t('status.idle')}
          </span>
        )}
      </div>
      <div className={styles.standing}>
        <QueueStatus />
        {known && (
          <a
            className={styles.item}
            href={fragmentOf({ screen: 'log' })}
            data-tone={log.ok ? undefined : 'failure'}
          >
            {!log.ok && <i aria-hidden="true">▲</i>}
            {log.ok ? t('status.verified') : t('status.broken')}
            <strong className="mono">{count(log.verifiedSeq, language)}</strong>
            {t('status.of')} <span className="mono">{count(log.seq, language)}</span>
          </a>
        )}
        {info.data && (
          <a
            className={styles.item}
            href={fragmentOf({ screen: 'station', item: 'people' })}
            title={t('command.people')}
          >
            <strong>{info.data.person.name}</strong> {t(`role.${info.data.person.role}`)}
            {info.data.isStationWindow && info.data.isAccount && <WhoSits />}
          </a>
        )}
        <LanguageSwitch />
      </div>
    </footer>
  );
}

/** Where people are known and none of them has sat down: what is signed now would be signed by the account. */
function WhoSits() {
  const { t } = useTranslation();
  const people = useQuery(api.station.people.queryOptions()).data ?? [];
  return people.length > 1 && <span>◆ {t('people.who')}</span>;
}

/** How many passes wait for review; nothing where none does. */
function QueueStatus() {
  const { t } = useTranslation();
  const waiting = useQuery(api.review.queue.queryOptions()).data?.length ?? 0;
  if (waiting === 0) return null;
  return (
    <a className={styles.item} href={fragmentOf({ screen: 'review' })}>
      {t('status.queue', { count: waiting })}
    </a>
  );
}

function SessionStatus({ session, isLost }: { session: Session; isLost: boolean }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const trouble = session.state === 'failed' || session.state === 'interrupted';
  const tone = trouble
    ? 'failure'
    : session.state === 'recording'
      ? 'recording'
      : session.state === 'sealed'
        ? 'sealed'
        : undefined;
  const sign = trouble ? '▲' : session.state === 'sealed' ? '✓' : session.state === 'recording' ? '●' : '◐';
  const elapsed = span(framesToSeconds(session.frames, session.video.frameRate));
  const parts = [
    isLost && t('status.lastKnown'),
    session.state === 'recording' && elapsed,
    t('unit.frames', { count: session.frames }),
    t('status.dropped', { count: session.droppedFrames }),
    session.state === 'recording' &&
      session.lagS !== null &&
      t('status.lag', { seconds: tenths(session.lagS, language) }),
    session.state === 'stopping' &&
      session.lagS !== null &&
      session.lagS >= 1 &&
      t('status.onTheWay', { seconds: tenths(session.lagS, language) }),
    session.state === 'recording' &&
      session.diskLeftS !== null &&
      t('status.diskLeft', { time: span(session.diskLeftS) }),
    session.gaveWay.length > 0 &&
      t('status.gaveWay', { works: session.gaveWay.map((work) => t(`derivedWork.${work}`)).join(', ') }),
    session.state !== 'recording' &&
      session.state !== 'prepared' &&
      session.state !== 'sealed' &&
      t('status.proved', {
        done: count(session.follower.provedFrames, language),
        total: count(session.frames, language),
      }),
  ].filter(Boolean);
  return (
    <a className={styles.item} data-tone={tone} href={fragmentOf({ screen: 'capture' })}>
      <i aria-hidden="true">{sign}</i>
      <strong>
        {t(`passState.${session.state}`)} {session.tapeIdentifier}
      </strong>
      {session.state === 'prepared' ? t('status.nothingRecorded') : parts.join(' · ')}
    </a>
  );
}

function WorkStatus({ work }: { work: Work }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const amount = (value: number) => (work.unit === 'bytes' ? bytes(value, language) : count(value, language));
  return (
    <span className={styles.item}>
      <i aria-hidden="true">◐</i>
      {t(`work.${work.kind}`)} {work.label}
      {work.total !== null && work.total > 0 && (
        <progress value={work.done} max={work.total} aria-label={t(`work.${work.kind}`)} />
      )}
      <span className="mono">
        {amount(work.done)}
        {work.total !== null && ` / ${amount(work.total)}`}
      </span>
    </span>
  );
}

function LanguageSwitch() {
  const { t } = useTranslation();
  const { language, setLanguage } = usePreferences();
  return (
    <fieldset className={styles.languages}>
      <legend className="visually-hidden">{t('status.language')}</legend>
      {languages.map((code) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={code === language}
          title={t(`command.language.${code}`)}
          onClick={() => setLanguage(code)}
        >
          {code.toUpperCase()}
        </button>
      ))}
    </fieldset>
  );
}
