import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/domain/live.ts';
import { isOfFile, severities } from '#shared/domain/qc.ts';
import { engineWords } from '#shared/i18n/engine-words.ts';
import { eventSentence } from '#shared/i18n/event-sentence.ts';
import { type Language, usePreferences } from '../../state/preferences.ts';
import { axisLabel, axisTimes } from '../../ui/time-axis.ts';
import { framesToSeconds } from '../../ui/words.ts';
import styles from './EventLane.module.css';
import { type Found, foundOn } from './found.ts';
import { isLosing } from './open-alarms.ts';

/** Seconds of tape that the lane shows at least, so that the head does not race over it at the beginning. */
const shortestS = 20;

/** This pass over time: what is recorded, what of it is proved, and all that happened, each at its frame. */
export function EventLane({ session }: { session: Session }) {
  const { t } = useTranslation();
  const rate = session.video.frameRate;
  const recordedS = framesToSeconds(session.frames, rate);
  const running = session.state === 'recording' || session.state === 'prepared';
  const lengthS = running
    ? Math.max(session.durationS ?? 0, recordedS * 1.25, shortestS)
    : Math.max(recordedS, 1);
  const at = (frame: number) => `${(100 * framesToSeconds(frame, rate)) / lengthS}%`;
  const found = foundOn(session);
  const lanes: { kind: Found['kind']; label: string }[] = [
    { kind: 'finding', label: t('capture.findings') },
    { kind: 'alarm', label: t('capture.alarms') },
    { kind: 'mark', label: t('capture.marks') },
  ];
  return (
    <div className={styles.lane}>
      <div className={styles.names}>
        <span>{t('capture.recorded')}</span>
        <span>{t('capture.proved')}</span>
        {lanes.map(({ kind, label }) => (
          <span key={kind}>{label}</span>
        ))}
      </div>
      <div className={styles.time}>
        <div className={styles.row}>
          <div className={styles.recorded} style={{ width: at(session.frames) }} />
        </div>
        <div className={styles.row}>
          <div className={styles.proved} style={{ width: at(session.follower.provedFrames) }} />
        </div>
        {lanes.map(({ kind }) => (
          <div key={kind} className={styles.row}>
            {found
              .filter((one) => one.kind === kind)
              .toSorted((a, b) => weightOf(a) - weightOf(b))
              .map((one) => (
                <FoundMark
                  key={`${one.frame}-${textOf(one, 'en')}`}
                  found={one}
                  left={at(one.frame)}
                  width={at(one.endFrame + 1 - one.frame)}
                />
              ))}
          </div>
        ))}
        {session.state === 'recording' && (
          <div className={styles.head} style={{ left: at(session.frames) }} />
        )}
        <div className={styles.axis} aria-hidden="true">
          {axisTimes(lengthS).map((seconds) => (
            <span key={seconds} style={{ left: `${(100 * seconds) / lengthS}%` }}>
              {axisLabel(seconds)}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

/** What is worse is drawn over what is not. */
function weightOf(found: Found): number {
  if (found.kind === 'alarm') return Number(isLosing(found.alarm));
  return found.kind === 'finding' && !found.event.intended ? severities.indexOf(found.event.severity) : 0;
}

function FoundMark({ found, left, width }: { found: Found; left: string; width: string }) {
  const language = usePreferences((preferences) => preferences.language);
  // What the artist meant is in sight, and calls for nothing.
  const severity = found.kind === 'finding' && !found.event.intended ? found.event.severity : 'info';
  const tone =
    severity === 'fail' || (found.kind === 'alarm' && isLosing(found.alarm))
      ? 'failure'
      : severity === 'warn' || found.kind === 'alarm'
        ? 'warning'
        : 'plain';
  // What is said of the whole is no range: it would hide all that has a place.
  const isOfAll = found.kind === 'finding' && isOfFile(found.event);
  return (
    <div
      className={styles.found}
      data-kind={isOfAll ? 'whole' : found.kind}
      data-tone={tone}
      style={{ left, width }}
      title={textOf(found, language)}
    />
  );
}

function textOf(found: Found, language: Language): string {
  if (found.kind === 'alarm') return engineWords(language, found.alarm.message).words;
  return found.kind === 'mark'
    ? found.mark.label
    : (eventSentence(language, found.event) ?? found.event.message);
}
