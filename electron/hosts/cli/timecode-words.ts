import type { Pass } from '#shared/domain/pass.ts';
import { toldTimecodeBreaks } from '#shared/domain/timecode-breaks.ts';

const shownAtMost = 10;

/** How often the timecode broke, and the first places; nothing where it never did. */
export function wordTimecode({ timecodeBreaks }: Pick<Pass, 'timecodeBreaks'>): string[] {
  if (timecodeBreaks.length === 0) return [];
  const shown = timecodeBreaks.slice(0, shownAtMost);
  const count = timecodeBreaks.length;
  const orMore = count === toldTimecodeBreaks ? ' or more' : '';
  const times = count === 1 ? 'once' : `${count} times${orMore}`;
  return [
    `  timecode: broke ${times}`,
    ...shown.map(
      ({ frame, kind, before, after, source }) =>
        `    frame ${frame}: ${kind}, ${before ?? 'none'} to ${after ?? 'none'} (${source})`,
    ),
    ...(timecodeBreaks.length > shown.length ? ['    all of them are in the file of timecodes'] : []),
  ];
}
