import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { eventValues } from '#shared/domain/event-values.ts';
import { api } from '../../api/client.ts';
import { usePreferences } from '../../state/preferences.ts';
import { eventWords } from '../../ui/event-words.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { moment } from '../../ui/words.ts';
import { EntrySubjects } from './EntrySubjects.tsx';
import { fieldRows } from './field-rows.ts';
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

/** One event with everything it says: in words, and as it is hashed. */
export function EntryPanel({ entry }: { entry: Entry }) {
  const { t, i18n } = useTranslation();
  const passId = typeof entry.payload['passId'] === 'string' ? entry.payload['passId'] : null;
  const pass = useQuery(
    api.passes.show.queryOptions({ input: { passId: passId ?? '' }, enabled: passId !== null }),
  );
  const summary = { key: `timeline.${entry.type}`, values: eventValues(entry.payload) };
  const language = usePreferences((preferences) => preferences.language);
  return (
    <Panel title={`#${entry.seq}`} aside={entry.type} className={styles.entry}>
      <p className={styles.said}>
        {eventWords({ type: entry.type, summary, passId }, pass.data ? [pass.data] : [], i18n, t)}
      </p>
      <Facts
        rows={[
          [t('log.occurred'), moment(entry.occurredAt, language)],
          [t('log.recorded'), moment(entry.recordedAt, language)],
          [
            t('log.subject'),
            entry.subjects.length > 0 ? (
              <EntrySubjects key="subjects" subjects={entry.subjects} />
            ) : undefined,
          ],
          [t('log.actor'), entry.actorName],
          [t('log.eventId'), <code key="id">{entry.eventId}</code>],
          [t('log.hash'), <code key="hash">{entry.hash}</code>],
        ]}
      />
      <div className={styles.fields}>
        <Facts rows={fieldRows(entry.payload, i18n, t)} />
      </div>
      <details>
        <summary>{t('log.asHashed')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to be reached by keyboard for that. */}
        <pre className={styles.payload} tabIndex={0}>
          {JSON.stringify(entry.payload, null, 2)}
        </pre>
      </details>
    </Panel>
  );
}
