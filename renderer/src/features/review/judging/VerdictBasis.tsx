import { useTranslation } from 'react-i18next';
import { isJudged } from '#shared/domain/decision.ts';
import { commonRanges, countFrames } from '#shared/domain/frame-ranges.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { checkTitle } from '../../../ui/check-title.ts';
import { framesToSeconds, span } from '../../../ui/words.ts';
import { masterWords } from './files-words.ts';
import { unjudgedBySeverity } from './unjudged.ts';
import type { Judged, JudgedPass } from './useJudgedPass.ts';
import styles from './VerdictPanel.module.css';

/** What a verdict would rest on, before it is signed: what nobody has judged, and what this person has not watched. */
export function VerdictBasis({
  pass,
  judged,
  children,
}: {
  pass: JudgedPass;
  judged: Judged;
  /** Lines that come before all others. */
  children?: React.ReactNode;
}) {
  const { t, i18n } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const { sample, own, ofMaster, ofCopy, planId, said, nameOf } = judged;
  const open = pass.qcEvents.filter((event) => !isJudged(event));
  const named = unjudgedBySeverity(open)
    .map(({ severity, events, checks, more }) => {
      const names = checks.map((check) => checkTitle(check, i18n, t));
      const others = more > 0 ? [t('judging.moreKinds', { count: more })] : [];
      return t('judging.ofSeverity', {
        severity: t(`severity.${severity}`),
        count: events,
        names: [...names, ...others].join(', '),
      });
    })
    .join('; ');
  const judges = Map.groupBy(
    pass.qcEvents.filter(isJudged),
    ({ intended, judged: word }) => intended?.statedBy ?? word?.decidedBy ?? '',
  );
  const whose = [...judges].map(([judge, { length }]) => `${nameOf(judge)} ${length}`).join(', ');
  const long = (frames: number) => span(framesToSeconds(frames, pass.video.frameRate));
  const [all, seen] = [countFrames(sample), countFrames(commonRanges(sample, own))];
  const seenFrames = countFrames([...ofCopy, ...ofMaster]);
  const copy = said?.files.copy;
  const master = said && masterWords(said.files, t, language);
  const plan = t(`judging.plan.${planId}`).toLocaleLowerCase(language);
  const lines = [
    said?.qcRunId === null
      ? { isGood: false, text: t('judging.restsOnNoMeasures') }
      : open.length > 0
        ? { isGood: false, text: t('judging.restsOnUnjudged', { count: open.length, names: named }) }
        : { isGood: true, text: t('judging.restsOnJudged') },
    whose !== '' && { isGood: true, text: capital(t('judging.judgedBy', { names: whose })) },
    pass.frames > 0 && {
      isGood: all > 0 && seen === all,
      text: t('judging.restsOnWatched', {
        ...{ seen: long(seen), all: long(all), plan },
        ...{ own: long(countFrames(own)), length: long(pass.frames) },
      }),
    },
    seenFrames > 0 && {
      isGood: ofCopy.length === 0 || copy === 'good',
      text: capital(
        [
          t('judging.seenAs', {
            copy: long(countFrames(ofCopy)),
            master: long(countFrames(ofMaster)),
          }),
          copy && t(`judging.copy.${copy}`),
        ]
          .filter(Boolean)
          .join('; '),
      ),
    },
    master && { isGood: said?.files.master === 'as-sealed', text: capital(master) },
  ].filter((line) => line !== false && line !== null && line !== undefined && line !== '');
  return (
    <ul className={styles.basis} aria-label={t('judging.restsOn')}>
      {children}
      {lines.map(({ isGood, text }) => (
        <li key={text} data-tone={isGood ? undefined : 'warning'}>
          <span aria-hidden="true">{isGood ? '✓' : '◆'}</span> {text}
        </li>
      ))}
    </ul>
  );
}

/** A sentence of its own begins with a capital. */
function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
