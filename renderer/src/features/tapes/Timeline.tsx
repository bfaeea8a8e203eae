import { useTranslation } from 'react-i18next';
import type { Tape } from '#shared/domain/tape.ts';
import { verdicts } from '#shared/domain/verdict.ts';
import { fragmentOf } from '../../state/place.ts';
import { usePreferences } from '../../state/preferences.ts';
import { moment } from '../../ui/words.ts';
import styles from './Timeline.module.css';

interface Entry {
  seq: number;
  at: string;
  type: string;
  summary: { key: string; values: Record<string, string | number> };
  passId: string | null;
}

/** Everything that happened to a tape, newest first; each line is one event of the log. */
export function Timeline({ entries, tape }: { entries: readonly Entry[]; tape: Tape }) {
  const language = usePreferences((preferences) => preferences.language);
  return (
    <ol className={styles.timeline}>
      {entries.toReversed().map((entry) => (
        <li key={entry.seq}>
          <span className={styles.sign} data-sign={signs[entry.type]} aria-hidden="true">
            {signs[entry.type] ?? '○'}
          </span>
          <div>
            <p>
              <Summary entry={entry} />
            </p>
            <p className={styles.foot}>
              <time dateTime={entry.at}>{moment(entry.at, language)}</time>
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

function Summary({ entry }: { entry: Entry }) {
  const { t, i18n } = useTranslation();
  if (!i18n.exists(entry.summary.key)) return entry.type;
  // The key is the engine's: its words are in shared/i18n, and a test there says that each event type has some.
  const { verdict, ...values } = entry.summary.values;
  const said = verdicts.find((one) => one === verdict);
  return t(entry.summary.key as 'event.tape.registered', {
    ...values,
    ...(said && { verdict: t(`verdict.said.${said}`) }),
  });
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
