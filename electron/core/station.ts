import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { arch, platform, release, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { personIdSchema, stationIdSchema } from '#shared/domain/ids.ts';
import type { PeopleStore, Person } from './stores/people.ts';
import type { HelicalLog } from './stores/record.ts';

const stationSchema = z.object({ stationId: stationIdSchema });

/** The station that this data folder belongs to; made at the first start. */
export function openStation(stationPath: string, newId: () => string): z.infer<typeof stationSchema> {
  try {
    return stationSchema.parse(JSON.parse(readFileSync(stationPath, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const station = stationSchema.parse({ stationId: newId() });
  mkdirSync(dirname(stationPath), { recursive: true });
  writeFileSync(`${stationPath}.partial`, `${JSON.stringify(station)}\n`);
  renameSync(`${stationPath}.partial`, stationPath);
  return station;
}

/** The person whose account runs this engine. The first becomes manager; later ones technicians. */
export function openPerson(log: HelicalLog, people: PeopleStore, newId: () => string): Person {
  const account = userInfo().username;
  const known = people.findByAccount(account);
  if (known) return known;
  const personId = personIdSchema.parse(newId());
  const role = people.countAccounts() === 0 ? 'manager' : 'technician';
  log.append([{ type: 'person.added', payload: { personId, role }, actorId: personId }]);
  people.rememberName(personId, account, account);
  return { id: personId, name: account, role };
}

/** Records what the station runs on: at every start of a workstation, and from the command line when it has changed. */
export function recordOpening(
  log: HelicalLog,
  people: PeopleStore,
  opening: { actorId: string; software: { name: string; version: string }[]; always: boolean },
): void {
  const payload = { software: opening.software, platform: `${platform()} ${release()} ${arch()}` };
  if (!opening.always && isDeepStrictEqual(people.lastOpening(), payload)) return;
  log.append([{ type: 'station.opened', payload, actorId: opening.actorId }]);
}
