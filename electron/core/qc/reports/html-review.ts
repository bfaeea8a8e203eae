import { isJudged } from '#shared/domain/decision.ts';
import { commonRanges, countFrames } from '#shared/domain/frame-ranges.ts';
import type { Note } from '#shared/domain/note.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { sampleOf, samplingPlanIds } from '#shared/domain/sampling.ts';
import { formatClock } from '#shared/domain/timecode.ts';
import { openOpinions, outcomeSigns, standingVerdicts } from '#shared/domain/verdict.ts';
import { messages } from '#shared/i18n/messages.ts';
import { wordMoment } from '#shared/i18n/moment.ts';
import { colon, semicolon } from '#shared/i18n/punctuation.ts';
import { handWords } from './hand-words.ts';
import { escapeHtml, filled } from './html-text.ts';
import { noteTitle, type ReportReview } from './report-review.ts';
import type { ReportSource } from './report-source.ts';
import { sinceThen } from './since-verdict.ts';
import { stillOf } from './stills.ts';

/** Notes are written by hand: more stills than this are more than a page is sent for. */
const mostStills = 40;

/** What people came to, and each one's last word with its reason: the first thing on the page. Nothing for what is no pass. */
export function reviewVerdict({ review, result }: ReportSource, language: ReportLanguage): string {
  if (!review) return '';
  const { judging, verdict: verdictWords, qc } = messages[language];
  const { outcome, verdicts: given } = review.said;
  const judged = filled(judging.judged, {
    judged: result.events.filter(isJudged).length,
    total: result.events.length,
  });
  const standing = standingVerdicts(given).map(
    ({ verdict, givenBy, writtenBy, givenAt, reason, qcRunId }) =>
      `<li><b>${escapeHtml(verdictWords.said[verdict])}</b> — ${escapeHtml(handWords(language, review, givenBy, writtenBy))}, ${wordMoment(givenAt, language)}${reason === '' ? '' : `<br>${linesOf(reason)}`}${sinceThen(qcRunId !== review.said.qcRunId, givenAt, result.events, language)}</li>`,
  );
  const said =
    standing.length > 0
      ? `<ul class="said">${standing.join('')}</ul>`
      : `<p>${escapeHtml(qc.report.review.noVerdict)}</p>`;
  return `<section class="verdict people"><h2>${escapeHtml(judging.verdict)}</h2><p><strong>${outcomeSigns[outcome]} ${escapeHtml(judging.outcome[outcome])}</strong>${semicolon(language)} ${escapeHtml(judged)}</p>${said}</section>\n`;
}

/** What people noted, with their stills. */
export async function* reviewNotes(source: ReportSource, language: ReportLanguage): AsyncGenerator<string> {
  if (source.review) yield* notes(source, source.review, language);
}

/** All that people said of the pass as a whole: verdicts with what they rest on, second opinions, and what was watched. */
export function* reviewDetails(source: ReportSource, language: ReportLanguage): Generator<string> {
  const { review } = source;
  if (!review) return;
  yield verdicts(source, review, language);
  yield opinions(review, language);
  yield watched(source, review, language);
}

function verdicts(source: ReportSource, review: ReportReview, language: ReportLanguage): string {
  const { judging, verdict: verdictWords, qc } = messages[language];
  const words = qc.report.review;
  const { said, nameOf } = review;
  if (said.verdicts.length === 0) return `<p>${escapeHtml(words.noVerdict)}</p>\n`;
  const standing = standingVerdicts(said.verdicts);
  const clock = (frames: number) => formatClock(frames, source.series.frameRate);
  const items = said.verdicts.toReversed().map((verdict) => {
    const { basis, master } = verdict;
    const { judgedBy = [], watchedOf, files } = basis;
    const whose = judgedBy.map(({ personId, events }) => `${nameOf(personId)} ${events}`).join(', ');
    const isStanding = standing.includes(verdict);
    const word = escapeHtml(verdictWords.said[verdict.verdict]);
    const facts = [
      !isStanding && judging.earlier,
      verdict.settles && judging.settles,
      filled(judging.basis, {
        ...{ judged: basis.judgedEvents, total: basis.events },
        ...{ watched: clock(basis.watchedPlanFrames), plan: clock(basis.planFrames) },
        ...{ all: clock(basis.watchedFrames) },
      }),
      judging.plan[basis.planId],
      whose !== '' && filled(judging.judgedBy, { names: whose }),
      watchedOf &&
        basis.watchedFrames > 0 &&
        filled(judging.seenAs, { copy: clock(watchedOf.copyFrames), master: clock(watchedOf.masterFrames) }),
      files?.copy && judging.copy[files.copy],
      verdict.qcRunId !== said.qcRunId && judging.earlierRun,
      master && filled(words.ofMaster, { sha256: master.sha256 }),
      files?.master && judging.masterNow[files.master],
      files &&
        master &&
        (files.provedAt === null
          ? judging.neverProved
          : filled(judging.provedAt, { at: wordMoment(files.provedAt, language) })),
    ].filter((fact) => typeof fact === 'string');
    return `<li>${isStanding ? `<b>${word}</b>` : `<s>${word}</s>`} — ${escapeHtml(handWords(language, review, verdict.givenBy, verdict.writtenBy))}, ${wordMoment(verdict.givenAt, language)}${verdict.reason === '' ? '' : `<br>${linesOf(verdict.reason)}`}<br><small>${escapeHtml(facts.join(' · '))}</small></li>`;
  });
  return `<h3>${escapeHtml(words.verdicts)}</h3><ol class="said">${items.join('')}</ol>\n`;
}

