import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDeviceSearch } from './device-search.ts';
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
    aboutAny: undefined,
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

it('finds what passed through a device by a whole word of the chain, self-tests too', () => {
  const { events, ids } = oneTape('T-1');
  bed.log.append([...events.person, ...events.certified, ...events.registered, ...events.captured]);
  const throughDevice = createDeviceSearch(bed.db);
  const found = throughDevice('bvu-950');
  expect(found).toContain(ids.passId);
  expect(throughDevice('BVU-95')).toEqual([]);
  expect(throughDevice('TBC').sort()).toEqual(found.toSorted());
  expect(throughDevice('.*')).toEqual([]);

  const about = bed.log.list({ aboutAny: found });
  expect(about.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['pass.prepared', 'station.certified']),
  );
  expect(about.map(({ type }) => type)).not.toContain('tape.registered');
  const nothing = { tapeId: undefined, personId: undefined, type: undefined, from: undefined, to: undefined };
  const count = createEventCount(bed.db);
  expect(count({ ...nothing, aboutAny: found })).toBe(about.length);
  expect(count({ ...nothing, aboutAny: [] })).toBe(0);
  expect(bed.log.list({ aboutAny: [] })).toEqual([]);
  expect(bed.log.list({ aboutAny: found, tapeId: ids.tapeId, type: 'pass.prepared' })).toHaveLength(1);
});
