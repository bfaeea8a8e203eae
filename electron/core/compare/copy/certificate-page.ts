import { reportStyle } from '#core/qc/reports/html-style.ts';
import { escapeHtml, filled } from '#core/qc/reports/html-text.ts';
import {
  type CopyComparison,
  type CopyLine,
  placeOfWorst,
  verdictOnCopy,
} from '#shared/domain/copy-certificate.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { formatClock } from '#shared/domain/timecode.ts';
import { wordCompared, wordLine, wordVerdict, wordWorst } from '#shared/i18n/line-words.ts';
import { messages } from '#shared/i18n/messages.ts';
import { wordMoment } from '#shared/i18n/moment.ts';
import { colon } from '#shared/i18n/punctuation.ts';
import type { StillPair } from './worst-stills.ts';

/** What a page is about, beside what was found. */
export interface PageSubject {
  /** Of a pass of a tape: its identifier, and whose work is on it. */
  tape?: string | undefined;
  title?: string | undefined;
  artist?: string | undefined;
  passNumber?: number | undefined;
  nameA: string;
  nameB: string;
  certifiedAt: string;
  /** Who had it made, and where the log of the station says so. */
  certifiedBy?: string | undefined;
  eventId?: string | undefined;
  seq?: number | undefined;
  sha256A?: string | undefined;
  sha256B?: string | undefined;
}

type Software = readonly { name: string; version: string }[];

const classes = { ok: '', failed: ' fail', 'not-told': ' warn' } as const;
const tones = { good: '', 'partly-told': ' warn', wrong: ' fail' } as const;

/** One page for people and printers: no script, and no address but the stills, which are beside it or in it. */
export function certificatePage(
  subject: PageSubject,
  comparison: CopyComparison & { software?: Software | undefined },
  stills: readonly StillPair[],
  language: ReportLanguage,
): string {
  const words = messages[language].compare;
  const { page } = words;
  const title = `${page.title}${colon(language)} ${subject.nameB}`;
  const { software = [] } = comparison;
  const clock = (frames: number) => formatClock(frames, comparison.frameRate);
  const facts: [string, string][] = [
    ...known(messages[language].tape.identifier, subject.tape),
    ...known(messages[language].tape.title, subject.title),
    ...known(messages[language].tape.artist, subject.artist),
    ...known(messages[language].review.pass, subject.passNumber),
    [page.master, said(subject.nameA, subject.sha256A)],
    [page.copy, said(subject.nameB, subject.sha256B)],
    [page.durations, `${clock(comparison.framesExpected)} / ${clock(comparison.framesOfCopy)}`],
    [page.compared, wordCompared(comparison, language)],
    [page.made, wordMoment(subject.certifiedAt, language)],
    ...known(page.by, subject.certifiedBy),
    ...known(page.with, software.map(({ name, version }) => `${name} ${version}`).join(', ')),
    ...known(
      page.inLog,
      subject.seq === undefined
        ? undefined
        : filled(page.logEvent, { seq: subject.seq, id: subject.eventId ?? '' }),
    ),
  ];
  const { verdict } = verdictOnCopy(comparison.lines);
  const row = (line: CopyLine) => {
    const said = wordLine(line, language);
    const lang = said.language === language ? '' : ` lang="${said.language}"`;
    return `<tr class="${line.state}"><th>${escapeHtml(words.check[line.id])}</th>
<td><span class="tag short${classes[line.state]}">${escapeHtml(words.state[line.state])}</span></td>
<td${lang}>${escapeHtml(said.measured)}</td><td${lang}>${escapeHtml(said.expected)}<br><small>${escapeHtml(said.source)}</small></td></tr>`;
  };
  const captionOf = (worst: StillPair['worst']) => {
    const { masterFrame, masterTimecode, copyFrame } = placeOfWorst(worst, comparison);
    const place = filled(page.frameAt, { frame: masterFrame, timecode: masterTimecode, copy: copyFrame });
    return `${place}${colon(language)} ${wordWorst(worst, language)}`;
  };
  const pair = ({ worst, expected, copy }: StillPair) =>
    `<figure><figcaption>${escapeHtml(captionOf(worst))}</figcaption>
<p><img src="${expected}" alt="${escapeHtml(page.expected)}" width="48%"> <img src="${copy}" alt="${escapeHtml(page.found)}" width="48%"></p></figure>`;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file: data:"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${reportStyle}</style></head><body>
<header><p>${escapeHtml(page.title)}</p><h1>${escapeHtml(subject.nameB)}</h1><dl>${facts
    .map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`)
    .join('')}</dl></header>
<main><p class="verdict${tones[verdict]}">${escapeHtml(wordVerdict(comparison.lines, language))}</p>
<table class="figures"><thead><tr><th></th><th></th><th>${escapeHtml(page.found)}</th><th>${escapeHtml(page.expected)}</th></tr></thead>
<tbody>${comparison.lines.map(row).join('\n')}</tbody></table>
${stills.length === 0 ? '' : `<h2>${escapeHtml(page.worst)}</h2><p>${escapeHtml(page.worstHow)}</p>${stills.map(pair).join('\n')}`}
</main></body></html>
`;
}

/** A fact, where it is known. */
function known(name: string, value: string | number | undefined): [string, string][] {
  return value === undefined || value === '' ? [] : [[name, String(value)]];
}

function said(name: string, sha256: string | undefined): string {
  return sha256 === undefined ? name : `${name} (SHA-256 ${sha256})`;
}
