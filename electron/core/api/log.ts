import type { LogEvent } from '#core/log/event.ts';
import type { Engine } from './engine.ts';
import type { Procedures } from './procedures.ts';

export function logApi({ log }: Procedures, engine: Engine) {
  const { stores, tapeRegister } = engine;
  const nameOf = (actorId: string | null): string =>
    actorId === null ? '' : (stores.people.find(actorId)?.name ?? '');
  const entryOf = (event: LogEvent) => ({
    seq: event.seq,
    eventId: event.eventUuid,
    recordedAt: event.recordedAt,
    occurredAt: event.occurredAt,
    type: event.type,
    actorId: event.actorId ?? '',
    actorName: nameOf(event.actorId),
    payload: event.payload as Record<string, unknown>,
    hash: event.hash,
  });
  return {
    list: log.list.handler(({ input }) => {
      const { tape, device, type, from, to, beforeSeq, limit } = input;
      const filter = {
        tapeId: tape === undefined ? undefined : tapeRegister.require(tape).id,
        deviceSerial: device,
        type,
        from,
        to,
      };
      return {
        entries: engine.log
          .list({
            ...filter,
            toSeq: beforeSeq === undefined ? undefined : beforeSeq - 1,
            limit,
            newestFirst: true,
          })
          .map(entryOf),
        total: engine.countEvents(filter),
      };
    }),
    verify: log.verify.handler(() => engine.verifyLog()),
    rebuild: log.rebuild.handler(() => engine.rebuild()),
  };
}
