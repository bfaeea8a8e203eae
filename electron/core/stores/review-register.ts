import { type Decision, isSameFinding, markJudged } from '#shared/domain/decision.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import {
  decisionIdSchema,
  noteIdSchema,
  type PassId,
  type PersonId,
  personIdSchema,
} from '#shared/domain/ids.ts';
import type { Note, NoteContent } from '#shared/domain/note.ts';
import type { Pass } from '#shared/domain/pass.ts';
import type { Holding } from '#shared/domain/pass-review.ts';
import type { QcEvent, ShownEvent } from '#shared/domain/qc.ts';
import type { VocabularyTerm } from '#shared/domain/vocabulary.ts';
import { eventsWithIntent } from './intention-register.ts';
import type { PassRegister } from './pass-register.ts';
import type { HelicalLog } from './record.ts';
import type { Stores } from './stores.ts';

/** A word on one finding of the measurement in force. */
export type DecisionRequest = Pick<
  Decision,
  'judgement' | 'origin' | 'remark' | 'startFrame' | 'endFrame' | 'check'
> & {
  passId: PassId;
  channels?: readonly number[] | undefined;
};

/** Where it is recorded who looks at a pass, and what they say of what is found in it. `writtenBy` writes down what the actor said. */
export interface ReviewRegister {
  /**
   * Puts a pass on a person's desk. Taking what one has changes nothing. WRONG_STATE: not sealed. INVALID_INPUT: somebody else
   * has it and no reason is given.
   */
  take(request: { passId: PassId; reason: string }, actorId: string, writtenBy?: PersonId): Holding;
  /** WRONG_STATE where this person does not have it. */
  release(passId: PassId, actorId: string, writtenBy?: PersonId): void;
  /** NOT_FOUND: no such finding in the measurement in force. INVALID_INPUT: an origin of what is no fault. */
  decide(request: DecisionRequest, actorId: string, writtenBy?: PersonId): Decision;
  /** INVALID_INPUT: frames or samples that the pass has not, a term that is none, or a note that says nothing. */
  note(request: NoteContent & { passId: PassId }, actorId: string, writtenBy?: PersonId): Note;
  /** NOT_FOUND; WRONG_STATE for one that was withdrawn before. */
  withdrawNote(noteId: string, reason: string, actorId: string, writtenBy?: PersonId): Note;
}