/** Words of people keep their lines. */
function linesOf(words: string): string {
  return escapeHtml(words).replaceAll('\n', '<br>');
}

function opinions({ said, nameOf }: ReportReview, language: ReportLanguage): string {
  const { judging, qc } = messages[language];
  const words = qc.report.review;
  if (said.opinions.length === 0) return '';
  const open = openOpinions(said.opinions, said.verdicts);
  const items = said.opinions.map((opinion) => {
    const { askedBy, of, question, askedAt, withdrawn } = opinion;
    const who = of === null ? judging.anyone : nameOf(of);
    const state = withdrawn
      ? withdrawnWords(withdrawn, language, nameOf)
      : open.includes(opinion)
        ? words.notAnswered
        : words.answered;
    const asked = filled(judging.askedBy, { name: nameOf(askedBy), who });
    return `<li>${escapeHtml([asked, question].filter(Boolean).join(' '))} <small>${wordMoment(askedAt, language)} · ${escapeHtml(state)}</small></li>`;
  });
  return `<h3>${escapeHtml(words.opinions)}</h3><ul class="said">${items.join('')}</ul>\n`;
}

function withdrawnWords(
  { reason, by, at }: { reason: string; by: string; at: string },
  language: ReportLanguage,
  nameOf: ReportReview['nameOf'],
): string {
  return `${filled(messages[language].judging.withdrawn, { reason })} (${nameOf(by)}, ${wordMoment(at, language)})`;
}

function watched(source: ReportSource, { said, nameOf }: ReportReview, language: ReportLanguage): string {
  const { judging, qc } = messages[language];
  const words = qc.report.review;
  const { series, result } = source;
  if (said.watched.length === 0) {
    return `<h3>${escapeHtml(judging.watched)}</h3><p>${escapeHtml(words.nobodyWatched)}</p>\n`;
  }
  const clock = (frames: number) => formatClock(frames, series.frameRate);
  const pass = { id: said.passId, frames: series.frames, video: { frameRate: series.frameRate } };
  const plans = samplingPlanIds.map((planId) => ({ planId, parts: sampleOf(planId, pass, result.events) }));
  const heads = [words.person, words.wholePass, ...plans.map(({ planId }) => judging.plan[planId])];
  const rows = said.watched.map(({ personId, ranges }) => {
    const ofPlans = plans.map(
      ({ parts }) => `${clock(countFrames(commonRanges(parts, ranges)))} / ${clock(countFrames(parts))}`,
    );
    const parts = ranges
      .map(({ startFrame, endFrame }) => `${clock(startFrame)}–${clock(endFrame + 1)}`)
      .join(', ');
    return `<tr><td>${escapeHtml(nameOf(personId))}<br><small>${parts}</small></td>${[`${clock(countFrames(ranges))} / ${clock(series.frames)}`, ...ofPlans].map((cell) => `<td class="number">${cell}</td>`).join('')}</tr>`;
  });
  return `<h3>${escapeHtml(judging.watched)}</h3><p>${escapeHtml(judging.watchedMeans)}</p><table><thead><tr>${heads.map((head) => `<th>${escapeHtml(head)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>\n`;
}

async function* notes(
  source: ReportSource,
  review: ReportReview,
  language: ReportLanguage,
): AsyncGenerator<string> {
  const { judging } = messages[language];
  const written = review.said.notes.toSorted((a, b) => a.startFrame - b.startFrame);
  if (written.length === 0) return;
  yield `<h2>${escapeHtml(judging.notes)}</h2>\n`;
  let stills = 0;
  for (const note of written) {
    const frame = note.stillFrame;
    const still = frame !== null && stills < mostStills ? await stillOf(source, frame) : undefined;
    if (still) stills++;
    const caption = frame === null ? '' : filled(judging.stillOf, { frame });
    const picture = still
      ? `<figure class="still"><img src="${still}" alt="${escapeHtml(caption)}"><figcaption>${escapeHtml(caption)}</figcaption></figure>`
      : '';
    yield noteCard(source, review, language, note, picture);
  }
}

function noteCard(
  { series }: ReportSource,
  review: ReportReview,
  language: ReportLanguage,
  note: Note,
  picture: string,
): string {
  const { judging, origin, severity, qc } = messages[language];
  const { region, withdrawn } = note;
  const clock = (frame: number) => formatClock(frame, series.frameRate);
  const title = escapeHtml(noteTitle(language, review, note));
  const facts = [
    note.origin && `${judging.origin}${colon(language)} ${origin[note.origin]}`,
    note.severity && severity[note.severity],
    region &&
      filled(qc.report.review.region, {
        ...{ x: region.x, y: region.y, width: region.width, height: region.height },
      }),
    withdrawn && withdrawnWords(withdrawn, language, review.nameOf),
  ].filter((fact) => typeof fact === 'string');
  const text = note.term !== null && note.words !== '' ? `<p>${linesOf(note.words)}</p>` : '';
  const by = `${escapeHtml(handWords(language, review, note.notedBy, note.writtenBy))}, ${wordMoment(note.notedAt, language)}`;
  return `<article class="${note.severity ?? 'info'} note">${picture}<div><p class="head">${withdrawn ? `<s>${title}</s>` : `<b>${title}</b>`} ${clock(note.startFrame)} – ${clock(note.endFrame + 1)} <small>${note.startFrame}–${note.endFrame}</small></p>${text}${facts.length > 0 ? `<p>${escapeHtml(facts.join(' · '))}</p>` : ''}<p><small>${by}</small></p></div></article>\n`;
}
