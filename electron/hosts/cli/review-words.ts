import { checkTitle } from '#core/qc/reports/event-words.ts';
import { type Decision, decisionsOn, isJudged } from '#shared/domain/decision.ts';
import { commonRanges, countFrames, type FrameRange, withoutRanges } from '#shared/domain/frame-ranges.ts';
import type { JudgedFiles } from '#shared/domain/judged-files.ts';
import type { Note } from '#shared/domain/note.ts';
import type { PassReview, QueuedPass } from '#shared/domain/pass-review.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import { type SampledPass, sampleOf, samplingPlanIds } from '#shared/domain/sampling.ts';
import { openOpinions, type Verdict, type VerdictBasis } from '#shared/domain/verdict.ts';
import type { VocabularyTerm } from '#shared/domain/vocabulary.ts';
import { counted } from '#shared/i18n/counted.ts';
import { messages } from '#shared/i18n/messages.ts';
import { table } from './output.ts';

const { judging, verdict: verdictWords } = messages.en;

/** What verdicts come to, in words. */
export const outcomeWords = judging.outcome;

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
        : outcomeWords[outcome],
      heldBy ? heldBy.name || heldBy.id : 'nobody',
      passId,
    ]),
  );
}

/** Everything that was said of a pass. Events are numbered from 1, as `review decide --event` takes them. */
export function wordReview(
  pass: SampledPass & { tapeIdentifier: string; passNumber: number; qcEvents: readonly ShownEvent[] },
  review: PassReview,
  terms: Terms = [],
): string {
  const name = (personId: string) => review.names[personId] || personId;
  const { holding, notes, watched, opinions, verdicts, outcome } = review;
  return [
    `${pass.tapeIdentifier}, pass ${pass.passNumber}: ${outcomeWords[outcome]}; ${holding ? `with ${name(holding.personId)} since ${holding.takenAt}` : 'with nobody'}`,
    `Events, ${pass.qcEvents.filter(isJudged).length} of ${pass.qcEvents.length} judged`,
    ...pass.qcEvents.map((event, index) => `  ${index + 1}  ${wordEvent(event, review.decisions, name)}`),
    ...(notes.length > 0
      ? [
          'Notes',
          ...notes.map(
            (note) => `  ${wordNote(note, terms)}, ${wordHand(note.notedBy, note.writtenBy, name)}`,
          ),
        ]
      : []),
    'Watched',
    ...samplingPlanIds.map((planId) => {
      const plan = sampleOf(planId, pass, pass.qcEvents);
      const seen = watched.flatMap(({ ranges }) => ranges);
      return `  ${judging.plan[planId].toLowerCase()}: ${countFrames(commonRanges(plan, seen))} of ${counted(countFrames(plan), 'frame')} (${wordRanges(plan)})`;
    }),
    ...watched.map(
      ({ personId, ranges, masterRanges, copyRanges }) =>
        `  by ${name(personId)}: ${wordRanges(ranges)}${wordWatchedOf({ masterFrames: countFrames(masterRanges), copyFrames: countFrames(withoutRanges(copyRanges, masterRanges)) })}`,
    ),
    `Files: ${wordFiles(review.files)}`,
    ...openOpinions(opinions, verdicts).map(
      ({ id, of, askedBy, question }) =>
        `Opinion asked of ${of === null ? 'anyone' : name(of)} by ${name(askedBy)} (${id})${question === '' ? '' : `: ${question}`}`,
    ),
    ...verdicts.map((verdict) => wordVerdict(verdict, review)),
  ].join('\n');
}

/** One verdict, with what speaks against taking it for the last word. */
export function wordVerdict(
  verdict: Verdict,
  review: Pick<PassReview, 'verdicts' | 'qcRunId' | 'names'>,
): string {
  const { basis, reason, givenAt, givenBy, seq, qcRunId, settles, writtenBy, master } = verdict;
  const { judgedBy = [], watchedOf, files } = basis;
  const name = (personId: string) => review.names[personId] || personId;
  const isSuperseded = review.verdicts.some((later) => later.givenBy === givenBy && later.seq > seq);
  const whose = judgedBy.map(({ personId, events }) => `${name(personId)} ${events}`).join(', ');
  return [
    `${isSuperseded ? 'Earlier verdict' : 'Verdict'}: ${verdictWords.said[verdict.verdict]}, ${wordHand(givenBy, writtenBy, name)}, ${givenAt}`,
    ...reason.split('\n').flatMap((line) => (line === '' ? [] : [`  ${line}`])),
    `  on ${basis.judgedEvents} of ${counted(basis.events, 'event')} judged${whose && ` (${whose})`}; watched ${basis.watchedPlanFrames} of ${counted(basis.planFrames, 'frame')} of the plan ${judging.plan[basis.planId].toLowerCase()}, ${counted(basis.watchedFrames, 'frame')} in all${watchedOf ? wordWatchedOf(watchedOf) : ''}`,
    ...(master ? [`  bound to the master with SHA-256 ${master.sha256}`] : []),
    ...(files ? [`  then: ${wordFiles(files)}`] : []),
    ...(settles ? ['  settles what others disagree on'] : []),
    ...(qcRunId === review.qcRunId ? [] : ['  on an earlier measurement than the one in force']),
  ].join('\n');
}

