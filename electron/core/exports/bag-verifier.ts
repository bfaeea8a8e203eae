import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DigestAlgorithm, digestAlgorithms, digestFile } from '#core/essence/digests.ts';
import { parseManifest, parseTags } from './bag-manifest.ts';

export interface BagProblem {
  /** `bag-…`; the clause of RFC 8493 stands in the message where there is one. */
  rule: string;
  message: string;
  path: string;
}

/**
 * Reads a bag back: declaration, every manifest there is (a second one that nobody checks is worth nothing), Payload-Oxum,
 * and every file. What is wrong comes as problems; only an abort is thrown.
 */
export async function verifyBag(
  bagPath: string,
  options: { onBytes?: (bytesSoFar: number) => void; signal?: AbortSignal } = {},
): Promise<BagProblem[]> {
  const problems: BagProblem[] = [];
  const add = (rule: string, message: string, path: string): void => {
    problems.push({ rule, message, path: join(bagPath, path) });
  };
  await checkDeclaration(bagPath, add);
  const files = await listFiles(bagPath, add);
  const payload = files.filter((file) => file.path.startsWith('data/'));
  const tagFiles = files.filter((file) => !file.path.startsWith('data/'));
  const manifests = tagFiles.filter((file) => /^(tag)?manifest-[a-z0-9]+\.txt$/.test(file.path));
  if (!manifests.some((file) => file.path.startsWith('manifest-'))) {
    add('bag-manifest-missing', 'There is no payload manifest (RFC 8493, 2.1.3).', '');
  }
  const wanted = new Map<string, Map<DigestAlgorithm, string>>();
  for (const { path: name } of manifests) {
    const algorithm = name.replace(/^(tag)?manifest-|\.txt$/g, '') as DigestAlgorithm;
    if (!digestAlgorithms.includes(algorithm)) {
      add('bag-algorithm', `Digests of the kind ${algorithm} cannot be checked here.`, name);
      continue;
    }
    const isTag = name.startsWith('tag');
    const listed = await readManifest(bagPath, name, add);
    for (const [path, digest] of listed) {
      if (!isSafePath(path)) add('bag-path', `The manifest names a path outside the bag: ${path}`, name);
      else if (!isTag && !path.startsWith('data/')) add('bag-path', `${path} is not in the payload.`, name);
      else if (!files.some((file) => file.path === path))
        add('bag-file-missing', `${name} lists ${path}, which is not there.`, path);
      else wanted.set(path, (wanted.get(path) ?? new Map()).set(algorithm, digest));
    }
    if (isTag) continue;
    for (const { path } of payload) {
      if (!listed.has(path))
        add('bag-file-unlisted', `${path} is not listed in ${name} (RFC 8493, 3).`, path);
    }
  }
  await checkOxum(bagPath, payload, add);
  let bytesBefore = 0;
  for (const [path, digests] of wanted) {
    const algorithms = [...digests.keys()];
    const found = await digestFile(join(bagPath, path), {
      algorithms,
      onBytes: (bytes) => options.onBytes?.(bytesBefore + bytes),
      ...(options.signal ? { signal: options.signal } : {}),
    }).catch((error: unknown) => {
      if (options.signal?.aborted) throw error;
      add('bag-file-unreadable', `${path} cannot be read: ${(error as Error).message}`, path);
      return undefined;
    });
    if (!found) continue;
    bytesBefore += found.sizeBytes;
    for (const algorithm of algorithms) {
      if (found[algorithm] === digests.get(algorithm)) continue;
      add('bag-fixity', `${path} has changed: its ${algorithm} is not the one in the manifest.`, path);
    }
  }
  return problems;
}

type AddProblem = (rule: string, message: string, path: string) => void;

async function checkDeclaration(bagPath: string, add: AddProblem): Promise<void> {
  const text = await readText(join(bagPath, 'bagit.txt'));
  if (text === undefined)
    return add('bag-declaration', 'bagit.txt is not there (RFC 8493, 2.1.1).', 'bagit.txt');
  const tags = new Map(parseTags(text));
  const version = tags.get('BagIt-Version') ?? '';
  if (!/^(0\.9[5-7]|1\.0)$/.test(version))
    add('bag-declaration', `BagIt version ${version || 'not stated'} is not known here.`, 'bagit.txt');
  if (!/^utf-?8$/i.test(tags.get('Tag-File-Character-Encoding') ?? '')) {
    add('bag-declaration', 'The tag files are not declared as UTF-8.', 'bagit.txt');
  }
}

async function readManifest(bagPath: string, name: string, add: AddProblem): Promise<Map<string, string>> {
  const { digests, badLines, twice } = parseManifest((await readText(join(bagPath, name))) ?? '');
  for (const line of badLines) add('bag-manifest-line', `Line ${line} of ${name} is no manifest line.`, name);
  for (const path of twice) add('bag-manifest-line', `${name} lists ${path} twice.`, name);
  return digests;
}

async function checkOxum(
  bagPath: string,
  payload: readonly { sizeBytes: number }[],
  add: AddProblem,
): Promise<void> {
  const info = await readText(join(bagPath, 'bag-info.txt'));
  const oxum = info === undefined ? undefined : new Map(parseTags(info)).get('Payload-Oxum');
  if (oxum === undefined) return;
  const sizeBytes = payload.reduce((sum, file) => sum + file.sizeBytes, 0);
  const found = `${sizeBytes}.${payload.length}`;
  if (oxum !== found) add('bag-oxum', `Payload-Oxum says ${oxum}, the payload is ${found}.`, 'bag-info.txt');
}

/** Every file of the bag with `/` in its path. Links are a problem: they may lead out of the bag. */
async function listFiles(bagPath: string, add: AddProblem): Promise<{ path: string; sizeBytes: number }[]> {
  const files: { path: string; sizeBytes: number }[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(join(bagPath, folder), { withFileTypes: true })) {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) files.push({ path, sizeBytes: (await lstat(join(bagPath, path))).size });
      else add('bag-path', `${path} is neither a file nor a folder.`, path);
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isSafePath(path: string): boolean {
  return (
    !path.startsWith('/') &&
    !path.startsWith('~') &&
    !/^[A-Za-z]:|\\/.test(path) &&
    !path.split('/').includes('..')
  );
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
