import { useTranslation } from 'react-i18next';
import { isLosingAlarm } from '#shared/domain/losing-alarms.ts';
import type { Pass } from '#shared/domain/pass.ts';
import type { Tape } from '#shared/domain/tape.ts';
import { fragmentOf } from '../../state/place.ts';
import { usePreferences } from '../../state/preferences.ts';
import { type EventLine, eventWords } from '../../ui/event-words.ts';
import { moment } from '../../ui/words.ts';
import styles from './Timeline.module.css';

interface Entry extends EventLine {
  seq: number;
  at: string;
  by: string;
}

/** Everything that happened to a tape, newest first; each line is one event of the log. */
export function Timeline({
  entries,
  tape,
  passes,
}: {
  entries: readonly Entry[];
  tape: Tape;
  passes: readonly Pass[];
}) {
  const { t, i18n } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  return (
    <ol className={styles.timeline}>
      {entries.toReversed().map((entry) => (
        <li key={entry.seq}>
          <span className={styles.sign} data-tone={toneOf(entry)} aria-hidden="true">
            {signs[entry.type] ?? '○'}
          </span>
          <div>
            <p>{eventWords(entry, passes, i18n, t)}</p>
            <p className={styles.foot}>
              <span>
                <time dateTime={entry.at}>{moment(entry.at, language)}</time>
                {entry.by && ` · ${entry.by}`}
              </span>
              <a
                href={fragmentOf({ screen: 'log', query: { tape: tape.identifier, seq: String(entry.seq) } })}
              >
                #{entry.seq}
              </a>
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Red where tape was lost or the pass came to nothing, amber for other alarms. */
function toneOf({ type, summary }: EventLine): 'failure' | 'warning' | 'sealed' | undefined {
  if (type === 'pass.sealed') return 'sealed';
  if (type === 'pass.failed' || type === 'pass.interrupted') return 'failure';
  if (type !== 'pass.alarm-raised') return undefined;
  return isLosingAlarm(String(summary.values['kind'])) ? 'failure' : 'warning';
}

const signs: Record<string, string> = {
  'pass.recording-started': '●',
  'pass.sealed': '✓',
  'pass.failed': '▲',
  'pass.interrupted': '▲',
  'pass.alarm-raised': '▲',
  'pass.marked': '◆',
  'package.written': '■',
  'package.verified': '■',
};
