import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { ChainRow } from '#core/log/chain.ts';
import type { BagProblem } from './bag-verifier.ts';
import {
  type DeliveryEntry,
  deliveryCsv,
  deliveryEntry,
  deliveryManifestSchema,
} from './delivery-manifest.ts';
import { logFacts } from './log-facts.ts';
import { readSelfDescription } from './self-description.ts';

/**
 * Verifies the manifests of a delivery by its packages: what a receiver reads first must be what the packages prove.
 * @returns its problems, and the paths of the packages that are there, to be verified themselves
 */
export async function verifyDelivery(
  path: string,
  names: readonly string[],
): Promise<{ problems: BagProblem[]; bagPaths: string[] }> {
  const problems: BagProblem[] = [];
  const add = (rule: string, message: string, at: string) => problems.push({ rule, message, path: at });
  const manifestPath = join(path, 'manifest.json');
  const parsed = deliveryManifestSchema.safeParse(await readJson(manifestPath));
  if (!parsed.success) {
    add('delivery-manifest', 'manifest.json is not a delivery manifest of this version.', manifestPath);
    return { problems, bagPaths: [] };
  }
  const csvPath = join(path, 'manifest.csv');
  const csv = await readFile(csvPath, 'utf8').catch(() => undefined);
  if (csv !== deliveryCsv(parsed.data))
    add('delivery-csv', 'manifest.csv does not say what manifest.json says.', csvPath);
  const bagPaths: string[] = [];
  for (const entry of parsed.data.packages) {
    const bagPath = join(path, basename(entry.package));
    if (!names.includes(entry.package)) {
      add('package-missing', `The package ${entry.package} is not there.`, bagPath);
      continue;
    }
    bagPaths.push(bagPath);
    problems.push(...(await verifyEntry(bagPath, entry)));
  }
  const listed = new Set(parsed.data.packages.map((entry) => entry.package));
  for (const name of names) {
    if (listed.has(name) || name === 'manifest.json' || name === 'manifest.csv') continue;
    add('delivery-extra', `${name} is not in the delivery manifest.`, join(path, name));
  }
  return { problems, bagPaths };
}

async function verifyEntry(bagPath: string, entry: DeliveryEntry): Promise<BagProblem[]> {
  const problem = (rule: string, message: string): BagProblem => ({ rule, message, path: bagPath });
  const manifest = await readFile(join(bagPath, 'manifest-sha512.txt')).catch(() => undefined);
  const manifestSha512 = manifest ? createHash('sha512').update(manifest).digest('hex') : '';
  if (manifestSha512 !== entry.manifestSha512)
    return [problem('package-replaced', 'The bag is another one than the delivery manifest tells of.')];
  const own = await entryOf(bagPath, entry.package, manifestSha512);
  if (typeof own === 'string') return [problem('delivery-entry', own)];
  const fields = Object.keys(entry) as (keyof DeliveryEntry)[];
  return fields
    .filter((field) => entry[field] !== own[field])
    .map((field) =>
      problem(
        'delivery-entry',
        `manifest.json says ${field} ${entry[field]}, the package itself says ${own[field]}.`,
      ),
    );
}

/** The row as the package itself would write it; a sentence where the package cannot tell. */
async function entryOf(
  bagPath: string,
  name: string,
  manifestSha512: string,
): Promise<DeliveryEntry | string> {
  const own = await readSelfDescription(bagPath);
  if (typeof own === 'string') return own;
  const qc = qcSchema.safeParse(await readJson(join(bagPath, 'data', 'quality-control', 'events.json')));
  const rows = await readFile(join(bagPath, 'data', 'provenance', 'log.jsonl'), 'utf8').catch(() => '');
  if (!qc.success || rows === '') return 'The package holds no measures or no log to compare with.';
  try {
    const events = rows
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as ChainRow)
      .map((row) => ({ ...row, payload: JSON.parse(row.payload) as unknown }));
    const { files } = logFacts(events, own.tape.id, own.pass.id);
    const master = [...files.values()].find((file) => file.role === 'master');
    const facts = { ...own, masterSha256: master?.digests.sha256 ?? '', qcEvents: qc.data.events };
    return deliveryEntry(facts, {
      package: name,
      packageId: own.package.id,
      profile: own.package.profile,
      sizeBytes: Number((own.tags.get('Payload-Oxum') ?? '').split('.')[0]),
      manifestSha512,
    });
  } catch (error) {
    return `The log of the package cannot be read: ${(error as Error).message}`;
  }
}

const qcSchema = z.object({
  events: z.array(z.object({ severity: z.string(), intended: z.unknown().optional() })).default([]),
});

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    // Judged by a schema, which refuses undefined with a sentence of its own.
    return undefined;
  }
}
