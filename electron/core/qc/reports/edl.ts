import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { messages } from '#shared/i18n/messages.ts';
import { channelWords, checkTitle, gravestFirst } from './event-words.ts';
import type { ReportSource } from './report-source.ts';

/** Event numbers of CMX 3600 have three figures. */
const mostEvents = 999;
const colours = { fail: 'Red', warn: 'Yellow', info: 'Blue' } as const;

/**
 * Events as markers of a CMX 3600 list: the comment that DaVinci Resolve reads (File, Import, Timeline markers from EDL), and the
 * `LOC` that Avid reads. Timecode counts from 00:00:00:00 at the first frame of the file, never drop-frame.
 */
export function* edlReport(
  { result, series, fileName }: ReportSource,
  language: ReportLanguage,
): Generator<string> {
  yield `TITLE: ${ascii(fileName).slice(0, 70)}\r\nFCM: NON-DROP FRAME\r\n`;
  const events = gravestFirst(result.events).slice(0, mostEvents);
  if (result.events.length > mostEvents) {
    yield `* ${result.events.length} EVENTS WERE FOUND: THE ${mostEvents} GRAVEST ARE HERE\r\n`;
  }
  events.sort((a, b) => a.startFrame - b.startFrame);
  for (const [at, event] of events.entries()) {
    const from = formatTimecode(event.startFrame, series.frameRate);
    const to = formatTimecode(event.startFrame + 1, series.frameRate);
    const channels = channelWords(language, event);
    const name = ascii(`${checkTitle(language, event.check)}${channels ? ` (${channels})` : ''}`);
    const colour = event.intended ? colours.info : colours[event.severity];
    const frames = event.endFrame - event.startFrame + 1;
    yield [
      '',
      `${String(at + 1).padStart(3, '0')}  001      V     C        ${from} ${to} ${from} ${to}  `,
      `${ascii(event.intended ? `${messages[language].qc.report.intended}: ${event.intended.reason}` : event.message)} |C:ResolveColor${colour} |M:${name} |D:${frames}`,
      `* LOC: ${from} ${colour.toUpperCase().padEnd(7)} ${name}`,
      '',
    ].join('\r\n');
  }
}

/** Edit lists are ASCII; `|` parts the fields of a marker. */
function ascii(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s|]+/g, ' ')
    .replace(/[^\x20-\x7e]/g, '?')
    .trim();
}
