import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PassId } from '#shared/domain/ids.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { eventSentence } from '#shared/i18n/event-sentence.ts';
import { evidenceWords } from '#shared/i18n/evidence-words.ts';
import { api } from '../../api/client.ts';
import { usePreferences } from '../../state/preferences.ts';
import { checkExplanation, checkTitle } from '../../ui/check-title.ts';
import { eventLength } from '../../ui/event-length.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { profileName } from '../../ui/profile-words.ts';
import { decimal } from '../../ui/words.ts';
import { useCursor } from './cursor.ts';
import styles from './EventPanel.module.css';
import { eventInSight, eventKey, useChosen } from './event-in-sight.ts';
import { Intent } from './Intent.tsx';
import { DecisionHistory } from './judging/DecisionHistory.tsx';
import { EventTerm } from './judging/EventTerm.tsx';
import { indexOfEvent } from './judging/judging.ts';
import { OriginChips } from './judging/OriginChips.tsx';
import type { Judged } from './judging/useJudgedPass.ts';

/** The event under the cursor: what was found, what it is judged to be, the numbers it rests on, and how the check looks for it. */
export function EventPanel({
  pass,
  judged,
}: {
  judged: Judged;
  pass: {
    id: PassId;
    qcEvents: readonly ShownEvent[];
    qcProfileId: string | null;
    video: { frameRate: Rational };
  };
}) {
  const { t, i18n } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const frame = useCursor((cursor) => cursor.frame);
  const chosen = useChosen((one) => one.key);
  // The form takes the room of the keys: all of it is in sight while it is filled in.
  const isSaying = useChosen((one) => one.isSaying);
  const profiles = useQuery(api.qc.profiles.queryOptions());
  const profile = profiles.data?.find(({ id }) => id === pass.qcProfileId);
  const event = eventInSight(pass.qcEvents, frame, chosen);
  if (!event) return null;
  const rate = pass.video.frameRate;
  const explanation = checkExplanation(event.check, i18n, t);
  return (
    <Panel
      title={checkTitle(event.check, i18n, t)}
      aside={`${t('judging.eventOf', { index: indexOfEvent(pass.qcEvents, event) + 1, total: pass.qcEvents.length })} · ${eventLength(event, t)}`}
      className={styles.panel}
    >
      {language === 'en' ? (
        <p className={styles.message}>{event.message}</p>
      ) : (
        <p className={styles.message}>{eventSentence(language, event) ?? explanation}</p>
      )}
      {!isSaying && <OriginChips event={event} />}
      {judged.said && (
        <DecisionHistory event={event} decisions={judged.said.decisions} nameOf={judged.nameOf} />
      )}
      <Intent key={eventKey(event)} passId={pass.id} event={event} />
      <Facts
        rows={[
          ...evidenceWords(language, event).map(({ name, value }) => [name, value] as const),
          [t('review.from'), `${formatTimecode(event.startFrame, rate)} (${event.startFrame})`],
          [t('review.to'), `${formatTimecode(event.endFrame, rate)} (${event.endFrame})`],
          [t('review.severity'), t(`severity.${event.severity}`)],
          [t('review.confidence'), `${decimal(event.confidence * 100, language, 0)} %`],
          [t('review.channels'), event.channels?.join(', ')],
          [t('qc.report.profile'), profile ? profileName(profile, i18n, t) : pass.qcProfileId],
          [t('judging.term'), <EventTerm key="term" check={event.check} />],
        ]}
      />
      {explanation && <p className={styles.quiet}>{explanation}</p>}
    </Panel>
  );
}
