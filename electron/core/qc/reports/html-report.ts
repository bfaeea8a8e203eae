import {
  countEvents,
  isOfFile,
  isSetAside,
  type ProgrammeLoudness,
  type ShownEvent,
} from '#shared/domain/qc.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { formatClock } from '#shared/domain/timecode.ts';
import { messages } from '#shared/i18n/messages.ts';
import { wordMoment } from '#shared/i18n/moment.ts';
import { colon } from '#shared/i18n/punctuation.ts';
import { checkTitle } from './event-words.ts';
import { fileRules } from './html-file.ts';
import { eventTable, findingsByCheck, worstFindings } from './html-findings.ts';
import { graphs } from './html-graphs.ts';
import { limits } from './html-limits.ts';
import { figures, method } from './html-method.ts';
import { recording } from './html-recording.ts';
import { reviewDetails, reviewNotes, reviewVerdict } from './html-review.ts';
import { reportStyle } from './html-style.ts';
import { escapeHtml, figure, filled } from './html-text.ts';
import type { ReportPicture, ReportSource } from './report-source.ts';

/**
 * One page that stands alone: no script, no address but `data:` stills, so that it reads the same in fifty years. Its own policy
 * forbids the browser to fetch anything. What a museum asks first stands first: what people decided, what the checks came to, the
 * worst of it with stills, and the graphs that show it. All the rest folds away; the list
 * of events and what people said are printed all the same, what else there is where it was opened: all of it is dozens of sheets.
 */
export async function* htmlReport(source: ReportSource, language: ReportLanguage): AsyncGenerator<string> {
  const words = messages[language].qc.report;
  const title = `${words.title}${colon(language)} ${source.fileName}`;
  yield `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${reportStyle}</style></head><body>
<header><p>${escapeHtml(words.title)}</p>${heading(source, language)}</header>
<main>${reviewVerdict(source, language)}${verdict(source, language)}${facts(source, language)}${recording(source, language)}`;
  yield `<h2>${escapeHtml(words.worst)}</h2>${eventMap(source, language)}\n`;
  if (source.result.events.length === 0) yield `<p>${escapeHtml(words.noFindings)}</p>\n`;
  yield* worstFindings(source, language);
  yield* reviewNotes(source, language);
  yield `<h2>${escapeHtml(words.graphs)}</h2><p>${escapeHtml(words.graphsHow)}</p>\n`;
  yield* graphs(source, language, 'first');
  yield `<h2>${escapeHtml(words.rest)}</h2><p>${escapeHtml(words.restHow)}</p>\n`;
  yield* folded(words.allEvents, eventTable(source, language), 'printed');
  yield* folded(words.findings, findingsByCheck(source, language));
  yield* folded(words.fileRules.title, [fileRules(source, language)], 'printed');
  yield* folded(words.review.title, reviewDetails(source, language), 'printed');
  yield* folded(words.graphsOthers, graphs(source, language, 'others'));
  yield* folded(words.summary, [figures(source, language)]);
  yield* folded(words.limits, [limits(source, language)]);
  yield* folded(words.method, [method(source, language)]);
  yield `<p>${escapeHtml(words.self)}</p></main></body></html>\n`;
}

/** What a profile is called in the reader's language, where it is one that is shipped and was not changed. */
function profileName({ id, name }: ReportSource['profile'], language: ReportLanguage): string {
  const namesIn = (one: ReportLanguage): Partial<Record<string, string>> => messages[one].profile.name;
  return namesIn('en')[id] === name ? (namesIn(language)[id] ?? name) : name;
}

/** The work first, where it is known; the file's name says little to who has the tape on a shelf. */
function heading({ review, fileName }: ReportSource, language: ReportLanguage): string {
  if (!review) return `<h1>${escapeHtml(fileName)}</h1>`;
  const { tape, passNumber } = review.subject;
  const pass = filled(messages[language].pass.title, { number: passNumber });
  return `<h1>${escapeHtml(tape)}</h1><p class="file">${escapeHtml(`${pass} · ${fileName}`)}</p>`;
}

/** A part that is opened by whoever wants it; nothing where it is empty. */
async function* folded(
  title: string,
  pieces: AsyncIterable<string> | Iterable<string>,
  /** What a printed page is not whole without: also where nobody opened it. */
  when: 'printed' | 'opened' = 'opened',
): AsyncGenerator<string> {
  let isOpen = false;
  for await (const piece of pieces) {
    if (piece === '') continue;
    if (!isOpen) yield `<details class="${when}"><summary><h2>${escapeHtml(title)}</h2></summary>\n`;
    isOpen = true;
    yield piece;
  }
  if (isOpen) yield '</details>\n';
}

