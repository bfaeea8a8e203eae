import type { i18n, TFunction } from 'i18next';
import { judgements } from '#shared/domain/decision.ts';
import { origins } from '#shared/domain/origin.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { verdicts } from '#shared/domain/verdict.ts';
import { engineWords } from '#shared/i18n/engine-words.ts';
import type { Language } from '../state/preferences.ts';
import { checkTitle } from './check-title.ts';

/** An event as a line: the key of its sentence with plain values, ids among them. */
export interface EventLine {
  type: string;
  summary: { key: string; values: Record<string, string | number> };
  passId: string | null;
}

/** The line in the reader's language: checks, judgements and origins by their names, frames with their timecode. */
export function eventWords(
  { type, summary, passId }: EventLine,
  passes: readonly Pick<Pass, 'id' | 'video'>[],
  words: i18n,
  t: TFunction,
): string {
  if (!words.exists(summary.key)) return type;
  const { values } = summary;
  const isBroken = type === 'package.verified' && values['ok'] === 'false';
  // The key is the engine's: its words are in shared/i18n, and a test there says that each event type has some.
  return t((isBroken ? 'timeline.package.broken' : summary.key) as 'timeline.review.event-decided', {
    ...values,
    ...engineSentences(values, words.language as Language),
    check: typeof values['check'] === 'string' ? checkTitle(values['check'], words, t) : '',
    alarm: alarmWords(values, words, t),
    said: judgedWords(values, t),
    verdict: verdictWords(values, t),
    at: timecodeOf(
      values,
      passes.find(({ id }) => id === passId),
    ),
  });
}

/** What the engine wrote in English sentences. */
function engineSentences(values: EventLine['summary']['values'], language: Language) {
  const said = ['message', 'sourceDescription', 'detail', 'reason'].flatMap((name) => {
    const value = values[name];
    return typeof value === 'string' ? [[name, engineWords(language, value).words]] : [];
  });
  return Object.fromEntries(said) as Record<string, string>;
}

/** What kind of alarm it is: `Frames were lost`. */
function alarmWords({ kind }: EventLine['summary']['values'], words: i18n, t: TFunction): string {
  const key = `alarm.${kind}.title`;
  return words.exists(key) ? t(key as 'alarm.lag.title') : String(kind ?? '');
}

/** `there, playback: Heard it again.` */
function judgedWords(values: EventLine['summary']['values'], t: TFunction): string {
  const judgement = judgements.find((one) => one === values['judgement']);
  const origin = origins.find((one) => one === values['origin']);
  if (judgement === undefined) return '';
  const word = { accepted: 'there', dismissed: 'falseAlarm', reopened: 'reopened' } as const;
  const said = [t(`judging.${word[judgement]}`), origin && t(`origin.${origin}`)].filter(Boolean).join(', ');
  return [said, values['remark']].filter(Boolean).join('. ');
}

function verdictWords({ verdict }: EventLine['summary']['values'], t: TFunction): string {
  const said = verdicts.find((one) => one === verdict);
  return said === undefined ? '' : t(`verdict.said.${said}`);
}

/** From the pass's first frame, as Review tells it. */
function timecodeOf(values: EventLine['summary']['values'], pass: Pick<Pass, 'video'> | undefined): string {
  const frame = values['frame'] ?? values['startFrame'];
  if (typeof frame !== 'number' || pass === undefined) return '–';
  return formatTimecode(frame, pass.video.frameRate);
}
