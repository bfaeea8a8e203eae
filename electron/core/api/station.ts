import type { Person } from '#core/stores/people.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { personIdSchema } from '#shared/domain/ids.ts';
import { mayAct } from '#shared/domain/roles.ts';
import { chosenBy } from './capture.ts';
import type { Engine } from './engine.ts';
import type { Procedures } from './procedures.ts';

export function stationApi({ station }: Procedures, engine: Engine) {
  return {
    doctor: station.doctor.handler(() => engine.doctor()),
    info: station.info.handler(({ context }) => ({
      stationId: engine.stationId,
      version: engine.version,
      // Screens name ids, never paths.
      dataDir: mayAct(context.role, 'local') ? engine.dataDir : null,
      person: {
        id: context.personId,
        name: engine.stores.people.find(context.personId)?.name ?? '',
        role: context.role,
      },
      isStationWindow: context.seat !== undefined,
      isAccount: context.personId === engine.person.id,
    })),
    people: station.people.handler(() => engine.stores.people.list().map(withId)),
    addPerson: station.addPerson.handler(({ input, context }) =>
      withId(engine.peopleRegister.add(input.name, input.role, context.personId)),
    ),
    sit: station.sit.handler(({ input, context }) => {
      if (!context.seat) {
        throw new HelicalError('NOT_ALLOWED', {
          problem: 'The link of this window was made for one person, who alone signs here.',
          safe: 'Nothing was changed.',
          remedy: 'Make a link for somebody else with: helical serve --as NAME.',
        });
      }
      context.seat.take(withId(engine.peopleRegister.seat(input.personId, context.personId)));
      return {};
    }),
    profiles: station.profiles.handler(() => [...engine.profiles]),
    selfTest: station.selfTest.handler(({ input, context, signal }) =>
      engine
        .stationTest()
        .run({ ...input, selection: chosenBy(context, input.source) }, context.personId, signal),
    ),
    certificates: station.certificates.handler(() => engine.stationTest().certificates()),
  };
}

function withId(person: Person) {
  return { ...person, id: personIdSchema.parse(person.id) };
}