/** Whose word it is, and who wrote it down where that was another one. */
function wordHand(
  personId: string,
  writtenBy: string | null | undefined,
  name: (personId: string) => string,
): string {
  return writtenBy ? `written down by ${name(writtenBy)} for ${name(personId)}` : name(personId);
}

/** Which file was seen; nothing of sittings from before that was kept. */
function wordWatchedOf({ masterFrames, copyFrames }: NonNullable<VerdictBasis['watchedOf']>): string {
  if (masterFrames + copyFrames === 0) return '';
  return ` (${[copyFrames > 0 && `${copyFrames} as the access copy`, masterFrames > 0 && `${masterFrames} as pictures of the master`].filter(Boolean).join(', ')})`;
}

const copyWords = {
  good: 'the access copy was held against the master and holds what it should',
  'partly-told':
    'the access copy was held against the master: nothing wrong was found, not everything could be told',
  wrong: 'the access copy was held against the master and is WRONG',
  'not-compared': 'the access copy was never held against the master',
} as const;
const masterWords = {
  'as-sealed': 'by its size and date the master is unchanged',
  changed: 'the master is NOT the file that was sealed',
  'not-there': 'the master is not at this station',
} as const;

function wordFiles({ copy, master, provedAt }: JudgedFiles): string {
  return [
    copy === null ? 'no access copy' : copyWords[copy],
    master === null ? 'no master' : masterWords[master],
    provedAt === null
      ? "the master's bytes were never read back"
      : `its bytes were last read and found right at ${provedAt}`,
  ].join('; ');
}

/** Terms of the vocabulary, as far as a note needs them. */
type Terms = readonly Pick<VocabularyTerm, 'id' | 'title'>[];

/** One note: its term and its severity in words, each with the id that the command takes. */
export function wordNote(
  { id, startFrame, endFrame, region, term, words, origin, severity, withdrawn }: Note,
  terms: Terms = [],
): string {
  const place = startFrame === endFrame ? `frame ${startFrame}` : `frames ${startFrame}-${endFrame}`;
  const part = region ? `, ${region.width}x${region.height} at ${region.x},${region.y}` : '';
  const title = terms.find(({ id }) => id === term)?.title.en;
  const named = title && title !== term ? `${title} [${term}]` : term;
  const grave = severity && `${messages.en.severity[severity].toLowerCase()} [${severity}]`;
  const said = [named, grave, origin && messages.en.origin[origin], words]
    .filter((word) => word !== null && word !== '')
    .join(', ');
  return `${place}${part}: ${said}${withdrawn ? ` (withdrawn: ${withdrawn.reason})` : ''} [${id}]`;
}

/** Everything that was said of a finding: the word that stands, and the earlier ones behind it. */
function wordEvent(
  event: ShownEvent,
  decisions: readonly Decision[],
  name: (personId: string) => string,
): string {
  const { check, channels, startFrame, endFrame, severity, intended } = event;
  const on = channels ? ` on channel ${channels.join(', ')}` : '';
  const words = ({ judgement, origin, remark, decidedBy, writtenBy }: Decision) =>
    [
      { accepted: judging.there, dismissed: judging.falseAlarm, reopened: judging.reopened }[judgement],
      origin && messages.en.origin[origin],
      remark,
      writtenBy ? wordHand(decidedBy, writtenBy, name) : `by ${name(decidedBy)}`,
    ]
      .filter(Boolean)
      .join(', ');
  const [last, ...earlier] = decisionsOn(event, decisions).toReversed().map(words);
  const said = [
    ...(intended ? ['intended by the artist'] : []),
    ...(last ? [last] : []),
    ...earlier.map((word) => `before: ${word}`),
  ];
  return `${startFrame}-${endFrame}  ${severity}  ${checkTitle('en', check)}${on}: ${said.join('; ') || judging.notJudged}`;
}

function wordRanges(ranges: readonly FrameRange[]): string {
  return ranges.map(({ startFrame, endFrame }) => `${startFrame}-${endFrame}`).join(', ') || 'nothing';
}
