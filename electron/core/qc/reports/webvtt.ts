import { isOfFile, type ShownEvent } from '#shared/domain/qc.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { formatClock } from '#shared/domain/timecode.ts';
import { eventSentence } from '#shared/i18n/event-sentence.ts';
import { messages } from '#shared/i18n/messages.ts';
import { channelWords, checkTitle } from './event-words.ts';
import { standingNotes, standingWords } from './report-review.ts';
import type { ReportSource } from './report-source.ts';

/**
 * Events and notes as WebVTT cues (W3C), for any player that shows subtitles or chapters: from the first frame to behind the last, in the
 * order of the tape. What is of the file as a whole has no place, and is a comment.
 */
export function* webvttReport(
  { result, series, fileName, review }: ReportSource,
  language: ReportLanguage,
): Generator<string> {
  yield `WEBVTT\n\nNOTE ${oneLine(fileName)}\n`;
  for (const event of result.events.filter(isOfFile)) {
    yield `\nNOTE ${linesOf(event, language).map(oneLine).join(' ')}\n`;
  }
  const cues = [
    ...result.events
      .filter((event) => !isOfFile(event))
      .map((event) => ({ ...rangeOf(event), lines: linesOf(event, language) })),
    ...standingNotes(review).map((note) => ({
      ...rangeOf(note),
      lines: [`[${messages[language].judging.note}] ${note.words(language)}`],
    })),
    // The start of a cue is never before that of the cue before it.
  ].sort((a, b) => a.startFrame - b.startFrame);
  for (const [at, { startFrame, endFrame, lines }] of cues.entries()) {
    yield [
      '',
      `${at + 1}`,
      `${formatClock(startFrame, series.frameRate)} --> ${formatClock(endFrame + 1, series.frameRate)}`,
      ...lines.map(oneLine),
      '',
    ].join('\n');
  }
}

function rangeOf({ startFrame, endFrame }: { startFrame: number; endFrame: number }) {
  return { startFrame, endFrame };
}

/** What was found, how grave it is and what people made of it; where it is meant, why. */
function linesOf(event: ShownEvent, language: ReportLanguage): string[] {
  const channels = channelWords(language, event);
  const word = standingWords(language, event);
  const head = `[${event.intended ? word : [event.severity, word].filter(Boolean).join(': ')}] ${checkTitle(language, event.check)}${channels ? ` (${channels})` : ''}`;
  const found = eventSentence(language, event) ?? event.message;
  return [head, event.intended ? `${event.intended.reason} ${found}` : found];
}

/** Cue text: an empty line would end the cue, and `-->` begin another. */
function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
