import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HelicalError } from '#shared/domain/errors.ts';
import type { PayloadEntry } from './archive-profile.ts';
import { formatManifest, formatTags } from './bag-manifest.ts';
import { diskError } from './disk-errors.ts';

/** Manifests of every bag: SHA-512 is the standard's own choice, MD5 is what Flemish archives ask for. */
const algorithms = ['sha512', 'md5'] as const;

type ManifestDigests = Record<(typeof algorithms)[number], string>;

/**
 * Writes a BagIt 1.0 bag (RFC 8493). It grows beside its place as `.NAME.part` and gets its name when it is whole, so
 * that nobody takes half a bag for one. Each source is read once: copied, digested, and compared with the digests that
 * were taken when it was made.
 *
 * @returns size of all payload files, and the SHA-512 of manifest-sha512.txt
 * @throws HelicalError FILE_EXISTS where something has the name, PACKAGE_INVALID where a source is not what was sealed,
 *   and those of disk-errors.ts
 */
export async function writeBag(
  bagPath: string,
  payload: readonly PayloadEntry[],
  bagInfo: readonly (readonly [string, string])[],
  options: { onBytes?: (bytesSoFar: number) => void; signal?: AbortSignal } = {},
): Promise<{ sizeBytes: number; manifestSha512: string }> {
  await refuseExisting(bagPath);
  const partPath = join(dirname(bagPath), `.${basename(bagPath)}.part`);
  // Only ever made by this function: what an earlier, interrupted export left.
  await rm(partPath, { recursive: true, force: true });
  await mkdir(join(partPath, 'data'), { recursive: true });
  try {
    const written = new Map<string, ManifestDigests>();
    let sizeBytes = 0;
    for (const entry of [...payload].sort((a, b) => (a.path < b.path ? -1 : 1))) {
      const path = `data/${entry.path.normalize('NFC')}`;
      if (written.has(path)) throw new RangeError(`two files for ${path}`);
      const done = await writeEntry(
        join(partPath, path),
        entry,
        (bytes) => options.onBytes?.(sizeBytes + bytes),
        options.signal,
      );
      sizeBytes += done.sizeBytes;
      written.set(path, done.digests);
    }
    const tagFiles = new Map<string, string>([
      ['bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'],
      ['bag-info.txt', formatTags([...bagInfo, ['Payload-Oxum', `${sizeBytes}.${written.size}`]])],
    ]);
    for (const algorithm of algorithms) {
      const digests = new Map([...written].map(([path, each]) => [path, each[algorithm]]));
      tagFiles.set(`manifest-${algorithm}.txt`, formatManifest(digests));
    }
    for (const algorithm of algorithms) {
      const digests = [...tagFiles]
        .filter(([name]) => !name.startsWith('tagmanifest-'))
        .map(([name, text]) => [name, digestOf(algorithm, text)] as const);
      tagFiles.set(`tagmanifest-${algorithm}.txt`, formatManifest(new Map(digests)));
    }
    for (const [name, text] of tagFiles)
      await writeFile(join(partPath, name), text, { flag: 'wx', flush: true });
    await refuseExisting(bagPath);
    await rename(partPath, bagPath);
    await syncFolder(dirname(bagPath));
    return { sizeBytes, manifestSha512: digestOf('sha512', tagFiles.get('manifest-sha512.txt') as string) };
  } catch (error) {
    await rm(partPath, { recursive: true, force: true });
    throw diskError(error, dirname(bagPath));
  }
}

async function writeEntry(
  to: string,
  entry: PayloadEntry,
  onBytes: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<{ sizeBytes: number; digests: ManifestDigests }> {
  await mkdir(dirname(to), { recursive: true });
  if ('text' in entry) {
    await writeFile(to, entry.text, { flag: 'wx', flush: true });
    const digests = { sha512: digestOf('sha512', entry.text), md5: digestOf('md5', entry.text) };
    return { sizeBytes: Buffer.byteLength(entry.text), digests };
  }
  const hashes = algorithms.map((algorithm) => createHash(algorithm));
  let sizeBytes = 0;
  const digesting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (const hash of hashes) hash.update(chunk);
      sizeBytes += chunk.length;
      onBytes(sizeBytes);
      done(null, chunk);
    },
  });
  await pipeline(
    createReadStream(entry.from, { highWaterMark: 1 << 20 }),
    digesting,
    createWriteStream(to, { flags: 'wx', flush: true }),
    signal ? { signal } : {},
  );
  const [sha512, md5] = hashes.map((hash) => hash.digest('hex')) as [string, string];
  if (sha512 !== entry.expected.sha512 || md5 !== entry.expected.md5) {
    throw new HelicalError('PACKAGE_INVALID', {
      problem: `${entry.from} is not the file that was registered: its digest is another one now.`,
      safe: 'Nothing was packaged, and the file was not changed.',
      remedy: 'Run helical verify on it, and bring back a copy that has the digest of the seal.',
    });
  }
  return { sizeBytes, digests: { sha512, md5 } };
}

async function refuseExisting(path: string): Promise<void> {
  const there = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!there) return;
  throw new HelicalError('FILE_EXISTS', {
    problem: `${path} exists already.`,
    safe: 'It was left as it is.',
    remedy: 'Choose another folder, or move the earlier package away.',
  });
}

/** A new name is on disk only when its folder is. Windows has no such call for folders. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using folder = await open(path, 'r');
  await folder.sync();
}

function digestOf(algorithm: string, text: string): string {
  return createHash(algorithm).update(text).digest('hex');
}
