import { isOfFile, type ProgrammeLoudness } from '#shared/domain/qc.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { formatClock } from '#shared/domain/timecode.ts';
import { messages } from '#shared/i18n/messages.ts';
import { wordMoment } from '#shared/i18n/moment.ts';
import { checkExplanation, checkTitle, notJudgedWords, sentence } from './event-words.ts';
import { eventTable, findings } from './html-findings.ts';
import { graphs } from './html-graphs.ts';
import { reviewSection } from './html-review.ts';
import { reportStyle } from './html-style.ts';
import { channelOf, escapeHtml, figure, filled, measureWords } from './html-text.ts';
import type { ReportSource } from './report-source.ts';

/**
 * One page that stands alone: no script, no address but `data:` stills, so that it reads the same in fifty years. Its own policy
 * forbids the browser to fetch anything.
 */
export async function* htmlReport(source: ReportSource, language: ReportLanguage): AsyncGenerator<string> {
  const words = messages[language].qc.report;
  const title = `${words.title}: ${source.fileName}`;
  yield `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${reportStyle}</style></head><body>
<header><p>${escapeHtml(words.title)}</p><h1>${escapeHtml(source.fileName)}</h1>${facts(source, language)}</header>
<main>${verdict(source, language)}${eventMap(source, language)}\n`;
  yield* reviewSection(source, language);
  yield `<h2>${escapeHtml(words.findings)}</h2>\n`;
  yield* findings(source, language);
  yield `<h2>${escapeHtml(words.graphs)}</h2><p>${escapeHtml(words.graphsHow)}</p>\n`;
  yield* graphs(source, language);
  yield* eventTable(source, language);
  yield figures(source, language);
  yield `${method(source, language)}</main></body></html>\n`;
}

