import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { mapPlaceOf } from '#shared/domain/tape-map.ts';
import { messages } from '#shared/i18n/messages.ts';
import { sentence } from './event-words.ts';
import type { ReportMeasure } from './report-source.ts';

/** Text for HTML, in elements and in attributes between double quotes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A sentence with `{{name}}` filled in. */
export function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A number as people of that language write it, with as many decimals as its size needs. */
export function figure(language: ReportLanguage, value: number): string {
  if (Number.isNaN(value)) return messages[language].qc.report.nothing;
  if (!Number.isFinite(value)) return value < 0 ? messages[language].qc.report.silence : '∞';
  const size = Math.abs(value);
  const decimals = size >= 100 || Number.isInteger(value) ? 0 : size >= 1 ? 2 : size >= 0.001 ? 4 : 6;
  return new Intl.NumberFormat(language, { maximumFractionDigits: decimals, signDisplay: 'negative' }).format(
    value,
  );
}

/** A value of a measure: shares of one in percent. */
export function valueWords(
  language: ReportLanguage,
  { unit }: Pick<ReportMeasure, 'unit'>,
  value: number,
): string {
  return figure(language, unit === 'share' ? 100 * value : value);
}

/** A measure in words; its own id where there are none. */
export function measureWords(language: ReportLanguage, { id }: Pick<ReportMeasure, 'id'>): string {
  const [base = id] = id.split('.');
  if (/^lavfi\b/.test(id)) return id;
  const place = mapPlaceOf(id);
  if (place) {
    const words = messages[language].qc.report.band;
    return filled(words[`${place.subject}-${place.field}`], { band: place.band });
  }
  return sentence(language, `qc.report.lane.${base}`) ?? sentence(language, `measure.${base}`) ?? id;
}

/** The channel that an audio measure is of, from its id `peakDbfs.2`. */
export function channelOf(id: string): number | undefined {
  const match = /^\w+\.(\d{1,3})$/.exec(id);
  return match ? Number(match[1]) : undefined;
}
