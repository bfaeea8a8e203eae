import { isGoodEnd } from '#shared/domain/good-end.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { engineWords } from '#shared/i18n/engine-words.ts';
import { messages } from '#shared/i18n/messages.ts';
import { wordMoment } from '#shared/i18n/moment.ts';
import { semicolon } from '#shared/i18n/punctuation.ts';
import { escapeHtml, figure, filled } from './html-text.ts';
import type { ReportReview } from './report-review.ts';
import type { ReportSource } from './report-source.ts';

/**
 * How the recording came about and whether it is whole: the seal with its fixity, what was lost, who recorded it, when, and with which
 * deck. Of a file that is no pass none of it is known, and the page says so.
 */
export function recording({ review }: ReportSource, language: ReportLanguage): string {
  const words = messages[language].qc.report.recording;
  const title = `<h2>${escapeHtml(words.title)}</h2>`;
  if (!review) return `${title}<p>${escapeHtml(words.bareFile)}</p>\n`;
  const { pass } = review;
  const rows: [string, string | undefined][] = [
    [words.seal, sealWords(review, language)],
    [words.fixity, fixityWords(review, language)],
    [words.lost, lostWords(review, language)],
    [words.recorded, recordedWords(review, language)],
    [words.by, review.nameOf(pass.operatorId)],
    [words.chain, pass.chainName || words.notStated],
    [words.source, engineWords(language, pass.sourceDescription).words],
    [words.software, pass.software.map(({ name, version }) => `${name} ${version}`).join(', ')],
  ];
  const told = rows.flatMap(([name, value]) =>
    value ? [`<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`] : [],
  );
  return `${title}<dl class="wide">${told.join('')}</dl>\n`;
}

function sealWords({ pass }: ReportReview, language: ReportLanguage): string {
  const { passState, failReason, seal, qc } = messages[language];
  const words = qc.report.recording;
  if (pass.sealedAt !== null) {
    const good = pass.sealChecks.filter(({ ok }) => ok).length;
    const checks = filled(seal.goodOf, { good, total: pass.sealChecks.length });
    const at = wordMoment(pass.sealedAt, language);
    return `✓ ${filled(words.sealed, { at, frames: figure(language, pass.frames) })} (${checks})`;
  }
  if (pass.state !== 'failed') return `○ ${filled(words.notYet, { state: passState[pass.state] })}`;
  return `▲ ${filled(words.notSealed, { reason: pass.failReason ? failReason[pass.failReason] : passState.failed })}`;
}

function fixityWords({ said }: ReportReview, language: ReportLanguage): string | undefined {
  const { masterNow, provedAt, neverProved } = messages[language].judging;
  const { files, masterSha256 } = said;
  if (masterSha256 === null) return undefined;
  const known = [
    files.master && masterNow[files.master],
    files.provedAt === null ? neverProved : filled(provedAt, { at: wordMoment(files.provedAt, language) }),
  ];
  return [`SHA-256 ${masterSha256}`, ...known.filter((one) => one !== null)].join(`${semicolon(language)} `);
}

function lostWords({ pass }: ReportReview, language: ReportLanguage): string {
  const { lost } = messages[language].qc.report;
  const { droppedFrames, lostFrames, lossBasis } = pass;
  const told = [
    droppedFrames > 0 && filled(lost.dropped, { count: figure(language, droppedFrames) }),
    lostFrames > 0 && filled(lost[lossBasis], { count: figure(language, lostFrames) }),
  ].filter((one) => one !== false);
  return told.length === 0 ? lost.nothing : `▲ ${told.join(`${semicolon(language)} `)}`;
}

/** When it began and ended, and by what it ended where neither the operator, the tape nor a plan ended it. */
function recordedWords({ pass }: ReportReview, language: ReportLanguage): string {
  const { endReason, pass: passWords, qc } = messages[language];
  const { startedAt, endedAt } = pass;
  if (startedAt === null) return qc.report.recording.notStated;
  const times = [startedAt, endedAt].flatMap((at) => (at === null ? [] : [wordMoment(at, language)]));
  if (pass.endReason === null || isGoodEnd(pass.endReason)) return times.join(' – ');
  return `${times.join(' – ')}. ▲ ${endReason[pass.endReason]}. ${passWords.restMissing}`;
}
