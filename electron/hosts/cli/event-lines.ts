import type { QcEvent } from '#shared/domain/qc.ts';
import { counted } from '#shared/i18n/counted.ts';

type Told = Pick<QcEvent, 'check' | 'startFrame' | 'endFrame' | 'message'>;

/**
 * A line for each thing that was found, in the order of the tape. What is found time and again in the same words, but for their numbers,
 * is one line with how often, from where to where, and the first of it in full: a tape that lost frames at 89 places has not 89 lines.
 */
export function eventLines(events: readonly Told[]): string[] {
  const groups = Map.groupBy(events, ({ check, message }) => `${check} ${wordsOf(message)}`);
  return [...groups.values()].map((alike) => {
    const [first] = alike as [Told];
    const endFrame = Math.max(...alike.map((event) => event.endFrame));
    const often =
      alike.length === 1 ? '' : `${counted(alike.length, 'place')}, the first at ${first.startFrame}: `;
    return `${first.startFrame}-${endFrame}  ${often}${first.message}`;
  });
}

/** A sentence without its numbers, and with one of a thing said as more of it are. */
function wordsOf(message: string): string {
  return message
    .replace(/\d+(\.\d+)?/g, '#')
    .replace(/^A (\w+) (\w+)s\b/, '# $1s $2')
    .replace(/# (frame|line|pixel)\b/g, '# $1s');
}
