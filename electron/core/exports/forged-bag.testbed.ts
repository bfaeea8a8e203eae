import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatManifest, formatTags, parseTags } from './bag-manifest.ts';

/** Writes all manifests of a bag anew, as a forger would who changed its files: BagIt alone then finds nothing. */
export async function manifestAnew(bagPath: string): Promise<void> {
  const entries = await readdir(join(bagPath, 'data'), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(bagPath.length + 1))
    .sort();
  const payload = await Promise.all(
    paths.map(async (path) => [path, await readFile(join(bagPath, path))] as const),
  );
  const sizeBytes = payload.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  const infoPath = join(bagPath, 'bag-info.txt');
  const tags = parseTags(await readFile(infoPath, 'utf8')).filter(([label]) => label !== 'Payload-Oxum');
  await writeFile(infoPath, formatTags([...tags, ['Payload-Oxum', `${sizeBytes}.${payload.length}`]]));
  const manifest = async (prefix: string, files: readonly (readonly [string, Buffer])[]) => {
    for (const algorithm of ['sha512', 'md5']) {
      const digests = files.map(
        ([path, bytes]) => [path, createHash(algorithm).update(bytes).digest('hex')] as const,
      );
      await writeFile(join(bagPath, `${prefix}-${algorithm}.txt`), formatManifest(new Map(digests)));
    }
  };
  await manifest('manifest', payload);
  const tagFiles = ['bagit.txt', 'bag-info.txt', 'manifest-sha512.txt', 'manifest-md5.txt'];
  await manifest(
    'tagmanifest',
    await Promise.all(tagFiles.map(async (name) => [name, await readFile(join(bagPath, name))] as const)),
  );
}
