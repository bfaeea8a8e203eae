import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { formatClock } from '#shared/domain/timecode.ts';
import { eventSentence } from '#shared/i18n/event-sentence.ts';
import { messages } from '#shared/i18n/messages.ts';
import { channelWords, checkTitle } from './event-words.ts';
import { standingNotes, standingWords } from './report-review.ts';
import type { ReportSource } from './report-source.ts';

/** Events as WebVTT cues (W3C), for any player that shows subtitles or chapters: from the first frame to behind the last. */
export function* webvttReport(
  { result, series, fileName, review }: ReportSource,
  language: ReportLanguage,
): Generator<string> {
  yield `WEBVTT\n\nNOTE ${oneLine(fileName)}\n`;
  for (const [at, event] of result.events.entries()) {
    const channels = channelWords(language, event);
    const word = standingWords(language, event);
    const head = `[${event.intended ? word : [event.severity, word].filter(Boolean).join(': ')}] ${checkTitle(language, event.check)}${channels ? ` (${channels})` : ''}`;
    yield [
      '',
      `${at + 1}`,
      `${formatClock(event.startFrame, series.frameRate)} --> ${formatClock(event.endFrame + 1, series.frameRate)}`,
      oneLine(head),
      oneLine(eventSentence(language, event) ?? event.message),
      '',
    ].join('\n');
  }
  for (const note of standingNotes(review)) {
    yield [
      '',
      `${formatClock(note.startFrame, series.frameRate)} --> ${formatClock(note.endFrame + 1, series.frameRate)}`,
      oneLine(`[${messages[language].judging.note}] ${note.words(language)}`),
      '',
    ].join('\n');
  }
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
