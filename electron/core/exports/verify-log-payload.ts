import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventPayload } from '#shared/domain/events.ts';
import { parseManifest } from './bag-manifest.ts';
import type { BagProblem } from './bag-verifier.ts';
import type { LogFacts } from './log-facts.ts';
import { describingFiles, placeInPackage } from './package-places.ts';

/**
 * Compares the files of a bag with those that its log registered. Manifests can be written again by anybody, events
 * cannot. The digests are those of the bag's manifests, which `verifyBag` has compared with the files: nothing is read twice.
 */
export async function verifyLogPayload(bagPath: string, facts: LogFacts): Promise<BagProblem[]> {
  const problems: BagProblem[] = [];
  const add = (rule: string, message: string, path: string): void => {
    problems.push({ rule, message, path: join(bagPath, path) });
  };
  const [sha512, md5] = await Promise.all(
    ['sha512', 'md5'].map(async (algorithm) => {
      const text = await readFile(join(bagPath, `manifest-${algorithm}.txt`), 'utf8').catch(() => '');
      return parseManifest(text).digests;
    }),
  );
  for (const [wanted, name] of [
    [facts.registrations, 'tape.registered'],
    [facts.preparations, 'pass.prepared'],
    [facts.seals, 'pass.sealed'],
  ] as const) {
    if (wanted.length === 1) continue;
    add(
      'log-not-sealed',
      `The log holds ${wanted.length} events ${name} of this tape and pass; there must be one.`,
      'data/provenance/log.jsonl',
    );
  }
  const roles = new Set([...facts.files.values()].map((file) => file.role));
  for (const role of ['master', 'seal', 'frame-hashes'] as const) {
    if (!roles.has(role))
      add('log-file-missing', `The log registered no ${role} for this pass.`, 'data/provenance/log.jsonl');
  }
  for (const path of describingFiles.map((name) => `data/${name}`)) {
    if ((await sizeOf(join(bagPath, path))) === undefined)
      add('bag-gutted', `${path} was taken away: our bags have it.`, path);
  }
  const known = new Set<string>(describingFiles.map((path) => `data/${path}`));
  for (const file of facts.files.values()) {
    const path = `data/${placeInPackage(file)}`;
    known.add(path);
    const sizeBytes = await sizeOf(join(bagPath, path));
    if (sizeBytes === undefined)
      add('log-file-missing', `The log registered ${file.name} (${file.role}), which is not here.`, path);
    else if (!isRegistered(file, sizeBytes, sha512?.get(path), md5?.get(path)))
      add('log-file-digest', `${file.name} is not the file that the log registered.`, path);
  }
  for (const path of new Set([...(sha512?.keys() ?? []), ...(md5?.keys() ?? [])])) {
    if (!known.has(path)) add('log-file-unknown', `The log never registered ${path}.`, path);
  }
  return problems;
}

function isRegistered(
  { digests, ...file }: EventPayload<'file.registered'>,
  sizeBytes: number,
  sha512: string | undefined,
  md5: string | undefined,
): boolean {
  return file.sizeBytes === sizeBytes && digests.sha512 === sha512 && digests.md5 === md5;
}

async function sizeOf(path: string): Promise<number | undefined> {
  const there = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  return there?.isFile() ? there.size : undefined;
}
