import type { LogEvent } from '#core/log/event.ts';
import type { EventSubject } from '#core/stores/event-subjects.ts';
import type { Engine } from './engine.ts';
import type { Procedures } from './procedures.ts';

export function logApi({ log }: Procedures, engine: Engine) {
  const { stores, tapeRegister, peopleRegister } = engine;
  const nameOf = (actorId: string | null): string =>
    actorId === null ? '' : (stores.people.find(actorId)?.name ?? '');
  const entryOf = (event: LogEvent, subjects: readonly EventSubject[]) => ({
    seq: event.seq,
    eventId: event.eventUuid,
    recordedAt: event.recordedAt,
    occurredAt: event.occurredAt,
    type: event.type,
    actorId: event.actorId ?? '',
    actorName: nameOf(event.actorId),
    payload: event.payload as Record<string, unknown>,
    hash: event.hash,
    subjects: subjects.map(({ tape, passNumber }) => ({ tape, passNumber })),
  });
  return {
    list: log.list.handler(({ input }) => {
      const { tape, device, person, type, from, to, beforeSeq, limit } = input;
      const filter = {
        tapeId: tape === undefined ? undefined : tapeRegister.require(tape).id,
        aboutAny: device === undefined ? undefined : engine.throughDevice(device),
        personId: person === undefined ? undefined : peopleRegister.require(person).id,
        type,
        from,
        to,
      };
      const toSeq = beforeSeq === undefined ? undefined : beforeSeq - 1;
      const events = engine.log.list({ ...filter, toSeq, limit, newestFirst: true });
      const subjects = engine.eventSubjects(events.map(({ seq }) => seq));
      return {
        entries: events.map((event) => entryOf(event, subjects.get(event.seq) ?? [])),
        total: engine.countEvents(filter),
      };
    }),
    verify: log.verify.handler(() => engine.verifyLog()),
    rebuild: log.rebuild.handler(() => engine.rebuild()),
  };
}
