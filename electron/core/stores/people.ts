import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import type { Projection } from '#core/log/projection.ts';
import { applyEvents } from './apply-events.ts';

export interface Person {
  id: string;
  /** Empty when the name was erased. */
  name: string;
  role: 'reviewer' | 'technician' | 'manager';
}

export interface PeopleStore {
  projection: Projection;
  find(personId: string): Person | undefined;
  /** In the order in which they were added. */
  list(): Person[];
  /** By the account on this computer. */
  findByAccount(account: string): Person | undefined;
  /** How many people have an account on this computer. */
  countAccounts(): number;
  /** What the station last said of itself. */
  lastOpening(): { platform: string; software: { name: string; version: string }[] } | undefined;
  /** Names lie beside the log. Call it after the person's event. */
  rememberName(personId: string, name: string, account: string | null): void;
  /** The log stays whole: the person's events keep their id. */
  eraseName(personId: string): void;
}

export function createPeopleStore(db: Database): PeopleStore {
  const insert = statement<{ personId: string; role: string; at: string }>(
    db,
    'people.insert',
    'INSERT INTO person (person_id, role, added_at) VALUES (@personId, @role, @at)',
  );
  const insertOpening = statement<{ seq: number; at: string; platform: string; software: string }>(
    db,
    'people.insertOpening',
    `INSERT INTO station_opening (seq, opened_at, platform, software) VALUES (@seq, @at, @platform, @software)`,
  );
  const columns = `SELECT person.person_id AS id, coalesce(person_name.name, '') AS name, role
    FROM person LEFT JOIN person_name USING (person_id)`;
  const byId = statement<{ personId: string }, Person>(
    db,
    'people.byId',
    `${columns} WHERE person.person_id = @personId`,
  );
  const all = statement<void, Person>(db, 'people.all', `${columns} ORDER BY person.person_id`);
  const byAccount = statement<{ account: string }, Person>(
    db,
    'people.byAccount',
    `${columns} WHERE account = @account`,
  );
  const rememberName = statement<{ personId: string; name: string; account: string | null }>(
    db,
    'people.rememberName',
    `INSERT INTO person_name (person_id, name, account) VALUES (@personId, @name, @account)
     ON CONFLICT (person_id) DO UPDATE SET name = excluded.name, account = excluded.account`,
  );
  const countAccounts = statement<void, { accounts: number }>(
    db,
    'people.countAccounts',
    'SELECT count(account) AS accounts FROM person_name',
  );
  const lastOpening = statement<void, { platform: string; software: string }>(
    db,
    'people.lastOpening',
    'SELECT platform, software FROM station_opening ORDER BY seq DESC LIMIT 1',
  );
  const eraseName = statement<{ personId: string }>(
    db,
    'people.eraseName',
    'DELETE FROM person_name WHERE person_id = @personId',
  );
  return {
    projection: {
      area: 'people',
      tables: ['station_opening', 'person'],
      apply: applyEvents({
        'person.added': ({ payload: { personId, role }, occurredAt }) =>
          void insert.run({ personId, role, at: occurredAt }),
        'station.opened': ({ seq, payload, occurredAt }) =>
          void insertOpening.run({
            seq,
            at: occurredAt,
            platform: payload.platform,
            software: JSON.stringify(payload.software),
          }),
      }),
    },
    find: (personId) => byId.get({ personId }),
    list: () => all.all(),
    findByAccount: (account) => byAccount.get({ account }),
    countAccounts: () => countAccounts.get()?.accounts ?? 0,
    lastOpening: () => {
      const row = lastOpening.get();
      return row && { platform: row.platform, software: JSON.parse(row.software) };
    },
    rememberName: (personId, name, account) => void rememberName.run({ personId, name, account }),
    eraseName: (personId) => void eraseName.run({ personId }),
  };
}
