import { type Alignment, frameOfA, frameOfB } from '#shared/domain/alignment.ts';
import type { ComparedFinding, PassComparison } from '#shared/domain/pass-comparison.ts';
import { isOfFile, isSetAside, type QcEvent, type Severity, type ShownEvent } from '#shared/domain/qc.ts';

/**
 * Frames by which the same damage may lie apart in two passes: a check finds its ends by what is around it, and a dropout that was
 * seen in one frame may show in the next.
 */
const slackFrames = 5;
/** Longer events begin and end by degrees: so much of their length is allowed as well. */
const slackShare = 0.1;
/** A finding of which less than this share has frames in the other pass can be told nothing of. */
const leastShare = 0.5;

/**
 * What the recording machines do to every tape, as well as what a tape may hold: found in both passes it may be either, as long as
 * the same chain played both.
 */
const chainChecks = new Set([
  ...['field-order', 'eight-in-ten', 'clamped-levels', 'av-length', 'dropped-frame', 'duplicate-frame'],
  ...['dead-channel', 'phase-inversion', 'channel-imbalance', 'dual-mono', 'hum', 'tone-leak'],
  ...['head-switching', 'luma-over', 'luma-under', 'audio-clipping', 'ltc-on-audio'],
]);

interface Range {
  startFrame: number;
  endFrame: number;
}

/**
 * Lays the findings of two passes beside each other. In both: on the tape, or of a chain that played both; in one only: of that
 * playback. What is said of the file as a whole is left out, and what the artist meant or a reviewer found to be no fault: with the same
 * finding in the other pass, of which that word must not make damage of one playback. In the order of the tape, whichever has them.
 */
export function matchFindings(
  alignment: Alignment,
  eventsA: readonly ShownEvent[],
  eventsB: readonly ShownEvent[],
  isSameChain: boolean,
): Pick<PassComparison, 'findings' | 'setAside'> {
  const inA = eventsA.filter((event) => !isOfFile(event));
  const inB = eventsB.filter((event) => !isOfFile(event));
  const ofCheck = Map.groupBy(inB, ({ check }) => check);
  const taken = new Set<QcEvent>();
  const both = isSameChain ? 'tape-or-chain' : 'tape';
  const setAside = { intended: 0, dismissed: 0 };
  /** Whether a person has spoken of one of them; counted once for both passes. */
  const isAside = (events: readonly ShownEvent[]) => {
    const word = events.find(isSetAside);
    if (word) setAside[word.intended ? 'intended' : 'dismissed']++;
    return word !== undefined;
  };
  const found = inA.flatMap((event): ComparedFinding[] => {
    const there = placeIn(event, (frame) => frameOfB(alignment, frame));
    const partners = there
      ? (ofCheck.get(event.check) ?? []).filter((one) => isSame(event, one) && meets(there, one))
      : [];
    for (const partner of partners) taken.add(partner);
    if (isAside([event, ...partners])) return [];
    if (partners.length === 0) {
      return [{ ...described(event), a: rangeOf(event), b: null, origin: there ? 'playback' : 'unknown' }];
    }
    const b = {
      startFrame: Math.min(...partners.map(({ startFrame }) => startFrame)),
      endFrame: Math.max(...partners.map(({ endFrame }) => endFrame)),
    };
    const origin = chainChecks.has(event.check) ? both : 'tape';
    return [{ ...described(event, partners), a: rangeOf(event), b, origin }];
  });
  const onlyInB = inB
    .filter((event) => !taken.has(event) && !isAside([event]))
    .map((event): ComparedFinding => {
      const there = placeIn(event, (frame) => frameOfA(alignment, frame));
      return { ...described(event), a: null, b: rangeOf(event), origin: there ? 'playback' : 'unknown' };
    });
  const onTape = ({ a, b }: ComparedFinding) => a?.startFrame ?? placeBefore(alignment, b?.startFrame ?? 0);
  return {
    findings: [...found, ...onlyInB].toSorted((one, other) => onTape(one) - onTape(other)),
    setAside,
  };
}

/** Where a frame of B would lie in A: also what A lost, or what lies before or behind all that both have. */
function placeBefore({ stretches }: Alignment, frameB: number): number {
  const begun = stretches.findLast(({ startFrameA, offsetFrames }) => startFrameA + offsetFrames <= frameB);
  return frameB - ((begun ?? stretches[0])?.offsetFrames ?? 0);
}

/** Where a finding lies in the other pass: from its first to its last frame that is there; undefined where too few are. */
function placeIn(
  { startFrame, endFrame }: Range,
  partner: (frame: number) => number | undefined,
): Range | undefined {
  const step = Math.max(1, Math.floor((endFrame - startFrame + 1) / 1_000));
  let [first, last, there, asked] = [Number.POSITIVE_INFINITY, -1, 0, 0];
  for (let frame = startFrame; frame <= endFrame; frame += step) {
    asked++;
    const place = partner(frame);
    if (place === undefined) continue;
    there++;
    first = Math.min(first, place);
    last = Math.max(last, place);
  }
  return there < leastShare * asked ? undefined : { startFrame: first, endFrame: last };
}

function meets(there: Range, other: Range): boolean {
  const longer = Math.max(there.endFrame - there.startFrame, other.endFrame - other.startFrame) + 1;
  const slack = Math.max(slackFrames, Math.round(slackShare * longer));
  return other.startFrame <= there.endFrame + slack && other.endFrame >= there.startFrame - slack;
}

function isSame(one: QcEvent, other: QcEvent): boolean {
  if (one.channels === undefined || other.channels === undefined) return true;
  return one.channels.some((channel) => other.channels?.includes(channel));
}

const weights: Record<Severity, number> = { info: 0, warn: 1, fail: 2 };

function described(
  { check, channels, severity }: QcEvent,
  partners: readonly QcEvent[] = [],
): Pick<ComparedFinding, 'check' | 'channels' | 'severity'> {
  const gravest = [severity, ...partners.map((partner) => partner.severity)].reduce((most, one) =>
    weights[one] > weights[most] ? one : most,
  );
  return { check, ...(channels ? { channels } : {}), severity: gravest };
}

function rangeOf({ startFrame, endFrame }: QcEvent): Range {
  return { startFrame, endFrame };
}
