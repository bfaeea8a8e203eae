import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { limitSource, normalWords } from '#shared/i18n/limit-words.ts';
import { messages } from '#shared/i18n/messages.ts';
import { colon } from '#shared/i18n/punctuation.ts';
import { checkExplanation, checkTitle, notJudgedWords, sentence } from './event-words.ts';
import { said } from './html-limits.ts';
import { channelOf, escapeHtml, filled, measureWords, valueWords } from './html-text.ts';
import type { ReportSource } from './report-source.ts';

/** Smallest, mean and largest of every measure. */
export function figures({ series, measures }: ReportSource, language: ReportLanguage): string {
  const words = messages[language].qc.report;
  const rows = measures.map((measure) => {
    const { min, mean, max } = extent(series.column(measure.id));
    const channel = channelOf(measure.id);
    const name = `${measureWords(language, measure)}${channel === undefined ? '' : ` (${words.channel} ${channel})`}`;
    const unit = sentence(language, `qc.report.unitName.${measure.unit}`) ?? measure.unit;
    const cells = [min, mean, max].map(
      (value) => `<td class="number">${escapeHtml(valueWords(language, measure, value))}</td>`,
    );
    return `<tr><td>${escapeHtml(name)}</td><td>${escapeHtml(unit)}</td>${cells.join('')}</tr>`;
  });
  const heads = [words.measure, words.unit, words.smallest, words.mean, words.largest];
  return `<table class="figures"><thead><tr>${heads.map((head) => `<th>${escapeHtml(head)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>\n`;
}

/** Smallest, mean of what is finite, and largest; NaN where nothing was measured. */
function extent(column: Float32Array): { min: number; mean: number; max: number } {
  let [min, max, sum, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  let isMeasured = false;
  for (const value of column) {
    if (Number.isNaN(value)) continue;
    isMeasured = true;
    if (value < min) min = value;
    if (value > max) max = value;
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  if (!isMeasured) return { min: Number.NaN, mean: Number.NaN, max: Number.NaN };
  return { min, mean: count > 0 ? sum / count : min, max };
}

/** How the numbers came about, what was looked for, and what was not judged. */
export function method(
  { series, result, profile, measuredArea }: ReportSource,
  language: ReportLanguage,
): string {
  const words = messages[language].qc.report;
  const applied = result.summary.checks.map((id) => {
    const explanation = checkExplanation(language, id);
    return `<li><b>${escapeHtml(checkTitle(language, id))}</b>${explanation ? `${colon(language)} ${escapeHtml(explanation)}` : ''}</li>`;
  });
  const { notJudged } = result.summary;
  const left = notJudged.map(
    (one) =>
      `<li><b>${escapeHtml(checkTitle(language, one.check))}</b>${colon(language)} ${escapeHtml(notJudgedWords(language, one))}</li>`,
  );
  const { heading, note } = messages[language].qc.notJudged;
  const silent =
    left.length > 0
      ? `<h3>${escapeHtml(heading)}</h3><p>${escapeHtml(note)}</p><ul>${left.join('')}</ul>`
      : '';
  const normal = (profile.normal ?? []).map(
    ({ what, source }) =>
      `<li>${said(normalWords(language, what))} <small>${said(limitSource(language, source))}</small></li>`,
  );
  const expected =
    normal.length > 0
      ? `<h3>${escapeHtml(filled(words.normal, { profile: profile.name }))}</h3><ul>${normal.join('')}</ul>`
      : '';
  const area = measuredArea ? filled(words.area, { bits: series.bitDepth }) : words.areaForeign;
  return `<p>${escapeHtml(area)}</p><h3>${escapeHtml(words.applied)}</h3><ul>${applied.join('')}</ul>${silent}${expected}`;
}
