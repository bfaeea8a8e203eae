import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { limitFigure, limitName, limitSource } from '#shared/i18n/limit-words.ts';
import { messages } from '#shared/i18n/messages.ts';
import type { Check, Limit } from '../check.ts';
import { checkOf, checkTitle } from './event-words.ts';
import { escapeHtml, figure } from './html-text.ts';
import type { ReportSource } from './report-source.ts';

/** The limits of every check that was applied, with the source of each: one table, for whoever checks the checks. */
export function limits({ profile, result }: ReportSource, language: ReportLanguage): string {
  const words = messages[language].qc.report;
  const groups = result.summary.checks.flatMap((id) => {
    const check = checkOf(id);
    if (!check) return [];
    const rows = Object.entries(limitsIn(profile.checks[id]?.limits ?? {}, check)).map(
      ([name, { source, ...limit }]) => {
        const { value, unit } = limitFigure(language, limit);
        return `<tr><td>${said(limitName(language, name))}</td><td class="number">${escapeHtml(figure(language, value))}</td><td>${escapeHtml(unit)}</td><td>${said(limitSource(language, source))}</td></tr>`;
      },
    );
    if (rows.length === 0) return [];
    return `<tr><th colspan="4" scope="rowgroup">${escapeHtml(checkTitle(language, id))}</th></tr>${rows.join('')}`;
  });
  if (groups.length === 0) return '';
  return `<p>${escapeHtml(words.limitsHow)}</p><table class="limits"><thead><tr><th colspan="3">${escapeHtml(words.limits)}</th><th>${escapeHtml(words.limitSource)}</th></tr></thead>${groups.map((rows) => `<tbody>${rows}</tbody>`).join('')}</table>`;
}

/** Words that may be another language's than the page's: a station's own profile is written in one language. */
export function said({ words, language }: { words: string; language?: string }): string {
  return language === undefined ? escapeHtml(words) : `<span lang="${language}">${escapeHtml(words)}</span>`;
}

/** The limits that a check was applied with: the profile's before its own. */
function limitsIn(set: Record<string, Limit>, check: Check): Record<string, Limit> {
  return Object.fromEntries(Object.entries(check.limits).map(([name, own]) => [name, set[name] ?? own]));
}
