import { canonicalJson } from '#core/log/chain.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import type { Tape } from '#shared/domain/tape.ts';
import type { LogFacts } from './log-facts.ts';

/** What a table, or a package, says of a tape and a pass. */
export interface Told {
  tape: Tape;
  pass: Omit<Pass, 'sealChecks'>;
}

/**
 * Sentences for everything that tables or a package say otherwise than the log. The log is what is signed; tables are
 * only made of it, and anybody with the database file can change them.
 */
export function differencesFromLog({ tape, pass }: Told, facts: LogFacts): string[] {
  const differences: string[] = [];
  const compare = (name: string, told: unknown, logged: unknown): void => {
    if (canonicalJson(told ?? null) === canonicalJson(logged ?? null)) return;
    differences.push(`${name} is told as ${shown(told)}; the log says ${shown(logged)}.`);
  };
  const [registration] = facts.registrations;
  if (!registration) differences.push('The log holds no registration of the tape.');
  else {
    const { description } = registration;
    const fields = new Set([...Object.keys(description), ...describedFields]) as Set<
      keyof typeof description
    >;
    for (const field of fields) compare(`The tape's ${field}`, tape[field], description[field]);
  }
  const preparation = facts.preparations.at(-1);
  if (!preparation) differences.push('The log holds no preparation of the pass.');
  else for (const field of preparedFields) compare(`The pass's ${field}`, pass[field], preparation[field]);
  for (const field of recordedFields) compare(`The pass's ${field}`, pass[field], facts[field]);
  return differences;
}

/** The same for the rows of the files. */
export function fileDifferencesFromLog(files: readonly PassFile[], facts: LogFacts): string[] {
  const differences: string[] = [];
  for (const { id, role, name, sizeBytes, md5, sha256, sha512 } of files) {
    const logged = facts.files.get(name);
    const told = { fileId: id, role, name, sizeBytes, digests: { md5, sha256, sha512 } };
    if (!logged) differences.push(`The log never registered the file ${name}.`);
    else {
      const { passId: _, tapeId: __, ...rest } = logged;
      if (canonicalJson(told) !== canonicalJson(rest))
        differences.push(`The file ${name} was registered with another size, digest or role.`);
    }
  }
  const names = new Set(files.map((file) => file.name));
  for (const name of facts.files.keys()) {
    if (!names.has(name))
      differences.push(`The file ${name} is registered in the log, and not in the tables.`);
  }
  return differences;
}

const describedFields = [
  'identifier',
  'title',
  'artist',
  'format',
  'standard',
  'durationMin',
  'notes',
] as const;
const preparedFields = [
  'tapeId',
  'passNumber',
  'sourceId',
  'sourceDescription',
  'profileId',
  'chainName',
  'operatorId',
  'video',
  'audio',
  'software',
] as const;
const recordedFields = [
  'frames',
  'droppedFrames',
  'lostFrames',
  'endReason',
  'sealedAt',
  'plan',
  'chosen',
] as const;

function shown(value: unknown): string {
  return value === undefined || value === null || value === '' ? 'nothing' : JSON.stringify(value);
}
