import { HelicalError } from '#shared/domain/errors.ts';
import { mayAct, type Role } from '#shared/domain/roles.ts';
import type { Engine } from './engine.ts';
import type { Context, Procedures } from './procedures.ts';

export function reviewApi({ review }: Procedures, engine: Engine) {
  const { reviewDesk, reviewRegister, verdictRegister, sittingRegister } = engine;
  /** Who signs, and what they may do. */
  const signer = (context: Context, as: string | undefined): { id: string; role: Role } => {
    if (as === undefined || as === context.personId) return { id: context.personId, role: context.role };
    if (mayAct(context.role, 'local')) return engine.peopleRegister.require(as);
    throw notAllowed('Only the person who is signed in can sign here.');
  };
  const idOf = (context: Context, as: string | undefined) => signer(context, as).id;
  return {
    queue: review.queue.handler(() => reviewDesk.queue()),
    show: review.show.handler(({ input }) => reviewDesk.show(input.passId)),
    vocabulary: review.vocabulary.handler(() => engine.vocabulary),
    take: review.take.handler(({ input: { as, ...request }, context }) =>
      reviewRegister.take(request, idOf(context, as)),
    ),
    release: review.release.handler(({ input, context }) => {
      reviewRegister.release(input.passId, idOf(context, input.as));
      return {};
    }),
    decide: review.decide.handler(({ input: { as, ...request }, context }) =>
      reviewRegister.decide(request, idOf(context, as)),
    ),
    note: review.note.handler(({ input: { as, ...request }, context }) =>
      reviewRegister.note(request, idOf(context, as)),
    ),
    withdrawNote: review.withdrawNote.handler(({ input, context }) =>
      reviewRegister.withdrawNote(input.noteId, input.reason, idOf(context, input.as)),
    ),
    watched: review.watched.handler(({ input, context }) => {
      sittingRegister.report(input, context.personId);
      return {};
    }),
    ask: review.ask.handler(({ input: { as, ...request }, context }) =>
      verdictRegister.ask(request, idOf(context, as)),
    ),
    withdrawAsk: review.withdrawAsk.handler(({ input, context }) =>
      verdictRegister.withdraw(input.opinionId, input.reason, idOf(context, input.as)),
    ),
    verdict: review.verdict.handler(({ input: { as, ...request }, context }) => {
      const { id, role } = signer(context, as);
      if (request.settles && !mayAct(role, 'manager')) {
        throw notAllowed('Only a manager settles what others disagree on.');
      }
      return verdictRegister.give(request, id);
    }),
  };
}

function notAllowed(problem: string): HelicalError {
  return new HelicalError('NOT_ALLOWED', { problem, safe: 'Nothing was changed.' });
}
