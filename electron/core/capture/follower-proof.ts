import { type FileHandle, open } from 'node:fs/promises';
import { parseFrameHashRow } from '#core/essence/frame-hashes.ts';

/** How much of a growing master is proved: decoded frames whose hash is the one that was taken at capture. */
export interface ProofState {
  /** Frames compared and equal, from the first one on without a break. */
  provedFrames: number;
  /** The first frame that is not what was captured (from 0); nothing behind it counts as proved. */
  firstDifferentFrame: number | undefined;
}

export interface FrameProof {
  /** Compares the rows that have come since the last call. One call runs at a time; more than one share its result. */
  update(): Promise<ProofState>;
  close(): Promise<void>;
}

const chunkBytes = 64 * 1024;

/**
 * Holds two hash lists against each other while both grow, for the screens; the seal compares them again, from the start.
 * Reads no further in either list than the other one reaches, so that its memory does not grow with the lag.
 * Either list may not be there yet.
 */
export function createFrameProof(capturedPath: string, decodedPath: string): FrameProof {
  const captured = createRowReader(capturedPath);
  const decoded = createRowReader(decodedPath);
  const state: ProofState = { provedFrames: 0, firstDifferentFrame: undefined };
  let unmatched: string | undefined;
  let running: Promise<ProofState> | undefined;

  async function compare(): Promise<ProofState> {
    while (state.firstDifferentFrame === undefined) {
      unmatched ??= await decoded.next();
      if (unmatched === undefined) break;
      const before = await captured.next();
      if (before === undefined) break;
      if (before === unmatched) state.provedFrames += 1;
      else state.firstDifferentFrame = state.provedFrames;
      unmatched = undefined;
    }
    return { ...state };
  }

  return {
    update() {
      running ??= compare().finally(() => {
        running = undefined;
      });
      return running;
    },
    async close() {
      await running;
      await Promise.all([captured.close(), decoded.close()]);
    },
  };
}

/** Reads what makes a frame the same, row by row, from a list that is still written. Undefined: no whole row yet. */
function createRowReader(path: string) {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let file: FileHandle | undefined;
  let position = 0;
  let rest = '';
  let rows: string[] = [];
  let taken = 0;

  async function fill(): Promise<boolean> {
    file ??= await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return undefined;
    });
    if (!file) return false;
    const { bytesRead } = await file.read(buffer, 0, chunkBytes, position);
    position += bytesRead;
    const lines = (rest + buffer.toString('latin1', 0, bytesRead)).split('\n');
    rest = lines.pop() ?? '';
    rows = lines.flatMap((line) => {
      const row = line.startsWith('#') ? undefined : parseFrameHashRow(line.trimEnd());
      return row ? [`${row.sizeBytes} ${row.hash}`] : [];
    });
    taken = 0;
    return bytesRead > 0;
  }

  return {
    async next(): Promise<string | undefined> {
      while (taken === rows.length) if (!(await fill())) return undefined;
      taken += 1;
      return rows[taken - 1];
    },
    async close(): Promise<void> {
      await file?.close();
    },
  };
}
