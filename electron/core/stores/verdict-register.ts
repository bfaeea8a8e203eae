import { isJudged } from '#shared/domain/decision.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { commonRanges, countFrames, withoutRanges } from '#shared/domain/frame-ranges.ts';
import {
  opinionIdSchema,
  type PassId,
  type PersonId,
  personIdSchema,
  verdictIdSchema,
} from '#shared/domain/ids.ts';
import type { Pass } from '#shared/domain/pass.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import { type SamplingPlanId, sampleOf } from '#shared/domain/sampling.ts';
import {
  accepts,
  type Opinion,
  openOpinions,
  type Verdict,
  type VerdictBasis,
  type VerdictWord,
} from '#shared/domain/verdict.ts';
import { judgedFilesOf, type LookAtFile } from './judged-files.ts';
import type { PassRegister } from './pass-register.ts';
import type { HelicalLog } from './record.ts';
import { dictated, judgedEvents } from './review-register.ts';
import type { SittingRegister } from './sitting-register.ts';
import type { Stores } from './stores.ts';

export interface VerdictRequest {
  passId: PassId;
  verdict: VerdictWord;
  reason: string;
  /** The plan by which the pass was watched. */
  planId: SamplingPlanId;
  settles: boolean;
}

/** Where verdicts are signed, and further ones asked for. `writtenBy` writes down what the actor said. */
export interface VerdictRegister {
  /**
   * A person's verdict, bound to the master's bytes and the measurement in force; an earlier one of the same person stays in
   * sight. WRONG_STATE: the pass is not sealed, or its master is not the file that was sealed and would be accepted. INVALID_INPUT:
   * a reason is missing.
   */
  give(request: VerdictRequest, actorId: string, writtenBy?: PersonId): Verdict;
  /** NOT_FOUND (person); INVALID_INPUT: of oneself; WRONG_STATE: not sealed; ALREADY_EXISTS: asked of the same and not answered. */
  ask(
    request: { passId: PassId; of: string | null; question: string },
    actorId: string,
    writtenBy?: PersonId,
  ): Opinion;
  /** NOT_FOUND; WRONG_STATE for one that was answered or withdrawn. */
  withdraw(opinionId: string, reason: string, actorId: string, writtenBy?: PersonId): Opinion;
}

