import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { messages } from '#shared/i18n/messages.ts';
import { filled } from './html-text.ts';
import type { ReportReview } from './report-review.ts';

/** Whose word it is, and who wrote it down where that was another one: `written down by Bo for Ada`. */
export function handWords(
  language: ReportLanguage,
  { nameOf }: Pick<ReportReview, 'nameOf'>,
  personId: string,
  writtenBy: string | null | undefined,
): string {
  if (!writtenBy) return nameOf(personId);
  const { writtenFor } = messages[language].judging;
  return filled(writtenFor, { by: nameOf(writtenBy), name: nameOf(personId) });
}
