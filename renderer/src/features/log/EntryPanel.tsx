import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../state/preferences.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { moment } from '../../ui/words.ts';
import { EntrySubjects } from './EntrySubjects.tsx';
import styles from './LogScreen.module.css';

interface Entry {
  seq: number;
  eventId: string;
  recordedAt: string;
  occurredAt: string;
  type: string;
  actorName: string;
  subjects: readonly { tape: string; passNumber: number | null }[];
  payload: Record<string, unknown>;
  hash: string;
}

/** One event with everything it says, as it is hashed. */
export function EntryPanel({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  return (
    <Panel title={`#${entry.seq}`} aside={entry.type} className={styles.entry}>
      <Facts
        rows={[
          [t('log.occurred'), moment(entry.occurredAt, language)],
          [t('log.recorded'), moment(entry.recordedAt, language)],
          [t('log.subject'), <EntrySubjects key="subjects" subjects={entry.subjects} />],
          [t('log.actor'), entry.actorName],
          [t('log.eventId'), <code key="id">{entry.eventId}</code>],
          [t('log.hash'), <code key="hash">{entry.hash}</code>],
        ]}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to be reached by keyboard for that. */}
      <pre className={styles.payload} tabIndex={0}>
        {JSON.stringify(entry.payload, null, 2)}
      </pre>
    </Panel>
  );
}
