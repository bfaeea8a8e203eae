import type { FileRule, MediaconchVerdict } from '#shared/domain/qc.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { engineWords } from '#shared/i18n/engine-words.ts';
import { messages } from '#shared/i18n/messages.ts';
import { checkTitle } from './event-words.ts';
import { said } from './html-limits.ts';
import { escapeHtml, filled } from './html-text.ts';
import type { ReportSource } from './report-source.ts';

/**
 * Whether a file is what a master should be, rule by rule, those that hold too: what only tells of faults does not tell what was asked.
 * Empty where nobody asked it: of a report of another tool, and of a pass, whose seal says it.
 */
export function fileRules({ result }: ReportSource, language: ReportLanguage): string {
  if (!result.media) return '';
  const { rules, mediaconch } = result.media;
  const words = messages[language].qc.report.fileRules;
  const held = rules.filter(({ ok }) => ok).length;
  const count = rules.length === 0 ? words.none : filled(words.held, { held, total: rules.length });
  const heads = [
    words.rule,
    words.outcome,
    messages[language].qc.evidence.expected,
    messages[language].qc.evidence.measured,
  ];
  const table =
    rules.length === 0
      ? ''
      : `<table class="events"><thead><tr>${heads.map((head) => `<th>${escapeHtml(head)}</th>`).join('')}</tr></thead><tbody>${rules.map((rule) => rowOf(rule, language)).join('')}</tbody></table>`;
  return `<p>${escapeHtml(count)} ${mediaconchWords(mediaconch, language)}</p>${table}\n`;
}

function rowOf(rule: FileRule, language: ReportLanguage): string {
  const outcome = rule.ok
    ? `✓ ${messages[language].qc.report.fileRules.holds}`
    : messages[language].severity[rule.severity];
  const cells = [rule.expected, rule.measured].map((text) => `<td>${said(engineWords(language, text))}</td>`);
  return `<tr><td>${escapeHtml(checkTitle(language, rule.id))}</td><td>${escapeHtml(outcome)}</td>${cells.join('')}</tr>`;
}

function mediaconchWords({ notRun, passed, applied }: MediaconchVerdict, language: ReportLanguage): string {
  const words = messages[language].qc.report.fileRules;
  return notRun === undefined
    ? escapeHtml(filled(words.mediaconch, { passed, applied }))
    : escapeHtml(words.noMediaconch);
}
