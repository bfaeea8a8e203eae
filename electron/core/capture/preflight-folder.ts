import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What `mkdtemp` makes of our prefix. */
const folderName = /^\.preflight-[A-Za-z0-9]{6}$/;
/** What a measurement writes into its folder. */
const fileName = /^(?:source\.nut|blocks|(?:whole|fewer)\.(?:mkv|framemd5|audiomd5|progress))$/;
/** A measurement that still runs, of another engine on the same disk, writes all the time. */
const leftAfterMs = 60_000;

/** A folder for one measurement, on the disk of the masters. */
export function makePreflightFolder(mastersDir: string): Promise<string> {
  return mkdtemp(join(mastersDir, '.preflight-'));
}

/**
 * Removes what measurements left whose engine was killed: up to hundreds of megabytes on the disk of the masters. Only folders of
 * our own name go, with nothing in them but our own files, to which nothing was written for a minute. `nowMs` since 1970.
 */
export async function sweepPreflightFolders(mastersDir: string, nowMs: number): Promise<void> {
  const entries = await readdir(mastersDir, { withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isDirectory() || !folderName.test(entry.name)) continue;
    const folder = join(mastersDir, entry.name);
    const files = await readdir(folder, { withFileTypes: true });
    if (!files.every((file) => file.isFile() && fileName.test(file.name))) continue;
    const writtenAtMs = await Promise.all(
      [folder, ...files.map(({ name }) => join(folder, name))].map(
        async (path) => (await stat(path)).mtimeMs,
      ),
    );
    if (nowMs - Math.max(...writtenAtMs) < leftAfterMs) continue;
    await rm(folder, { recursive: true, force: true });
  }
}
