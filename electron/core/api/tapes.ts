import type { Engine } from './engine.ts';
import type { Procedures } from './procedures.ts';

export function tapesApi({ tapes }: Procedures, { stores, tapeRegister }: Engine) {
  return {
    list: tapes.list.handler(({ input }) => stores.tapes.list(input)),
    register: tapes.register.handler(({ input, context }) => tapeRegister.register(input, context.personId)),
    import: tapes.import.handler(({ input, context }) => tapeRegister.import(input, context.personId)),
    show: tapes.show.handler(({ input }) => {
      const tape = tapeRegister.require(input.tape);
      const timeline = stores.tapes.timeline(tape.id).map(({ actorId, ...entry }) => ({
        ...entry,
        by: actorId === null ? '' : (stores.people.find(actorId)?.name ?? ''),
      }));
      return { tape, timeline };
    }),
  };
}
