import { isJudged } from '#shared/domain/decision.ts';
import { commonRanges, countFrames, type FrameRange } from '#shared/domain/frame-ranges.ts';
import type { Note } from '#shared/domain/note.ts';
import type { PassReview, QueuedPass } from '#shared/domain/pass-review.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import { type SampledPass, sampleOf, samplingPlanIds } from '#shared/domain/sampling.ts';
import { openOpinions, type ReviewOutcome, type Verdict } from '#shared/domain/verdict.ts';
import { counted } from './counted.ts';
import { table } from './output.ts';

const outcomes: Record<ReviewOutcome, string> = {
  waiting: 'waits for a verdict',
  asked: 'an opinion is asked for',
  disputed: 'people disagree',
  accepted: 'accepted',
  rejected: 'rejected',
  'capture-again': 'to be captured again',
};

/** The queue, for a terminal. */
export function wordQueue(queue: readonly QueuedPass[]): string {
  if (queue.length === 0) return 'No pass waits for review.';
  return table(
    ['tape', 'pass', 'sealed', 'judged', 'state', 'with', 'id'],
    queue.map(({ tapeIdentifier, passNumber, sealedAt, events, outcome, heldBy, askedOf, passId }) => [
      tapeIdentifier,
      String(passNumber),
      sealedAt,
      events ? `${events.judged} of ${events.total}` : 'not measured',
      outcome === 'asked'
        ? `asked: ${askedOf.map(({ id, name }) => name || (id ?? 'anyone')).join(', ')}`
        : outcomes[outcome],
      heldBy ? heldBy.name || heldBy.id : 'nobody',
      passId,
    ]),
  );
}

/** Everything that was said of a pass. Events are numbered from 1, as `review decide --event` takes them. */
export function wordReview(
  pass: SampledPass & { tapeIdentifier: string; passNumber: number; qcEvents: readonly ShownEvent[] },
  review: PassReview,
): string {
  const name = (personId: string) => review.names[personId] || personId;
  const { holding, notes, watched, opinions, verdicts, outcome } = review;
  return [
    `${pass.tapeIdentifier}, pass ${pass.passNumber}: ${outcomes[outcome]}; ${holding ? `with ${name(holding.personId)} since ${holding.takenAt}` : 'with nobody'}`,
    `Events, ${pass.qcEvents.filter(isJudged).length} of ${pass.qcEvents.length} judged`,
    ...pass.qcEvents.map((event, index) => `  ${index + 1}  ${wordEvent(event, name)}`),
    ...(notes.length > 0
      ? ['Notes', ...notes.map((note) => `  ${wordNote(note)}, ${name(note.notedBy)}`)]
      : []),
    'Watched',
    ...samplingPlanIds.map((planId) => {
      const plan = sampleOf(planId, pass, pass.qcEvents);
      const seen = watched.flatMap(({ ranges }) => ranges);
      return `  ${planId}: ${countFrames(commonRanges(plan, seen))} of ${counted(countFrames(plan), 'frame')} (${wordRanges(plan)})`;
    }),
    ...watched.map(({ personId, ranges }) => `  by ${name(personId)}: ${wordRanges(ranges)}`),
    ...openOpinions(opinions, verdicts).map(
      ({ id, of, askedBy, question }) =>
        `Opinion asked of ${of === null ? 'anyone' : name(of)} by ${name(askedBy)} (${id})${question === '' ? '' : `: ${question}`}`,
    ),
    ...verdicts.map((verdict) => wordVerdict(verdict, review, name(verdict.givenBy))),
  ].join('\n');
}

/** One verdict, with what speaks against taking it for the last word. */
export function wordVerdict(
  verdict: Verdict,
  review: Pick<PassReview, 'verdicts' | 'qcRunId'>,
  name: string,
): string {
  const { basis, reason, givenAt, givenBy, seq, qcRunId, settles } = verdict;
  const isSuperseded = review.verdicts.some((later) => later.givenBy === givenBy && later.seq > seq);
  return [
    `${isSuperseded ? 'Earlier verdict' : 'Verdict'}: ${verdict.verdict}, ${name}, ${givenAt}`,
    ...(reason === '' ? [] : [`  ${reason}`]),
    `  on ${basis.judgedEvents} of ${counted(basis.events, 'event')} judged; watched ${basis.watchedPlanFrames} of ${counted(basis.planFrames, 'frame')} of the plan ${basis.planId}`,
    ...(settles ? ['  settles what others disagree on'] : []),
    ...(qcRunId === review.qcRunId ? [] : ['  on an earlier measurement than the one in force']),
  ].join('\n');
}

/** One note. */
export function wordNote({
  id,
  startFrame,
  endFrame,
  region,
  term,
  words,
  origin,
  severity,
  withdrawn,
}: Note): string {
  const place = startFrame === endFrame ? `frame ${startFrame}` : `frames ${startFrame}-${endFrame}`;
  const part = region ? `, ${region.width}x${region.height} at ${region.x},${region.y}` : '';
  const said = [term, severity, origin, words].filter((word) => word !== null && word !== '').join(', ');
  return `${place}${part}: ${said}${withdrawn ? ` (withdrawn: ${withdrawn.reason})` : ''} [${id}]`;
}

function wordEvent(event: ShownEvent, name: (personId: string) => string): string {
  const { check, channels, startFrame, endFrame, severity, judged, intended } = event;
  const on = channels ? ` on channel ${channels.join(', ')}` : '';
  const said = intended
    ? 'intended by the artist'
    : judged
      ? [judged.judgement, judged.origin, judged.remark, `by ${name(judged.decidedBy)}`]
          .filter(Boolean)
          .join(', ')
      : 'not judged';
  return `${startFrame}-${endFrame}  ${severity}  ${check}${on}: ${said}`;
}

function wordRanges(ranges: readonly FrameRange[]): string {
  return ranges.map(({ startFrame, endFrame }) => `${startFrame}-${endFrame}`).join(', ') || 'nothing';
}
