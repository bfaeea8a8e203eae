import type { ShownEvent } from '#shared/domain/qc.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { messages } from '#shared/i18n/messages.ts';
import { semicolon } from '#shared/i18n/punctuation.ts';
import { escapeHtml, filled } from './html-text.ts';

/** What a verdict could not rest on: a measurement in force since, and what was said of findings after it. Nothing where there is none. */
export function sinceThen(
  isOfEarlierRun: boolean,
  givenAt: string,
  events: readonly ShownEvent[],
  language: ReportLanguage,
): string {
  const { judging, qc } = messages[language];
  const later = events.filter(({ intended, judged }) => {
    const at = intended?.statedAt ?? judged?.decidedAt;
    return at !== undefined && at > givenAt;
  }).length;
  const facts = [
    isOfEarlierRun && judging.earlierRun,
    later > 0 && filled(qc.report.review.saidSince, { count: later }),
  ].filter((fact) => typeof fact === 'string');
  return facts.length === 0 ? '' : `<br><b>${escapeHtml(facts.join(`${semicolon(language)} `))}</b>`;
}
