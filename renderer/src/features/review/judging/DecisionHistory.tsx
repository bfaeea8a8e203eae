import { useTranslation } from 'react-i18next';
import { type Decision, decisionsOn } from '#shared/domain/decision.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { moment } from '../../../ui/words.ts';
import styles from './DecisionHistory.module.css';

/** Everything that was decided of an event, the last word first; earlier words are struck, not gone. */
export function DecisionHistory({
  event,
  decisions,
  nameOf,
}: {
  event: ShownEvent;
  decisions: readonly Decision[];
  nameOf: (personId: string) => string;
}) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const said = decisionsOn(event, decisions).toReversed();
  if (said.length === 0) return null;
  const word = ({ judgement, origin }: Decision) => {
    if (judgement === 'reopened') return t('judging.reopened');
    if (judgement === 'dismissed') return t('judging.falseAlarm');
    return [t('judging.there'), origin && t(`origin.${origin}`)].filter(Boolean).join(', ');
  };
  return (
    <ol className={styles.history} aria-label={t('judging.said')}>
      {said.map((decision, index) => (
        <li key={decision.id}>
          {index === 0 ? <b>{word(decision)}</b> : <s>{word(decision)}</s>}
          <span>
            {decision.writtenBy
              ? t('judging.writtenFor', {
                  ...{ by: nameOf(decision.writtenBy), name: nameOf(decision.decidedBy) },
                })
              : nameOf(decision.decidedBy)}
            , {moment(decision.decidedAt, language)}
          </span>
        </li>
      ))}
    </ol>
  );
}
