import { isOfFile, isSetAside, type ShownEvent } from '#shared/domain/qc.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { formatClock } from '#shared/domain/timecode.ts';
import { eventSentence } from '#shared/i18n/event-sentence.ts';
import { evidenceWords } from '#shared/i18n/evidence-words.ts';
import { messages } from '#shared/i18n/messages.ts';
import { wordMoment } from '#shared/i18n/moment.ts';
import { channelWords, checkExplanation, checkTitle, gravestFirst, severityWord } from './event-words.ts';
import { handWords } from './hand-words.ts';
import { escapeHtml, figure, filled } from './html-text.ts';
import { decisionsOf, judgementWords, type ReportReview, standingWords } from './report-review.ts';
import { type ReportSource, secondsOf } from './report-source.ts';
import { stillOf } from './stills.ts';

/** A page of thousands of cards is read by nobody: the gravest of each check are shown, all are in the list. */
const mostCardsPerCheck = 12;
const mostStills = 40;

/** What a reader looks at first: so many cards stand before everything that folds away. */
const mostWorst = 8;

/** The findings that stand first on the page, with their stills. What people called a false alarm is not among them. */
export async function* worstFindings(source: ReportSource, language: ReportLanguage): AsyncGenerator<string> {
  for (const event of worstOf(source.result.events)) yield cardWithStill(source, event, language, 'titled');
}

/** Faults and warnings, the gravest and the longest first, by checks in turn; what is only noted is not among the worst: a hundred dropouts do not hide the one loss of signal behind them. */
export function worstOf(events: readonly ShownEvent[]): ShownEvent[] {
  const counting = events.filter((event) => !isSetAside(event));
  return (['fail', 'warn'] as const)
    .flatMap((severity) => {
      const own = counting
        .filter((event) => event.severity === severity)
        .toSorted((a, b) => lengthOf(b) - lengthOf(a) || a.startFrame - b.startFrame);
      const checks = [...Map.groupBy(own, ({ check }) => check).values()];
      const rounds = checks.reduce((most, { length }) => Math.max(most, length), 0);
      return Array.from({ length: rounds }, (_, round) => checks.flatMap((one) => one[round] ?? [])).flat();
    })
    .slice(0, mostWorst);
}

function lengthOf({ startFrame, endFrame }: ShownEvent): number {
  return endFrame - startFrame;
}

/** What each check found, the gravest check first: what it means, and the events that do not stand among the worst. */
export async function* findingsByCheck(
  source: ReportSource,
  language: ReportLanguage,
): AsyncGenerator<string> {
  const words = messages[language].qc.report;
  const shown = new Set(worstOf(source.result.events));
  let stills = shown.size;
  for (const [id, events] of Map.groupBy(gravestFirst(source.result.events), ({ check }) => check)) {
    const explanation = checkExplanation(language, id);
    yield `<section class="check"><h3>${escapeHtml(checkTitle(language, id))}</h3>`;
    if (explanation) yield `<p>${escapeHtml(explanation)}</p>`;
    const others = events.filter((event) => !shown.has(event));
    const above = events.length - others.length;
    if (above > 0) yield `<p class="more">${escapeHtml(filled(words.shownAbove, { count: above }))}</p>`;
    for (const event of others.slice(0, mostCardsPerCheck)) {
      yield stills++ < mostStills
        ? cardWithStill(source, event, language, 'plain')
        : card(source, event, language, 'plain', undefined);
    }
    const more = others.length - mostCardsPerCheck;
    if (more > 0) yield `<p class="more">${escapeHtml(filled(words.more, { count: more }))}</p>`;
    yield '</section>\n';
  }
}

async function cardWithStill(
  source: ReportSource,
  event: ShownEvent,
  language: ReportLanguage,
  head: 'titled' | 'plain',
): Promise<string> {
  const frame = event.startFrame + Math.floor(lengthOf(event) / 2);
  const address = isOfFile(event) ? undefined : await stillOf(source, frame);
  return card(source, event, language, head, address === undefined ? undefined : { address, frame });
}

