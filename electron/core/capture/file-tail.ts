import { open } from 'node:fs/promises';

/** The last bytes of a file as text, and when it was last written; undefined when it is not there (yet). */
export async function readTail(
  path: string,
  bytes: number,
): Promise<{ text: string; sizeBytes: number; modifiedAtMs: number } | undefined> {
  try {
    await using file = await open(path, 'r');
    const { size, mtimeMs } = await file.stat();
    const length = Math.min(bytes, size);
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await file.read(buffer, 0, length, size - length);
    return { text: buffer.toString('utf8', 0, bytesRead), sizeBytes: size, modifiedAtMs: mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
