import { useTranslation } from 'react-i18next';
import { isOfFile } from '#shared/domain/qc.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { engineWords } from '#shared/i18n/engine-words.ts';
import { eventSentence } from '#shared/i18n/event-sentence.ts';
import { type Language, usePreferences } from '../../state/preferences.ts';
import { checkTitle } from '../../ui/check-title.ts';
import { eventLength } from '../../ui/event-length.ts';
import { SeverityMark } from '../../ui/StateWord.tsx';
import styles from './FoundList.module.css';
import type { Found } from './found.ts';
import { isLosing } from './open-alarms.ts';

/** What happened, newest first, a line each: the frame it happened at, and what it is. What to do about it is said elsewhere. */
export function FoundList({
  found,
  rate,
  channels = 0,
}: {
  found: readonly Found[];
  rate: Rational;
  /** Of the pass: what is heard on all of them needs no numbers of them. */
  channels?: number;
}) {
  const { t, i18n } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  if (found.length === 0) return <p className={styles.none}>{t('capture.nothingFound')}</p>;
  return (
    <ol className={styles.list}>
      {found.toReversed().map((one) => (
        <li key={keyOf(one)}>
          {one.kind === 'mark' ? (
            <span className={styles.mark} role="img" aria-label={t('capture.mark')}>
              ◆
            </span>
          ) : (
            <SeverityMark
              severity={one.kind === 'finding' ? one.event.severity : isLosing(one.alarm) ? 'fail' : 'warn'}
              intended={one.kind === 'finding' && one.event.intended !== undefined}
              t={t}
            />
          )}
          <span className={styles.time} title={t('review.frame', { frame: one.frame })}>
            {one.kind === 'finding' && isOfFile(one.event)
              ? t('review.ofFile')
              : formatTimecode(one.frame, rate)}
          </span>
          <span className={styles.text} title={sentenceOf(one, language)}>
            {one.kind === 'alarm'
              ? t(`alarm.${one.alarm.kind}.title`)
              : one.kind === 'mark'
                ? one.mark.label || t('capture.mark')
                : [
                    checkTitle(one.event.check, i18n, t),
                    !isOfFile(one.event) && eventLength(one.event, t),
                    one.event.channels &&
                      one.event.channels.length !== channels &&
                      `${t(one.event.channels.length === 1 ? 'qc.report.channel' : 'qc.report.channels')} ${one.event.channels.join(', ')}`,
                  ]
                    .filter(Boolean)
                    .join(', ')}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** All that is said of it, for a pointer that rests on its line. */
function sentenceOf(one: Found, language: Language): string | undefined {
  if (one.kind === 'mark') return undefined;
  if (one.kind === 'alarm') return engineWords(language, one.alarm.message).words;
  return eventSentence(language, one.event) ?? one.event.message;
}

/** Two channels may fall silent at one frame, and two alarms or marks may meet at one. */
function keyOf(one: Found): string {
  if (one.kind === 'finding') return `${one.frame}-${one.event.check}-${one.event.channels?.join() ?? ''}`;
  return one.kind === 'alarm' ? `${one.frame}-${one.alarm.kind}` : `${one.frame}-${one.mark.at}`;
}
