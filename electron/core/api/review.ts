import { HelicalError } from '#shared/domain/errors.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { mayAct, type Role } from '#shared/domain/roles.ts';
import type { Engine } from './engine.ts';
import type { Context, Procedures } from './procedures.ts';

interface Signer {
  id: string;
  role: Role;
  /** The account that writes it down; none: they sign themselves. */
  writtenBy?: PersonId;
}

export function reviewApi({ review }: Procedures, engine: Engine) {
  const { reviewDesk, reviewRegister, verdictRegister, sittingRegister } = engine;
  /** Who signs, and what they may do. */
  const signer = (context: Context, as: string | undefined): Signer => {
    if (as === undefined || as === context.personId) return { id: context.personId, role: context.role };
    if (mayAct(context.role, 'local')) {
      const { id, role } = engine.peopleRegister.require(as);
      return { id, role, writtenBy: context.personId };
    }
    throw notAllowed('Only the person who is signed in can sign here.');
  };
  /** Who says it, and who writes it down for them where that is another one: the last arguments of a register. */
  const signed = (context: Context, as: string | undefined): [id: string, writtenBy?: PersonId] => {
    const { id, writtenBy } = signer(context, as);
    return writtenBy ? [id, writtenBy] : [id];
  };
  return {
    queue: review.queue.handler(() => reviewDesk.queue()),
    outcomes: review.outcomes.handler(() => reviewDesk.outcomes()),
    show: review.show.handler(({ input }) => reviewDesk.show(input.passId)),
    vocabulary: review.vocabulary.handler(() => engine.vocabulary),
    take: review.take.handler(({ input: { as, ...request }, context }) =>
      reviewRegister.take(request, ...signed(context, as)),
    ),
    release: review.release.handler(({ input, context }) => {
      reviewRegister.release(input.passId, ...signed(context, input.as));
      return {};
    }),
    decide: review.decide.handler(({ input: { as, ...request }, context }) =>
      reviewRegister.decide(request, ...signed(context, as)),
    ),
    note: review.note.handler(({ input: { as, ...request }, context }) =>
      reviewRegister.note(request, ...signed(context, as)),
    ),
    withdrawNote: review.withdrawNote.handler(({ input, context }) =>
      reviewRegister.withdrawNote(input.noteId, input.reason, ...signed(context, input.as)),
    ),
    watched: review.watched.handler(({ input, context }) => {
      sittingRegister.report(input, context.personId);
      return {};
    }),
    ask: review.ask.handler(({ input: { as, ...request }, context }) =>
      verdictRegister.ask(request, ...signed(context, as)),
    ),
    withdrawAsk: review.withdrawAsk.handler(({ input, context }) =>
      verdictRegister.withdraw(input.opinionId, input.reason, ...signed(context, input.as)),
    ),
    verdict: review.verdict.handler(({ input: { as, ...request }, context }) => {
      const { id, role, writtenBy } = signer(context, as);
      if (request.settles && !mayAct(role, 'manager')) {
        throw notAllowed('Only a manager settles what others disagree on.');
      }
      return verdictRegister.give(request, id, writtenBy);
    }),
  };
}

function notAllowed(problem: string): HelicalError {
  return new HelicalError('NOT_ALLOWED', { problem, safe: 'Nothing was changed.' });
}
