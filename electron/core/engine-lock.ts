import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { isDiskFull } from '#shared/domain/disk-full.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { isSameProcess, processStart } from './capture/process-identity.ts';
import { openDataFolder, unusable } from './data-folder.ts';

const holderSchema = z.object({ pid: z.int(), startedAt: z.string(), host: z.string() });
export type LockHolder = z.infer<typeof holderSchema>;

/** A lock may vanish or be found dead that often in a row, where others start at the same moment. */
const attemptsAtMost = 100;

/**
 * Takes the data folder for this process: one engine per folder. A lock whose process is gone is taken over.
 * @throws HelicalError ENGINE_RUNNING while another engine holds it, and what `openDataFolder` throws.
 */
export async function takeLock(lockPath: string, host: string): Promise<Disposable> {
  openDataFolder(dirname(lockPath));
  const mine: LockHolder = { pid: process.pid, startedAt: (await processStart(process.pid)) ?? '', host };
  const text = `${JSON.stringify(mine)}\n`;
  const offerPath = `${lockPath}.${process.pid}`;
  // A disk that takes nothing must not hide who works in it: they can be asked all the same.
  const holder = await lockHolder(lockPath);
  if (holder !== undefined) throw running(holder);
  try {
    writeFileSync(offerPath, text);
    // link fails where the lock exists: only one process can win.
    for (let attempt = 1; !tryLink(offerPath, lockPath); attempt += 1) {
      if (attempt > attemptsAtMost) throw unusable(dirname(lockPath), new Error('no lock can be kept in it'));
      const found = readLock(lockPath);
      if (found === undefined) continue;
      if (found.holder !== undefined && (await isAlive(found.holder))) throw running(found.holder);
      setAside(lockPath, found.text);
    }
  } catch (error) {
    if (isDiskFull(error)) throw unusable(dirname(lockPath), error as NodeJS.ErrnoException);
    throw error;
  } finally {
    rmSync(offerPath, { force: true });
  }
  return {
    [Symbol.dispose]() {
      if (readLock(lockPath)?.text === text) rmSync(lockPath);
    },
  };
}

/** Who holds the folder now; undefined when nobody does. */
export async function lockHolder(lockPath: string): Promise<LockHolder | undefined> {
  const holder = readLock(lockPath)?.holder;
  return holder !== undefined && (await isAlive(holder)) ? holder : undefined;
}

function isAlive({ pid, startedAt }: LockHolder): Promise<boolean> {
  return isSameProcess(pid, startedAt);
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The lock's text, and its holder where the text can be read (a cut-off one cannot: its writer is gone). */
function readLock(path: string): { text: string; holder: LockHolder | undefined } | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return { text, holder: holderSchema.parse(JSON.parse(text)) };
  } catch {
    // Links are made to files that are complete, so this is no lock of ours: nobody holds it.
    return { text, holder: undefined };
  }
}

/** Two processes may find the same dead lock: what is moved aside must be what was read, else it goes back. */
function setAside(lockPath: string, deadText: string): void {
  const asidePath = `${lockPath}.dead-${process.pid}`;
  try {
    renameSync(lockPath, asidePath);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(asidePath, 'utf8') !== deadText) tryLink(asidePath, lockPath);
  rmSync(asidePath);
}

function running(holder: LockHolder): HelicalError {
  return new HelicalError('ENGINE_RUNNING', {
    problem: `Another Helical (${holder.host}, process ${holder.pid}) works in this data folder and cannot be reached.`,
    safe: 'Nothing was changed.',
    remedy: 'Wait until it has ended, or name another folder with --data.',
  });
}
