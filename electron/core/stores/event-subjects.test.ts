import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEventCount } from './event-count.ts';
import { createEventSubjects } from './event-subjects.ts';
import { oneTape } from './one-tape.testbed.ts';
import { openStoresTestbed } from './stores.testbed.ts';

let bed: Awaited<ReturnType<typeof openStoresTestbed>>;
beforeEach(async () => {
  bed = await openStoresTestbed();
});
afterEach(() => bed.close());

it('names the tape of an event, and its pass where it is about one, and nothing for the others', () => {
  const { events, ids } = oneTape('T-1');
  bed.log.append([...events.person, ...events.registered, ...events.captured, ...events.sealed]);
  const all = bed.log.list();
  const subjects = createEventSubjects(bed.db)(all.map(({ seq }) => seq));
  const ofType = (type: string) => subjects.get(all.find((event) => event.type === type)?.seq ?? -1);
  expect(ofType('tape.registered')).toMatchObject([{ tape: 'T-1', passNumber: null }]);
  expect(ofType('pass.sealed')).toMatchObject([{ tape: 'T-1', passNumber: 1 }]);
  expect(ofType('person.added')).toBeUndefined();

  const nothing = {
    tapeId: undefined,
    deviceSerial: undefined,
    type: undefined,
    from: undefined,
    to: undefined,
  };
  const count = createEventCount(bed.db);
  const byPerson = bed.log.list({ personId: ids.personId });
  expect(byPerson.length).toBeGreaterThan(0);
  expect(count({ ...nothing, personId: ids.personId })).toBe(byPerson.length);
  expect(count({ ...nothing, personId: 'nobody' })).toBe(0);
  expect(count({ ...nothing, personId: undefined })).toBe(all.length);
});