export function createReviewRegister(options: {
  log: HelicalLog;
  stores: Pick<Stores, 'review' | 'people' | 'qc'>;
  passRegister: PassRegister;
  terms: readonly VocabularyTerm[];
  newId: () => string;
}): ReviewRegister {
  const { log, stores, passRegister, terms, newId } = options;
  const { review, people, qc } = stores;
  const nameOf = (personId: string) => people.find(personId)?.name || personId;

  return {
    take({ passId, reason }, actorId, writtenBy) {
      const pass = passRegister.require(passId);
      if (pass.state !== 'sealed') {
        throw refused(
          'WRONG_STATE',
          `Pass ${pass.passNumber} is ${pass.state}: only a sealed one is reviewed.`,
        );
      }
      const held = review.holding(passId);
      if (held?.personId === actorId) return held;
      if (held && reason === '') {
        throw refused(
          'INVALID_INPUT',
          `${nameOf(held.personId)} has had this pass since ${held.takenAt}: taking it over needs a reason.`,
          'Ask them, or say why you take it over.',
        );
      }
      const takenFrom = held?.personId ?? null;
      const payload = { passId, takenFrom, reason, ...dictated(writtenBy) };
      log.append([{ type: 'review.taken', payload, actorId }]);
      return review.holding(passId) as Holding;
    },
    release(passId, actorId, writtenBy) {
      passRegister.require(passId);
      const held = review.holding(passId);
      if (held?.personId !== actorId) {
        const who = held ? `${nameOf(held.personId)} has it` : 'nobody has it';
        throw refused('WRONG_STATE', `This pass is not yours to release: ${who}.`);
      }
      log.append([{ type: 'review.released', payload: { passId, ...dictated(writtenBy) }, actorId }]);
    },
    decide({ passId, channels = [], ...said }, actorId, writtenBy) {
      const pass = passRegister.require(passId);
      const run = qc.latest(pass.id);
      const event = run?.events.find((one) => isExactly(one, { ...said, channels }));
      if (!run || !event) {
        throw refused(
          'NOT_FOUND',
          `The measurement in force holds no finding of ${said.check} from frame ${said.startFrame} to ${said.endFrame}.`,
          'It may have been judged again meanwhile. Look the findings up with: helical review show PASS.',
        );
      }
      if (said.judgement !== 'accepted' && said.origin !== null) {
        throw refused('INVALID_INPUT', 'Only what is accepted to be there has an origin.');
      }
      const decisionId = decisionIdSchema.parse(newId());
      const { check, startFrame, endFrame, judgement, origin, remark } = said;
      const payload = {
        ...{ decisionId, passId, qcRunId: run.qcRunId as Decision['qcRunId'] },
        ...{ check, startFrame, endFrame, judgement, origin, remark },
        channels: event.channels ?? null,
        ...dictated(writtenBy),
      };
      log.append([{ type: 'review.event-decided', payload, actorId }]);
      return review.decisions(passId).find(({ id }) => id === decisionId) as Decision;
    },
    note({ passId, ...content }, actorId, writtenBy) {
      const pass = passRegister.require(passId);
      const problem = problemOfNote(content, pass, terms);
      if (problem) throw refused('INVALID_INPUT', problem);
      const noteId = noteIdSchema.parse(newId());
      const payload = { noteId, passId, ...content, ...dictated(writtenBy) };
      log.append([{ type: 'review.noted', payload, actorId }]);
      return review.note(noteId) as Note;
    },
    withdrawNote(noteId, reason, actorId, writtenBy) {
      const found = review.note(noteId);
      if (!found) throw refused('NOT_FOUND', `There is no note ${noteId}.`);
      if (found.withdrawn) {
        throw refused('WRONG_STATE', `This note was withdrawn before: ${found.withdrawn.reason}`);
      }
      const payload = { noteId: found.id, passId: found.passId, reason, ...dictated(writtenBy) };
      log.append([{ type: 'review.note-withdrawn', payload, actorId: personIdSchema.parse(actorId) }]);
      return review.note(noteId) as Note;
    },
  };
}

/** What a pass shows: its findings with what the artist meant and what reviewers decided. */
export function judgedEvents(
  stores: Pick<Stores, 'intentions' | 'passes' | 'review'>,
  pass: Pass,
  events: readonly QcEvent[],
): ShownEvent[] {
  const shown = eventsWithIntent(stores, pass, events);
  return shown.length === 0 ? shown : markJudged(shown, stores.review.decisions(pass.id));
}

/** Who wrote it down, as the log keeps it. */
export function dictated(writtenBy: PersonId | undefined): { writtenBy?: PersonId } {
  return writtenBy === undefined ? {} : { writtenBy };
}

function problemOfNote(
  { startFrame, endFrame, stillFrame, region, term, words }: NoteContent,
  { frames, video }: Pick<Pass, 'frames' | 'video'>,
  terms: readonly VocabularyTerm[],
): string | undefined {
  if (startFrame > endFrame || endFrame >= frames) {
    return `From ${startFrame} to ${endFrame} is no range of this pass: it has ${frames} frames, from 0 on.`;
  }
  if (stillFrame !== null && stillFrame >= frames) {
    return `There is no frame ${stillFrame}: the pass has ${frames} frames, from 0 on.`;
  }
  if (region && (region.x + region.width > video.width || region.y + region.height > video.height)) {
    return `The region reaches over the picture, which has ${video.width} x ${video.height} samples.`;
  }
  if (term !== null && !terms.some(({ id }) => id === term)) {
    return `The vocabulary has no term "${term}". Look it up with: helical review vocabulary.`;
  }
  return term === null && words === '' ? 'A note needs a term or words.' : undefined;
}

function isExactly(event: QcEvent, said: Parameters<typeof isSameFinding>[1]): boolean {
  return (
    event.startFrame === said.startFrame && event.endFrame === said.endFrame && isSameFinding(event, said)
  );
}

function refused(
  code: 'WRONG_STATE' | 'INVALID_INPUT' | 'NOT_FOUND',
  problem: string,
  remedy?: string,
): HelicalError {
  return new HelicalError(code, { problem, safe: 'Nothing was changed.', remedy });
}
