import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

const trialBytes = 32 * 1024 * 1024;

/** Bytes a second that a folder's disk takes, sync included: 32 MiB are written there, synced and removed. */
export async function measureWriteSpeed(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `.disk-speed-${process.pid}`);
  const block = Buffer.alloc(1024 * 1024, 0x5a);
  const file = await open(path, 'wx');
  const startedMs = performance.now();
  try {
    for (let written = 0; written < trialBytes; written += block.length) await file.write(block);
    await file.sync();
  } finally {
    await file.close();
    await rm(path);
  }
  return trialBytes / ((performance.now() - startedMs) / 1000);
}
