import { isJudged } from '#shared/domain/decision.ts';
import { passIdSchema } from '#shared/domain/ids.ts';
import type { Pass } from '#shared/domain/pass.ts';
import type { PassOutcome, PassReview, QueuedPass } from '#shared/domain/pass-review.ts';
import { stationTestTape } from '#shared/domain/station-test.ts';
import { openOpinions, outcomeOf } from '#shared/domain/verdict.ts';
import { judgedFilesOf, type LookAtFile } from './judged-files.ts';
import type { PassRegister } from './pass-register.ts';
import { judgedEvents } from './review-register.ts';
import type { SittingRegister } from './sitting-register.ts';
import type { Stores } from './stores.ts';

/** What reviewers read: the passes that wait, and all that was said of one. */
export interface ReviewDesk {
  /** The oldest seal first. */
  queue(): QueuedPass[];
  /** What all verdicts come to, of each pass on which there is one or one is asked for. No other pass has an outcome. */
  outcomes(): PassOutcome[];
  /** NOT_FOUND (pass). */
  show(passId: string): PassReview;
}

export function createReviewDesk(options: {
  stores: Stores;
  passRegister: PassRegister;
  sittingRegister: SittingRegister;
  look: LookAtFile;
}): ReviewDesk {
  const { stores, passRegister, sittingRegister, look } = options;
  const { review, people, qc, files } = stores;
  const nameOf = (personId: string) => people.find(personId)?.name ?? '';

  /** Findings are read only where somebody has said something of them: the queue is asked for after every event of the log. */
  const countOf = (pass: Pass): QueuedPass['events'] => {
    const isUntouched =
      review.decisions(pass.id).length === 0 && stores.intentions.ofTape(pass.tapeId).length === 0;
    const counted = qc.countLatest(pass.id);
    if (!counted || isUntouched) return counted ? { ...counted, judged: 0 } : null;
    const events = judgedEvents(stores, pass, qc.latest(pass.id)?.events ?? []);
    return {
      total: events.length,
      judged: events.filter(isJudged).length,
      faults: events.filter(({ severity, intended }) => severity === 'fail' && !intended).length,
    };
  };

  const queued = (passId: string): QueuedPass[] => {
    const pass = passRegister.require(passId);
    const tape = stores.tapes.find(pass.tapeId);
    // Self-tests of the station are no tapes of a collection.
    if (!tape || tape.identifier.toUpperCase() === stationTestTape || pass.sealedAt === null) return [];
    const [verdicts, opinions] = [review.verdicts(passId), review.opinions(passId)];
    const held = review.holding(passId);
    const { id, passNumber, tapeId, tapeIdentifier, frames, sealedAt, video } = pass;
    return [
      {
        ...{ passId: id, passNumber, tapeId, tapeIdentifier, title: tape.title, frames, sealedAt },
        durationS: (frames * video.frameRate.den) / video.frameRate.num,
        outcome: outcomeOf(verdicts, opinions),
        heldBy: held ? { id: held.personId, name: nameOf(held.personId), takenAt: held.takenAt } : null,
        askedOf: openOpinions(opinions, verdicts).map(({ of }) => ({ id: of, name: of ? nameOf(of) : '' })),
        events: countOf(pass),
      },
    ];
  };

  return {
    queue: () => review.waiting().flatMap(queued),
    outcomes: () =>
      review.spokenOf().map((id) => {
        const passId = passIdSchema.parse(id);
        return { passId, outcome: outcomeOf(review.verdicts(id), review.opinions(id)) };
      }),
    show(passId) {
      const pass = passRegister.require(passId);
      const [verdicts, opinions] = [review.verdicts(passId), review.opinions(passId)];
      const [decisions, notes] = [review.decisions(passId), review.notes(passId)];
      const watched = sittingRegister.watched(passId);
      const holding = review.holding(passId) ?? null;
      const named = [
        ...[holding?.personId, holding?.takenFrom],
        ...decisions.flatMap(({ decidedBy, writtenBy }) => [decidedBy, writtenBy]),
        ...notes.flatMap(({ notedBy, writtenBy, withdrawn }) => [notedBy, writtenBy, withdrawn?.by]),
        ...watched.map(({ personId }) => personId),
        ...opinions.flatMap(({ askedBy, of, writtenBy, withdrawn }) => [
          askedBy,
          of,
          writtenBy,
          withdrawn?.by,
        ]),
        ...verdicts.flatMap(({ givenBy, writtenBy, basis: { judgedBy = [] } }) => [
          ...[givenBy, writtenBy],
          ...judgedBy.map(({ personId }) => personId),
        ]),
      ];
      return {
        passId: pass.id,
        outcome: outcomeOf(verdicts, opinions),
        ...{ holding, decisions, notes, watched, opinions, verdicts },
        qcRunId: (qc.latest(passId)?.qcRunId ?? null) as PassReview['qcRunId'],
        masterSha256: files.ofPass(passId).find(({ role }) => role === 'master')?.sha256 ?? null,
        files: judgedFilesOf(stores, pass, look),
        names: Object.fromEntries(
          named.flatMap((personId) => (personId ? [[personId, nameOf(personId)]] : [])),
        ),
      };
    },
  };
}