function card(
  { series, review }: ReportSource,
  event: ShownEvent,
  language: ReportLanguage,
  head: 'titled' | 'plain',
  still: { address: string; frame: number } | undefined,
): string {
  const words = messages[language].qc.report;
  const clock = (frame: number) => formatClock(frame, series.frameRate);
  const channels = channelWords(language, event);
  const evidence = evidenceWords(language, event).map(
    ({ name, value }) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  const caption = filled(words.still, { time: still ? clock(still.frame) : '' });
  const picture = still
    ? `<figure class="still"><img src="${still.address}" alt="${escapeHtml(caption)}"><figcaption>${escapeHtml(caption)}</figcaption></figure>`
    : '';
  const message = sentences(event, language);
  const meant = event.intended
    ? `<p>${escapeHtml(filled(words.intendedBecause, { reason: event.intended.reason }))}${review ? ` <small>${escapeHtml(review.nameOf(event.intended.statedBy))}, ${wordMoment(event.intended.statedAt, language)}</small>` : ''}</p>`
    : '';
  const title = head === 'titled' ? `<h3>${escapeHtml(checkTitle(language, event.check))}</h3>` : '';
  return `<article class="${classOf(event)}">${picture}<div>${title}<p class="head"><b class="tag">${escapeHtml(severityWord(language, event))}</b> ${clock(event.startFrame)} – ${clock(event.endFrame + 1)} <small>${event.startFrame}–${event.endFrame}${channels ? `, ${escapeHtml(channels)}` : ''}</small></p>${message}${meant}${decisions(review, event, language)}<table class="evidence">${evidence.join('')}</table></div></article>\n`;
}

/** What was found, in the reader's words; where there are none the check's own sentence stands, which is English. */
function sentences(event: ShownEvent, language: ReportLanguage): string {
  const own = language === 'en' ? event.message : eventSentence(language, event);
  return own === undefined ? `<p lang="en">${escapeHtml(event.message)}</p>` : `<p>${escapeHtml(own)}</p>`;
}

/** Everything that was decided of an event, the last word first: who said it and when. Nothing for what is no pass. */
function decisions(review: ReportReview | undefined, event: ShownEvent, language: ReportLanguage): string {
  if (!review) return '';
  const said = decisionsOf(review, event);
  if (said.length === 0) {
    return event.intended ? '' : `<p><small>${escapeHtml(messages[language].judging.notJudged)}</small></p>`;
  }
  const items = said.map((decision, index) => {
    const word = escapeHtml(judgementWords(language, decision));
    const remark = decision.remark === '' ? '' : ` ${escapeHtml(decision.remark)}`;
    return `<li>${index === 0 ? `<b>${word}</b>` : `<s>${word}</s>`}${remark} <small>${escapeHtml(handWords(language, review, decision.decidedBy, decision.writtenBy))}, ${wordMoment(decision.decidedAt, language)}</small></li>`;
  });
  return `<ul class="said">${items.join('')}</ul>`;
}

/** The last word on an event, with its reason, who said it and when. */
function standing(review: ReportReview, event: ShownEvent, language: ReportLanguage): string {
  const { judged, intended } = event;
  const [reason, by, at] = intended
    ? [intended.reason, intended.statedBy, intended.statedAt]
    : judged
      ? [judged.remark, judged.decidedBy, judged.decidedAt]
      : [];
  if (by === undefined || at === undefined) return '';
  const said = [standingWords(language, event), reason].filter(Boolean).join(': ');
  return `${escapeHtml(said)} <small>${escapeHtml(review.nameOf(by))}, ${wordMoment(at, language)}</small>`;
}

/** What the artist meant, or somebody called a false alarm, is drawn as a note is. */
function classOf(event: ShownEvent): string {
  return isSetAside(event) ? 'info' : event.severity;
}

/** All events in the order of the tape, in one table. */
export function* eventTable(source: ReportSource, language: ReportLanguage): Generator<string> {
  const words = messages[language].qc.report;
  const { events } = source.result;
  if (events.length === 0) return;
  yield `<table class="events"><thead><tr><th>${escapeHtml(words.from)}</th><th>${escapeHtml(words.to)}</th><th>${escapeHtml(words.duration)}</th><th colspan="2">${escapeHtml(words.found_column)}</th>${source.review ? `<th>${escapeHtml(words.review.judgedAs)}</th>` : ''}</tr></thead><tbody>`;
  for (const event of events) {
    const channels = channelWords(language, event);
    const lengthS = secondsOf(source.series, event.endFrame - event.startFrame + 1);
    yield `<tr><td>${formatClock(event.startFrame, source.series.frameRate)}</td><td>${formatClock(event.endFrame + 1, source.series.frameRate)}</td><td class="number">${escapeHtml(figure(language, Math.round(lengthS * 100) / 100))} s</td><td><b class="tag ${classOf(event)}">${escapeHtml(severityWord(language, event))}</b></td><td>${escapeHtml(checkTitle(language, event.check))}${channels ? `, ${escapeHtml(channels)}` : ''}</td>${source.review ? `<td>${standing(source.review, event, language)}</td>` : ''}</tr>\n`;
  }
  yield '</tbody></table>';
}
