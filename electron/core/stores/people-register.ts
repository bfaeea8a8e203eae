import { HelicalError } from '#shared/domain/errors.ts';
import { personIdSchema } from '#shared/domain/ids.ts';
import type { PeopleStore, Person } from './people.ts';
import type { HelicalLog } from './record.ts';

/** Where it is recorded who works here. An account of this computer is a person by itself; others are added by name. */
export interface PeopleRegister {
  /** ALREADY_EXISTS for a name that somebody has. */
  add(name: string, role: Person['role'], actorId: string): Person;
  /** Records that a person sat down before the station's own window, in the place of `actorId`. NOT_FOUND. */
  seat(personId: string, actorId: string): Person;
  /** NOT_FOUND, by id or by name (which does not tell cases apart). */
  require(person: string): Person;
}

export function createPeopleRegister(options: {
  log: HelicalLog;
  people: PeopleStore;
  newId: () => string;
}): PeopleRegister {
  const { log, people, newId } = options;
  const find = (person: string): Person | undefined =>
    people.find(person) ??
    people.list().find(({ name }) => name !== '' && name.toLowerCase() === person.toLowerCase());
  const require = (person: string): Person => {
    const found = find(person);
    if (found) return found;
    throw new HelicalError('NOT_FOUND', {
      problem: `There is no person "${person}" at this station.`,
      remedy: 'Look them up with: helical station people; or add them with: helical station add-person NAME.',
    });
  };
  return {
    add(name, role, actorId) {
      const taken = find(name);
      if (taken) {
        throw new HelicalError('ALREADY_EXISTS', {
          problem: `There is a person "${taken.name}" already.`,
          safe: 'Nothing was changed.',
          remedy: 'Choose a name that tells them apart: verdicts are signed with it.',
        });
      }
      const personId = personIdSchema.parse(newId());
      log.append([{ type: 'person.added', payload: { personId, role }, actorId }]);
      people.rememberName(personId, name, null);
      return { id: personId, name, role };
    },
    seat(personId, actorId) {
      const person = require(personId);
      // Who sits there already changes nothing.
      if (person.id !== actorId) {
        const payload = { personId: personIdSchema.parse(person.id) };
        log.append([{ type: 'person.seated', payload, actorId }]);
      }
      return person;
    },
    require,
  };
}
