import { HelicalError } from '#shared/domain/errors.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { HelicalClient } from '../attach.ts';

/** A person of the station by name (which does not tell cases apart) or id. NOT_FOUND. */
export async function personIdOf(client: HelicalClient, person: string): Promise<PersonId> {
  const people = await client.station.people();
  const found = people.find(({ id, name }) => id === person || name.toLowerCase() === person.toLowerCase());
  if (found) return found.id;
  throw new HelicalError('NOT_FOUND', {
    problem: `There is no person "${person}" at this station.`,
    remedy: 'Look them up with: helical station people; or add them with: helical station add-person NAME.',
  });
}

/** Who signs, as procedures take it: nothing for the account that runs the command. */
export async function signedAs(
  client: HelicalClient,
  person: string | undefined,
): Promise<{ as?: PersonId }> {
  return person === undefined ? {} : { as: await personIdOf(client, person) };
}

/** Accounts that are an office, not a person: whoever has the machine can be them. */
const offices = ['root', 'administrator', 'system'];

/** Who signs a verdict: as `signedAs`, but never an account that is no person. INVALID_INPUT. */
export async function signedByPerson(
  client: HelicalClient,
  person: string | undefined,
): Promise<{ as?: PersonId }> {
  const signed = await signedAs(client, person);
  const { name } = (await client.station.info()).person;
  if (signed.as !== undefined || !offices.includes(name.toLowerCase())) return signed;
  throw new HelicalError('INVALID_INPUT', {
    problem: `A verdict is a person's word, and "${name}" is no person.`,
    safe: 'Nothing was signed.',
    remedy: 'Say whose verdict it is: --as NAME. Add somebody first with: helical station add-person NAME.',
  });
}