export function createVerdictRegister(options: {
  log: HelicalLog;
  stores: Pick<Stores, 'review' | 'people' | 'qc' | 'files' | 'intentions' | 'passes' | 'accessCertificates'>;
  passRegister: PassRegister;
  sittingRegister: SittingRegister;
  look: LookAtFile;
  newId: () => string;
}): VerdictRegister {
  const { log, stores, passRegister, sittingRegister, look, newId } = options;
  const { review, people, qc, files } = stores;

  const basisOf = (pass: Pass, planId: SamplingPlanId, personId: string): VerdictBasis => {
    const events = judgedEvents(stores, pass, qc.latest(pass.id)?.events ?? []);
    const plan = sampleOf(planId, pass, events);
    const seen = sittingRegister.watched(pass.id).find((one) => one.personId === personId);
    const { ranges: own = [], masterRanges = [], copyRanges = [] } = seen ?? {};
    const judges = Map.groupBy(events.filter(isJudged), judgeOf);
    return {
      events: events.length,
      judgedEvents: events.filter(isJudged).length,
      judgedBy: [...judges].map(([judge, { length }]) => ({ personId: judge, events: length })),
      planId,
      planFrames: countFrames(plan),
      watchedPlanFrames: countFrames(commonRanges(plan, own)),
      watchedFrames: countFrames(own),
      watchedOf: {
        masterFrames: countFrames(masterRanges),
        copyFrames: countFrames(withoutRanges(copyRanges, masterRanges)),
      },
      files: judgedFilesOf(stores, pass, look),
    };
  };

  return {
    give({ passId, verdict, reason, planId, settles }, actorId, writtenBy) {
      const pass = passRegister.require(passId);
      const master = files.ofPass(passId).find(({ role }) => role === 'master');
      refuseUnsealed(pass, { verdict });
      if (accepts({ verdict }) && !master) {
        throw refused('WRONG_STATE', 'No master of this pass is registered: there is nothing to accept.');
      }
      if (reason === '' && (verdict !== 'accept' || settles)) {
        throw refused('INVALID_INPUT', `The verdict "${verdict}" needs a reason.`, 'Say why, in a sentence.');
      }
      if (accepts({ verdict }) && judgedFilesOf(stores, pass, look).master === 'changed') {
        throw refused(
          'WRONG_STATE',
          `The master of pass ${pass.passNumber} is not the file that was sealed: its size is another one, it was written to since its bytes were last read, or they were found to be others.`,
          'Bring back the file that was sealed, with its date; or have its bytes read anew with: helical compare PASS. It can be rejected as it is.',
        );
      }
      // What was watched before the verdict stands before it in the log.
      sittingRegister.end(passId, actorId);
      const verdictId = verdictIdSchema.parse(newId());
      const payload = {
        ...{ verdictId, passId, verdict, reason, settles },
        master: master ? { fileId: master.id, sha256: master.sha256 } : null,
        qcRunId: (qc.latest(passId)?.qcRunId ?? null) as Verdict['qcRunId'],
        basis: basisOf(pass, planId, actorId),
        ...dictated(writtenBy),
      };
      log.append([{ type: 'review.verdict-given', payload, actorId }]);
      return review.verdicts(passId).at(-1) as Verdict;
    },
    ask({ passId, of, question }, actorId, writtenBy) {
      const pass = passRegister.require(passId);
      refuseUnsealed(pass, { verdict: 'accept' });
      const person = of === null ? null : people.find(of);
      if (person === undefined) throw refused('NOT_FOUND', `There is no person ${of} at this station.`);
      if (person?.id === actorId) {
        throw refused(
          'INVALID_INPUT',
          'A second opinion is that of somebody else.',
          'Ask another person, or anyone.',
        );
      }
      const personId = person === null ? null : personIdSchema.parse(person.id);
      const open = openOpinions(review.opinions(passId), review.verdicts(passId));
      if (open.some((one) => one.of === personId)) {
        throw refused('ALREADY_EXISTS', 'This was asked before and is not answered yet.');
      }
      const opinionId = opinionIdSchema.parse(newId());
      const payload = { opinionId, passId, personId, question, ...dictated(writtenBy) };
      log.append([{ type: 'review.opinion-asked', payload, actorId }]);
      return review.opinion(opinionId) as Opinion;
    },
    withdraw(opinionId, reason, actorId, writtenBy) {
      const opinion = review.opinion(opinionId);
      if (!opinion) throw refused('NOT_FOUND', `No second opinion ${opinionId} was asked for.`);
      const { passId } = opinion;
      if (!openOpinions([opinion], review.verdicts(passId)).length) {
        throw refused('WRONG_STATE', 'This question was answered or withdrawn before.');
      }
      const payload = { opinionId: opinion.id, passId, reason, ...dictated(writtenBy) };
      log.append([{ type: 'review.opinion-withdrawn', payload, actorId }]);
      return review.opinion(opinionId) as Opinion;
    },
  };
}

/** Whose word stands on a finding that was judged. */
function judgeOf({ intended, judged }: Pick<ShownEvent, 'intended' | 'judged'>): PersonId {
  return personIdSchema.parse(intended?.statedBy ?? judged?.decidedBy);
}

/** A pass whose proof failed can be refused, so that it is played again; it can never be accepted. */
function refuseUnsealed({ state, passNumber }: Pass, said: Pick<Verdict, 'verdict'>): void {
  if (state === 'sealed' || (state === 'failed' && !accepts(said))) return;
  throw refused(
    'WRONG_STATE',
    state === 'failed'
      ? `Pass ${passNumber} failed its proof: nobody can say that its file holds what came off the tape, so it cannot be accepted.`
      : `Pass ${passNumber} is ${state}, not sealed: until every frame is proved there is nothing to judge.`,
    state === 'failed' ? 'Have the tape captured again.' : 'Wait for its seal.',
  );
}

function refused(
  code: 'WRONG_STATE' | 'INVALID_INPUT' | 'NOT_FOUND' | 'ALREADY_EXISTS',
  problem: string,
  remedy?: string,
): HelicalError {
  return new HelicalError(code, { problem, safe: 'Nothing was changed.', remedy });
}