/** What a picture of so many lines tells; how colour was on the tape it does not, nor that a tape of 525 lines was not PAL-M. */
const rasters: Partial<Record<string, string>> = { PAL: '625/50 (PAL, SECAM)', NTSC: '525/60 (NTSC, PAL-M)' };

function facts({ series, result, profile, picture, madeAt }: ReportSource, language: ReportLanguage): string {
  const words = messages[language].qc.report;
  const rate = series.frameRate.num / series.frameRate.den;
  const length = formatClock(series.frames, series.frameRate);
  const ofPicture: [string, string][] = [
    [words.length, `${length} (${filled(words.frames, { count: figure(language, series.frames) })})`],
    [words.rate, `${figure(language, Math.round(rate * 1000) / 1000)} (${result.fps})`],
    [words.standard, rasters[result.standard] ?? words.standardOther],
    ...(picture ? [[words.raster, pictureWords(picture)] as [string, string]] : []),
    [words.depth, `${series.bitDepth} bit`],
  ];
  const rows: [string, string][] = [
    ...(series.hasPicture === false ? [[words.length, length] as [string, string]] : ofPicture),
    [words.sound, String(series.channels)],
    ...(result.loudness ?? []).map((one): [string, string] => [
      filled(words.loudness, { channels: one.channels.join(' + ') }),
      loudnessWords(one, language),
    ]),
    [words.profile, profileName(profile, language)],
    [words.made, wordMoment(madeAt.toISOString(), language)],
  ];
  return `<dl>${rows.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`).join('')}</dl>`;
}

/** `720 × 576, yuv422p10le`: the layout of samples in ffmpeg's word, which says depth and chroma. */
function pictureWords({ width, height, pixelFormat }: ReportPicture): string {
  return [`${width} × ${height}`, pixelFormat].filter(Boolean).join(', ');
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
  const standing = countEvents(result.events.filter((event) => !isSetAside(event)));
  const gravest = standing.fail > 0 ? 'fail' : standing.warn > 0 ? 'warn' : 'info';
  const clean = fail + warn === 0 ? `${escapeHtml(words.clean)} ` : '';
  return `<section class="verdict ${gravest}"><p><strong>${clean}${escapeHtml(filled(words.found, { fail, warn, info }))}</strong>${judgedSoFar(result.events, language)}${intended > 0 ? ` ${escapeHtml(filled(words.foundIntended, { intended }))}` : ''}</p><p>${escapeHtml(words.person)}</p></section>`;
}

/** What people made of it so far; nothing where nobody has said anything. */
function judgedSoFar(events: readonly ShownEvent[], language: ReportLanguage): string {
  const counting = events.filter(({ intended }) => !intended);
  const {
    accepted = [],
    dismissed = [],
    open = [],
  } = Object.groupBy(counting, ({ judged }) => judged?.judgement ?? 'open');
  if (accepted.length + dismissed.length === 0) return '';
  const counts = { there: accepted.length, dismissed: dismissed.length, open: open.length };
  return ` <strong>${escapeHtml(filled(messages[language].qc.report.foundJudged, counts))}</strong>`;
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
        ({ startFrame, endFrame, severity, intended, judged }) =>
          `<rect class="${intended ? 'info' : severity} ${isSetAside({ intended, judged }) ? 'hollow' : 'solid'}" x="${x(startFrame).toFixed(1)}" y="${row * 18 + 3}" width="${Math.max(2, x(endFrame + 1) - x(startFrame)).toFixed(1)}" height="12"/>`,
      );
    return `<text x="0" y="${row * 18 + 13}">${escapeHtml(checkTitle(language, id))}</text><line class="grid" x1="200" x2="1000" y1="${row * 18 + 9}" y2="${row * 18 + 9}"/>${bars.join('')}`;
  });
  const foot = ids.length * 18;
  const clock = (frame: number) => formatClock(frame, series.frameRate);
  const words = messages[language].qc.report;
  const title = escapeHtml(words.onMap);
  const grades = (['fail', 'warn', 'info'] as const).map(
    (severity) => `<span class="key-${severity}">${escapeHtml(messages[language].severity[severity])}</span>`,
  );
  const key = `<p class="key">${grades.join(' ')} <span class="key-aside">${escapeHtml(words.onMapAside)}</span></p>`;
  return `<figure class="map"><figcaption>${title}</figcaption><svg viewBox="0 0 1000 ${foot + 16}" role="img" aria-label="${title}">${rows.join('')}<text x="200" y="${foot + 12}">${clock(0)}</text><text x="1000" y="${foot + 12}" text-anchor="end">${clock(series.frames)}</text></svg>${key}</figure>`;
}
