import { checks } from '#core/qc/checks/registry.ts';
import { fileChecks, otherFileChecks } from '#core/qc/file/registry.ts';
import type { NotJudged, QcEvent, ShownEvent } from '#shared/domain/qc.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { type Messages, messages } from '#shared/i18n/messages.ts';
import type { Check } from '../check.ts';

const allFileChecks = [...fileChecks, ...otherFileChecks];
const rank = { fail: 0, warn: 1, info: 2 } as const;

/** The gravest first, what the artist meant last, then in the order of the tape. */
export function gravestFirst(events: readonly ShownEvent[]): ShownEvent[] {
  const rankOf = ({ severity, intended }: ShownEvent) => (intended ? 3 : rank[severity]);
  return events.toSorted((a, b) => rankOf(a) - rankOf(b) || a.startFrame - b.startFrame);
}

/** The check that found an event; undefined for one that this version does not know. */
export function checkOf(id: string): Check | undefined {
  return (checks as readonly Check[]).find((check) => check.id === id);
}

/** A sentence of shared/i18n by its whole key; undefined where the language has none. */
export function sentence(language: ReportLanguage, key: string): string | undefined {
  let node: unknown = messages[language] satisfies Messages;
  for (const part of key.split('.')) {
    if (typeof node !== 'object' || node === null) return undefined;
    node = (node as Record<string, unknown>)[part];
  }
  return typeof node === 'string' ? node : undefined;
}

/** What a check is called: its title, or its id where it has none. */
export function checkTitle(language: ReportLanguage, id: string): string {
  const check = checkOf(id) ?? allFileChecks.find((one) => one.id === id);
  return (check && sentence(language, check.titleKey)) ?? id;
}

/** `channels 1, 2`, in words; nothing for video. */
export function channelWords(language: ReportLanguage, event: QcEvent): string {
  const channels = event.channels ?? [];
  if (channels.length === 0) return '';
  const word = messages[language].qc.report[channels.length === 1 ? 'channel' : 'channels'];
  return `${word} ${channels.join(', ')}`;
}

/** How grave an event is, in a word; that the artist meant it, where somebody said so. */
export function severityWord(language: ReportLanguage, { severity, intended }: ShownEvent): string {
  return intended ? messages[language].qc.report.intended : messages[language].severity[severity];
}

/** Why a check was not applied, and what it would need where that can be said. */
export function notJudgedWords(language: ReportLanguage, { check, reason }: NotJudged): string {
  const { why, needs } = messages[language].qc.notJudged;
  const needed = reason === 'not-measured' ? (needs as Record<string, string>)[check] : undefined;
  return `${why[reason]}.${needed ? ` ${needed}` : ''}`;
}

/** What a check finds and how, in plain words; undefined where there are none. */
export function checkExplanation(language: ReportLanguage, id: string): string | undefined {
  const check = checkOf(id) ?? allFileChecks.find((one) => one.id === id);
  return check && sentence(language, check.explanationKey);
}
