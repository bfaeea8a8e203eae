import { checkTitle } from '#core/qc/reports/event-words.ts';
import type { Alignment } from '#shared/domain/alignment.ts';
import { type CopyComparison, placeOfWorst } from '#shared/domain/copy-certificate.ts';
import type { Against, PassComparison, PassSide } from '#shared/domain/pass-comparison.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { counted } from '#shared/i18n/counted.ts';
import { wordCompared, wordVerdict, wordWorst } from '#shared/i18n/line-words.ts';
import { messages } from '#shared/i18n/messages.ts';

const words = messages.en.compare;
const marks = { ok: 'ok  ', failed: 'FAIL', 'not-told': '?   ' } as const;
/** Places that are told; --json has all of them. */
const shownPlaces = 12;

/** What a copy was found to hold, a line for each question. */
export function wordCopy(comparison: CopyComparison): string {
  const { lines, worst, offsetFrames } = comparison;
  return [
    `${words.page.compared}: ${wordCompared(comparison, 'en')}; ${offsetFrames === null ? 'frame on frame (the picture does not tell how they lie)' : `offset ${offsetFrames}`}`,
    ...lines.flatMap((line) => [
      `${marks[line.state]}  ${words.check[line.id]}: ${line.measured}`,
      ...(line.state === 'failed' ? [`      expected: ${line.expected}`] : []),
    ]),
    ...(worst.length === 0 ? [] : ['Worst frames:']),
    ...worst.map((one) => {
      const { masterFrame, masterTimecode, copyFrame } = placeOfWorst(one, comparison);
      return `      ${masterTimecode}  frame ${masterFrame} of the master, picture ${copyFrame} of the copy: ${wordWorst(one, 'en')}`;
    }),
    wordVerdict(lines, 'en'),
  ].join('\n');
}

/** Two passes, for people: how they lie, what each has alone, which is better where, and the proposal. */
export function wordPasses(
  comparison: PassComparison,
  frameRate: Rational,
  /** Of the passes, as on the tape's page. */
  numbers: Record<PassSide, number>,
): string {
  const { alignment, counts, stretches, proposal, setAside } = comparison;
  const at = (frame: number) => formatTimecode(frame, frameRate);
  const better = stretches.filter((stretch) => stretch.better !== 'neither');
  return [
    ...wordAlignment(alignment, at),
    `Found in both: ${counts.tape} on the tape, ${counts.tapeOrChain} on the tape or of the machines. In A alone: ${counts.playbackA}; in B alone: ${counts.playbackB}; cannot be told: ${counts.unknown}.`,
    ...wordSetAside(setAside),
    ...better
      .slice(0, shownPlaces)
      .map(
        ({ startFrame, endFrame, better: side, against }) =>
          `${at(startFrame)}-${at(endFrame)}  ${words.better[side]}: ${against.map(wordAgainst).join(', ')}`,
      ),
    ...(better.length > shownPlaces
      ? [`and ${counted(better.length - shownPlaces, 'more stretch', 'more stretches')}`]
      : []),
    `${chooseWords(proposal.choose, numbers)}.`,
    ...proposal.reasons.map(({ key, values }) => `  ${wordReason(key, values)}`),
  ].join('\n');
}

function wordSetAside({ intended, dismissed }: PassComparison['setAside']): string[] {
  if (intended + dismissed === 0) return [];
  return [fill(words.panel.setAside, { intended, dismissed })];
}

function chooseWords(
  choose: PassComparison['proposal']['choose'],
  numbers: Record<PassSide, number>,
): string {
  const side = choose === 'a' || choose === 'b' ? choose : undefined;
  return fill(words.choose[choose], side ? { number: numbers[side] } : {});
}

function wordAlignment(
  { stretches, soundOffsetMs, confidence, isByHand }: Alignment,
  at: (frame: number) => string,
): string[] {
  if (stretches.length === 0)
    return ['These passes could not be laid on each other: nothing in them is alike.'];
  const jumps = stretches.slice(1, shownPlaces + 1).map(({ startFrameA, offsetFrames }) => {
    return `  from ${at(startFrameA)}: offset ${offsetFrames}`;
  });
  const proof = isByHand
    ? 'named by hand, nothing of it is proven'
    : `${Math.round(100 * confidence)} % of what lies on each other is proven`;
  const sound = soundOffsetMs === null ? '' : `; the sound of B comes ${soundOffsetMs} ms later`;
  return [
    `Offset ${counted(stretches[0]?.offsetFrames ?? 0, 'frame')}${sound}; ${proof}.`,
    ...(jumps.length === 0
      ? []
      : [`${counted(stretches.length - 1, 'jump')}, where one of them lost or repeated frames:`]),
    ...jumps,
  ];
}

function wordAgainst({ side, check, count, frames }: Against): string {
  const what = check === 'frames-missing' ? words.framesMissing : checkTitle('en', check);
  return `${what} in ${side.toUpperCase()} (${count} x, ${counted(frames, 'frame')})`;
}

function wordReason(key: string, values: Record<string, string | number>): string {
  const text = (words.reason as Record<string, string>)[key] ?? key;
  return fill(text, values);
}

function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole));
}
