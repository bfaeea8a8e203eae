import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/**
 * What a crashed master had where the mended one differs: one line of JSON, then the bytes of its parts, one after the other.
 * Put back in their places, and the file cut to its length, they make the file as the crash left it, byte for byte.
 */
const asCrashedSchema = z.object({
  format: z.literal('helical-as-crashed'),
  version: z.literal(1),
  /** Names in this folder: of the master as it was recorded, and after the mending. */
  masterName: z.string(),
  mendedName: z.string(),
  /** Length of the file as the crash left it. */
  sizeBytes: z.int().min(0),
  parts: z.array(z.object({ offset: z.int().min(0), bytes: z.int().min(0) })),
});
export type AsCrashed = z.infer<typeof asCrashedSchema>;

/** Longer than any first line. */
const lineAtMost = 64 << 10;

/** Takes these parts of a file aside, on the disk before it returns. What is under `path` before is of an attempt that died. */
export async function keepAsCrashed(
  path: string,
  masterPath: string,
  kept: Omit<AsCrashed, 'format' | 'version'>,
): Promise<void> {
  const partialPath = `${path}.part`;
  await rm(partialPath, { force: true });
  const line = `${JSON.stringify({ format: 'helical-as-crashed', version: 1, ...kept } satisfies AsCrashed)}\n`;
  try {
    await pipeline(
      async function* () {
        yield Buffer.from(line);
        for (const { offset, bytes } of kept.parts) {
          if (bytes > 0) yield* createReadStream(masterPath, { start: offset, end: offset + bytes - 1 });
        }
      },
      createWriteStream(partialPath, { flags: 'wx', flush: true }),
    );
  } catch (error) {
    await rm(partialPath, { force: true });
    throw error;
  }
  await rename(partialPath, path);
  await syncFolder(dirname(path));
}

/** The first line of what was taken aside, and where the bytes begin; undefined when nothing was. */
export async function readAsCrashed(
  path: string,
): Promise<{ kept: AsCrashed; dataOffset: number } | undefined> {
  try {
    await using file = await open(path, 'r');
    const head = Buffer.alloc(lineAtMost);
    const { bytesRead } = await file.read(head, 0, lineAtMost, 0);
    const end = head.subarray(0, bytesRead).indexOf(10);
    const kept = asCrashedSchema.parse(JSON.parse(head.toString('utf8', 0, end)));
    return { kept, dataOffset: end + 1 };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes a mended file what the crash had left, from what was taken aside. May be called again. */
export async function putBackAsCrashed(path: string, mendedPath: string): Promise<void> {
  const found = await readAsCrashed(path);
  if (!found) return;
  await using from = await open(path, 'r');
  await using target = await open(mendedPath, 'r+');
  let at = found.dataOffset;
  for (const { offset, bytes } of found.kept.parts) {
    await copyBytes(from, at, target, offset, bytes);
    at += bytes;
  }
  await target.truncate(found.kept.sizeBytes);
  await target.sync();
}

async function copyBytes(
  from: FileHandle,
  fromOffset: number,
  to: FileHandle,
  toOffset: number,
  bytes: number,
): Promise<void> {
  const memory = Buffer.alloc(Math.min(bytes, 1 << 20));
  for (let done = 0; done < bytes; ) {
    const asked = Math.min(memory.length, bytes - done);
    const { bytesRead } = await from.read(memory, 0, asked, fromOffset + done);
    if (bytesRead === 0)
      throw new Error(`what was taken aside of the crashed master is cut at ${fromOffset + done}`);
    await to.write(memory, 0, bytesRead, toOffset + done);
    done += bytesRead;
  }
}

/** Makes new names in a folder outlive a power cut; systems that cannot open folders do so by themselves. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
