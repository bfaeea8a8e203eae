import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { OpenSource } from '#core/devices/device.ts';
import { dvFrameBytes } from '#core/essence/dv-timecode.ts';
import { isSameProcess, processStart } from './process-identity.ts';
import type { RecorderRecord } from './recorder-record.ts';

/** A process beside the recorder that writes what the recorder reads (dvrescue), so that any engine can tell it from others. */
type SourceWriter = NonNullable<RecorderRecord['writer']>;

const everyMs = 500;
/** A recorder that takes nothing for so long has all that it will get: the last frame of the file may be cut. */
const stillMs = 20_000;
const endWithinMs = 10_000;

/** What identifies a source's writer for good; null where the source has none. One that has ended already is no process at all. */
export async function identifyWriter({ writer }: Pick<OpenSource, 'writer'>): Promise<SourceWriter | null> {
  return writer ? { ...writer, start: (await processStart(writer.pid)) ?? 'ended' } : null;
}

/** Ends a writer in order, whichever engine started it; returns when it has ended. */
export async function endWriter({ pid, start }: SourceWriter): Promise<void> {
  if (!(await isSameProcess(pid, start))) return;
  const askedAtMs = performance.now();
  signalTo(pid, 'SIGTERM');
  while (await isSameProcess(pid, start)) {
    await wait(50);
    // What hangs in its driver must not keep a pass from being settled: the file is written as it comes.
    if (performance.now() - askedAtMs > endWithinMs) signalTo(pid, 'SIGKILL');
  }
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * Resolves when the writer has ended by itself and the recorder has taken in all that it wrote: that is the end of the tape,
 * however long the deck paused before. Undefined when it was aborted.
 */
export async function untilWritten(
  { writer, video }: Pick<RecorderRecord, 'video'> & { writer: SourceWriter },
  framesTaken: () => Promise<number>,
  signal: AbortSignal,
  patienceMs: number = stillMs,
): Promise<'written' | undefined> {
  const rest = () => wait(everyMs, undefined, { signal }).catch(() => {});
  while (!signal.aborted && (await isSameProcess(writer.pid, writer.start))) await rest();
  const { size } = await stat(writer.path);
  const frames = Math.floor(size / (dvFrameBytes(video) ?? Number.POSITIVE_INFINITY));
  let taken = { frames: -1, atMs: performance.now() };
  while (!signal.aborted) {
    const now = await framesTaken();
    if (now !== taken.frames) taken = { frames: now, atMs: performance.now() };
    if (now >= frames || performance.now() - taken.atMs > patienceMs) return 'written';
    await rest();
  }
  return undefined;
}
