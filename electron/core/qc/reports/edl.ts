import { isOfFile, isSetAside, type ShownEvent } from '#shared/domain/qc.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { eventSentence } from '#shared/i18n/event-sentence.ts';
import { messages } from '#shared/i18n/messages.ts';
import { channelWords, checkTitle, gravestFirst } from './event-words.ts';
import { standingNotes, standingWords } from './report-review.ts';
import type { ReportSource } from './report-source.ts';

/** Event numbers of CMX 3600 have three figures. */
const mostEvents = 999;
const colours = { fail: 'Red', warn: 'Yellow', info: 'Blue' } as const;

/**
 * Events as markers of a CMX 3600 list: the comment that DaVinci Resolve reads (File, Import, Timeline markers from EDL), and the
 * `LOC` that Avid reads. Timecode counts from 00:00:00:00 at the first frame of the file, never drop-frame.
 */
export function* edlReport(
  { result, series, fileName, review }: ReportSource,
  language: ReportLanguage,
): Generator<string> {
  yield `TITLE: ${ascii(fileName).slice(0, 70)}\r\nFCM: NON-DROP FRAME\r\n`;
  // What people wrote comes before what programs found.
  const notes = standingNotes(review).slice(0, mostEvents);
  const placed = result.events.filter((event) => !isOfFile(event));
  const events = gravestFirst(placed).slice(0, mostEvents - notes.length);
  // What is of the file as a whole has no place for a marker.
  for (const event of result.events.filter(isOfFile)) {
    yield `* ${ascii(`${checkTitle(language, event.check)}: ${eventSentence(language, event) ?? event.message}`)}\r\n`;
  }
  if (placed.length > events.length) {
    yield `* ${placed.length} EVENTS WERE FOUND: THE ${events.length} GRAVEST ARE HERE\r\n`;
  }
  const markers = [
    ...events.map((event) => markerOf(event, language)),
    ...notes.map(({ startFrame, endFrame, words }) => ({
      ...{ startFrame, endFrame, comment: words(language), name: messages[language].judging.note },
      colour: 'Green',
    })),
  ].sort((a, b) => a.startFrame - b.startFrame);
  for (const [at, marker] of markers.entries()) {
    const from = formatTimecode(marker.startFrame, series.frameRate);
    const to = formatTimecode(marker.startFrame + 1, series.frameRate);
    const { colour } = marker;
    const name = ascii(marker.name);
    const frames = marker.endFrame - marker.startFrame + 1;
    yield [
      '',
      `${String(at + 1).padStart(3, '0')}  001      V     C        ${from} ${to} ${from} ${to}  `,
      `${ascii(marker.comment)} |C:ResolveColor${colour} |M:${name} |D:${frames}`,
      `* LOC: ${from} ${colour.toUpperCase().padEnd(7)} ${name}`,
      '',
    ].join('\r\n');
  }
}

/** A finding with what people made of it: what nobody need look at is not coloured as a fault. */
function markerOf(event: ShownEvent, language: ReportLanguage) {
  const { startFrame, endFrame, intended, severity, message } = event;
  const channels = channelWords(language, event);
  const word = standingWords(language, event);
  return {
    ...{ startFrame, endFrame },
    name: `${checkTitle(language, event.check)}${channels ? ` (${channels})` : ''}`,
    colour: isSetAside(event) ? colours.info : colours[severity],
    comment: intended
      ? `${word}: ${intended.reason} ${eventSentence(language, event) ?? message}`
      : [word && `${word}.`, eventSentence(language, event) ?? message].filter(Boolean).join(' '),
  };
}

/** Edit lists are ASCII; `|` parts the fields of a marker. */
function ascii(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[‘’]/g, "'")
    .replace(/[\s|]+/g, ' ')
    .replace(/[^\x20-\x7e]/g, '?')
    .trim();
}
