import { isOfFile, type ShownEvent } from '#shared/domain/qc.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { formatClock } from '#shared/domain/timecode.ts';
import { eventSentence } from '#shared/i18n/event-sentence.ts';
import { messages } from '#shared/i18n/messages.ts';
import { wordMoment } from '#shared/i18n/moment.ts';
import type { Check, Limit } from '../check.ts';
import {
  channelWords,
  checkExplanation,
  checkOf,
  checkTitle,
  gravestFirst,
  sentence,
  severityWord,
} from './event-words.ts';
import { handWords } from './hand-words.ts';
import { escapeHtml, figure, filled } from './html-text.ts';
import { decisionsOf, judgementWords, type ReportReview, standingWords } from './report-review.ts';
import { type ReportSource, secondsOf } from './report-source.ts';
import { stillOf } from './stills.ts';

/** A page of thousands of cards is read by nobody: the gravest of each check are shown, all are in the list. */
const mostCardsPerCheck = 12;
const mostStills = 40;

/** What each check found, the gravest check first: what it means, its limits with their sources, and each event with its still. */
export async function* findings(source: ReportSource, language: ReportLanguage): AsyncGenerator<string> {
  const words = messages[language].qc.report;
  const byCheck = Map.groupBy(gravestFirst(source.result.events), ({ check }) => check);
  if (byCheck.size === 0) yield `<p>${escapeHtml(words.noFindings)}</p>`;
  let stills = 0;
  for (const [id, events] of byCheck) {
    const check = checkOf(id);
    const explanation = checkExplanation(language, id);
    yield `<section class="check"><h3>${escapeHtml(checkTitle(language, id))}</h3>`;
    if (explanation) yield `<p>${escapeHtml(explanation)}</p>`;
    if (check) yield limitsTable(source, check, language);
    for (const event of events.slice(0, mostCardsPerCheck)) {
      const middle = event.startFrame + Math.floor((event.endFrame - event.startFrame) / 2);
      const still = stills < mostStills && !isOfFile(event) ? await stillOf(source, middle) : undefined;
      if (still) stills++;
      yield card(
        source,
        event,
        language,
        still === undefined ? undefined : { address: still, frame: middle },
      );
    }
    const more = events.length - mostCardsPerCheck;
    if (more > 0) yield `<p class="more">${escapeHtml(filled(words.more, { count: more }))}</p>`;
    yield '</section>\n';
  }
}

function card(
  { series, review }: ReportSource,
  event: ShownEvent,
  language: ReportLanguage,
  still: { address: string; frame: number } | undefined,
): string {
  const words = messages[language].qc.report;
  const clock = (frame: number) => formatClock(frame, series.frameRate);
  const channels = channelWords(language, event);
  const evidence = Object.entries(event.evidence).map(([name, value]) => {
    const label = sentence(language, `qc.evidence.${name}`) ?? name;
    const told =
      typeof value === 'number'
        ? figure(language, value)
        : (sentence(language, `qc.evidenceValue.${value}`) ?? value);
    return `<tr><th>${escapeHtml(label)}</th><td>${escapeHtml(told)}</td></tr>`;
  });
  const caption = filled(words.still, { time: still ? clock(still.frame) : '' });
  const picture = still
    ? `<figure class="still"><img src="${still.address}" alt="${escapeHtml(caption)}"><figcaption>${escapeHtml(caption)}</figcaption></figure>`
    : '';
  const message = sentences(event, language);
  const meant = event.intended
    ? `<p>${escapeHtml(filled(words.intendedBecause, { reason: event.intended.reason }))}${review ? ` <small>${escapeHtml(review.nameOf(event.intended.statedBy))}, ${wordMoment(event.intended.statedAt, language)}</small>` : ''}</p>`
    : '';
  return `<article class="${classOf(event)}">${picture}<div><p class="head"><b class="tag">${escapeHtml(severityWord(language, event))}</b> ${clock(event.startFrame)} – ${clock(event.endFrame + 1)} <small>${event.startFrame}–${event.endFrame}${channels ? `, ${escapeHtml(channels)}` : ''}</small></p>${message}${meant}${decisions(review, event, language)}<table class="evidence">${evidence.join('')}</table></div></article>\n`;
}

/** What was found, in the reader's words where there are any; the check's own sentence, which is English, follows. */
function sentences(event: ShownEvent, language: ReportLanguage): string {
  const english = escapeHtml(event.message);
  if (language === 'en') return `<p>${english}</p>`;
  const own = eventSentence(language, event);
  return `${own === undefined ? '' : `<p>${escapeHtml(own)}</p>`}<p lang="en"><small>${english}</small></p>`;
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

/** What the artist meant is drawn as a note is. */
function classOf({ severity, intended }: ShownEvent): string {
  return intended ? 'info' : severity;
}

function limitsTable({ profile }: ReportSource, check: Check, language: ReportLanguage): string {
  const words = messages[language].qc.report;
  const rows = Object.entries(limitsIn(profile.checks[check.id]?.limits ?? {}, check)).map(
    ([name, { value, unit, source }]) =>
      `<tr><td>${escapeHtml(plainName(name))}</td><td class="number">${escapeHtml(figure(language, value))}</td><td>${escapeHtml(unit)}</td><td>${escapeHtml(source)}</td></tr>`,
  );
  if (rows.length === 0) return '';
  return `<table class="limits"><thead><tr><th colspan="3">${escapeHtml(words.limits)}</th><th>${escapeHtml(words.limitSource)}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** The limits that a check was applied with: the profile's before its own. */
export function limitsIn(set: Record<string, Limit>, check: Check): Record<string, Limit> {
  return Object.fromEntries(Object.entries(check.limits).map(([name, own]) => [name, set[name] ?? own]));
}

/** `minimumSeconds` as words. */
function plainName(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** All events in the order of the tape, in one table. */
export function* eventTable(source: ReportSource, language: ReportLanguage): Generator<string> {
  const words = messages[language].qc.report;
  const { events } = source.result;
  if (events.length === 0) return;
  yield `<h2>${escapeHtml(words.allEvents)}</h2><table class="events"><thead><tr><th>${escapeHtml(words.from)}</th><th>${escapeHtml(words.to)}</th><th>${escapeHtml(words.duration)}</th><th colspan="2">${escapeHtml(words.found_column)}</th>${source.review ? `<th>${escapeHtml(words.review.judgedAs)}</th>` : ''}</tr></thead><tbody>`;
  for (const event of events) {
    const channels = channelWords(language, event);
    const lengthS = secondsOf(source.series, event.endFrame - event.startFrame + 1);
    yield `<tr><td>${formatClock(event.startFrame, source.series.frameRate)}</td><td>${formatClock(event.endFrame + 1, source.series.frameRate)}</td><td class="number">${escapeHtml(figure(language, Math.round(lengthS * 100) / 100))} s</td><td><b class="tag ${classOf(event)}">${escapeHtml(severityWord(language, event))}</b></td><td>${escapeHtml(checkTitle(language, event.check))}${channels ? `, ${escapeHtml(channels)}` : ''}</td>${source.review ? `<td>${standing(source.review, event, language)}</td>` : ''}</tr>\n`;
  }
  yield '</tbody></table>';
}