function facts({ series, result, profile, madeAt, review }: ReportSource, language: ReportLanguage): string {
  const words = messages[language].qc.report;
  const rate = series.frameRate.num / series.frameRate.den;
  const rows: [string, string][] = [
    ...(review
      ? ([
          [messages[language].tape.identifier, review.subject.tape],
          [messages[language].review.pass, figure(language, review.subject.passNumber)],
        ] as [string, string][])
      : []),
    [
      words.length,
      `${formatClock(series.frames, series.frameRate)} (${filled(words.frames, { count: figure(language, series.frames) })})`,
    ],
    [words.rate, `${figure(language, Math.round(rate * 1000) / 1000)} (${result.fps})`],
    [words.standard, result.standard],
    [words.depth, `${series.bitDepth} bit`],
    [words.sound, String(series.channels)],
    ...(result.loudness ?? []).map((one): [string, string] => [
      filled(words.loudness, { channels: one.channels.join(' + ') }),
      loudnessWords(one, language),
    ]),
    [words.profile, profile.name],
    [words.made, wordMoment(madeAt.toISOString(), language)],
  ];
  return `<dl>${rows.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`).join('')}</dl>`;
}

function loudnessWords(
  { integratedLufs, truePeakDbfs }: ProgrammeLoudness,
  language: ReportLanguage,
): string {
  const words = messages[language].qc.report;
  const tenths = (value: number) => figure(language, Math.round(value * 10) / 10);
  return [
    integratedLufs === undefined ? words.tooQuiet : `${tenths(integratedLufs)} LUFS`,
    ...(truePeakDbfs === undefined ? [] : [filled(words.truePeak, { level: tenths(truePeakDbfs) })]),
  ].join(', ');
}

function verdict({ result }: ReportSource, language: ReportLanguage): string {
  const words = messages[language].qc.report;
  const { fail, warn, info, intended } = result.summary;
  const gravest = fail > 0 ? 'fail' : warn > 0 ? 'warn' : 'info';
  const clean = fail + warn === 0 ? `${escapeHtml(words.clean)} ` : '';
  return `<section class="verdict ${gravest}"><p><strong>${clean}${escapeHtml(filled(words.found, { fail, warn, info }))}</strong>${intended > 0 ? ` ${escapeHtml(filled(words.foundIntended, { intended }))}` : ''}</p><p>${escapeHtml(words.person)}</p></section>`;
}

/** Where along the tape each check found something: a line a check. */
function eventMap({ series, result }: ReportSource, language: ReportLanguage): string {
  const placed = result.events.filter((event) => !isOfFile(event));
  const ids = [...new Set(placed.map(({ check }) => check))];
  if (ids.length === 0 || series.frames === 0) return '';
  const x = (frame: number) => 200 + (800 * frame) / series.frames;
  const rows = ids.map((id, row) => {
    const bars = placed
      .filter(({ check }) => check === id)
      .map(
        ({ startFrame, endFrame, severity, intended }) =>
          `<rect class="${intended ? 'info' : severity} solid" x="${x(startFrame).toFixed(1)}" y="${row * 18 + 3}" width="${Math.max(2, x(endFrame + 1) - x(startFrame)).toFixed(1)}" height="12"/>`,
      );
    return `<text x="0" y="${row * 18 + 13}">${escapeHtml(checkTitle(language, id))}</text><line class="grid" x1="200" x2="1000" y1="${row * 18 + 9}" y2="${row * 18 + 9}"/>${bars.join('')}`;
  });
  const foot = ids.length * 18;
  const clock = (frame: number) => formatClock(frame, series.frameRate);
  const title = escapeHtml(messages[language].qc.report.onMap);
  return `<figure class="map"><figcaption>${title}</figcaption><svg viewBox="0 0 1000 ${foot + 16}" role="img" aria-label="${title}">${rows.join('')}<text x="200" y="${foot + 12}">${clock(0)}</text><text x="1000" y="${foot + 12}" text-anchor="end">${clock(series.frames)}</text></svg></figure>`;
}

function figures({ series, measures }: ReportSource, language: ReportLanguage): string {
  const words = messages[language].qc.report;
  const rows = measures.map((measure) => {
    const { min, mean, max } = extent(series.column(measure.id));
    const channel = channelOf(measure.id);
    const name = `${measureWords(language, measure)}${channel === undefined ? '' : ` (${words.channel} ${channel})`}`;
    const unit = sentence(language, `qc.report.unitName.${measure.unit}`) ?? measure.unit;
    const cells = [min, mean, max].map(
      (value) => `<td class="number">${escapeHtml(figure(language, value))}</td>`,
    );
    return `<tr><td>${escapeHtml(name)}</td><td>${escapeHtml(unit)}</td>${cells.join('')}</tr>`;
  });
  const heads = [words.measure, words.unit, words.smallest, words.mean, words.largest];
  return `<h2>${escapeHtml(words.summary)}</h2><table class="figures"><thead><tr>${heads.map((head) => `<th>${escapeHtml(head)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>\n`;
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

function method({ series, result, profile, measuredArea }: ReportSource, language: ReportLanguage): string {
  const words = messages[language].qc.report;
  const applied = result.summary.checks.map((id) => {
    const explanation = checkExplanation(language, id);
    return `<li><b>${escapeHtml(checkTitle(language, id))}</b>${explanation ? `: ${escapeHtml(explanation)}` : ''}</li>`;
  });
  const { notJudged } = result.summary;
  const left = notJudged.map(
    (one) =>
      `<li><b>${escapeHtml(checkTitle(language, one.check))}</b>: ${escapeHtml(notJudgedWords(language, one))}</li>`,
  );
  const { heading, note } = messages[language].qc.notJudged;
  const silent =
    left.length > 0
      ? `<h3>${escapeHtml(heading)}</h3><p>${escapeHtml(note)}</p><ul>${left.join('')}</ul>`
      : '';
  const normal = (profile.normal ?? []).map(
    ({ what, source }) => `<li>${escapeHtml(what)} <small>${escapeHtml(source)}</small></li>`,
  );
  const expected =
    normal.length > 0
      ? `<h3>${escapeHtml(filled(words.normal, { profile: profile.name }))}</h3><ul>${normal.join('')}</ul>`
      : '';
  const area = measuredArea ? filled(words.area, { bits: series.bitDepth }) : words.areaForeign;
  return `<h2>${escapeHtml(words.method)}</h2><p>${escapeHtml(area)}</p><h3>${escapeHtml(words.applied)}</h3><ul>${applied.join('')}</ul>${silent}${expected}<p>${escapeHtml(words.self)}</p>`;
}
