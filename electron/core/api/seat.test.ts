import { createRouterClient } from '@orpc/server';
import { expect, test } from 'vitest';
import { silentLogger } from '#core/db/logger.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { personIdSchema } from '#shared/domain/ids.ts';
import type { Engine } from './engine.ts';
import { createRouter } from './router.ts';
import { seatedContext } from './seat.ts';

const [account, ada, mo] = ['1', '2', '3'].map((last) =>
  personIdSchema.parse(`019a0000-0000-7000-8000-00000000000${last}`),
) as [never, never, never];
const people = [
  { id: account, name: 'root', role: 'manager' as const },
  { id: ada, name: 'Ada', role: 'reviewer' as const },
  { id: mo, name: 'Mo', role: 'manager' as const },
];
const find = (id: string) => people.find((one) => one.id === id);
const seated: [string, string][] = [];
const router = createRouter(
  {
    ...{ stationId: 's', version: '0', person: people[0] },
    stores: { people: { find, list: () => people }, tapes: {}, passes: {}, qc: {} },
    peopleRegister: {
      seat(id: string, actorId: string) {
        const person = find(id);
        if (!person) throw new HelicalError('NOT_FOUND', 'There is no such person.');
        seated.push([actorId, id]);
        return person;
      },
    },
  } as unknown as Engine,
  silentLogger,
);

test('whoever sits at a window of the station signs there, with their own rights and back', async () => {
  const client = createRouterClient(router, { context: seatedContext({ id: account, role: 'manager' }) });
  const me = async () => (await client.station.info()).person;
  expect(await me()).toMatchObject({ name: 'root', role: 'manager' });
  expect((await client.station.info()).isAccount).toBe(true);
  await client.station.sit({ personId: ada });
  expect((await client.station.info()).isAccount).toBe(false);
  expect(await me()).toMatchObject({ name: 'Ada', role: 'reviewer' });
  await expect(client.station.addPerson({ name: 'Bo', role: 'manager' })).rejects.toMatchObject({
    data: { code: 'NOT_ALLOWED' },
  });
  await client.station.sit({ personId: account });
  expect(await me()).toMatchObject({ name: 'root', role: 'manager' });
  expect(seated).toEqual([
    [account, ada],
    [ada, account],
  ]);
});

test('nobody has more rights than the window was opened with, nor sits where a link names one', async () => {
  const window = createRouterClient(router, { context: seatedContext({ id: account, role: 'reviewer' }) });
  await window.station.sit({ personId: mo });
  expect((await window.station.info()).person).toMatchObject({ name: 'Mo', role: 'reviewer' });

  const named = createRouterClient(router, { context: { role: 'reviewer', personId: ada } });
  expect((await named.station.info()).isStationWindow).toBe(false);
  await expect(named.station.sit({ personId: mo })).rejects.toMatchObject({ data: { code: 'NOT_ALLOWED' } });
});
