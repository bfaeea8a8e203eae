import { expect, test } from 'vitest';
import { personIdSchema } from '#shared/domain/ids.ts';
import type { HelicalClient } from '../attach.ts';
import { signedByPerson } from './person-id.ts';

const ada = personIdSchema.parse('019a0000-0000-7000-8000-000000000001');

/** A station whose account has this name. */
const stationOf = (account: string) =>
  ({
    station: {
      info: async () => ({ person: { name: account } }),
      people: async () => [{ id: ada, name: 'Ada', role: 'reviewer' }],
    },
  }) as unknown as HelicalClient;

test('a verdict is signed by a person: one who is named, or the account where it is one', async () => {
  expect(await signedByPerson(stationOf('root'), 'ada')).toEqual({ as: ada });
  expect(await signedByPerson(stationOf('jan'), undefined)).toEqual({});
  for (const account of ['root', 'Administrator', 'SYSTEM'])
    await expect(signedByPerson(stationOf(account), undefined)).rejects.toThrow(`"${account}" is no person`);
  await expect(signedByPerson(stationOf('root'), 'Bo')).rejects.toThrow('no person "Bo"');
});
