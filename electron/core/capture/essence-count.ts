import { type FileHandle, open } from 'node:fs/promises';
import { parseFrameHashRow } from '#core/essence/frame-hashes.ts';
import { type Rational, toNumber } from '#shared/domain/rational.ts';
import type { ComeSoFar } from './drift.ts';

const chunkBytes = 256 * 1024;

/** Counts what the recorder's two hash lists hold, each row read once however often it is asked. */
export interface EssenceCount {
  /** Undefined until both sound and picture have begun. */
  read(): Promise<ComeSoFar | undefined>;
  /** Frames and seconds of sound that are in the lists so far; sound is null where there is none. */
  counts(): { frames: number; soundS: number | null };
  close(): Promise<void>;
}

/**
 * Counts frames and samples as they are hashed at capture. Rows are counted and their durations added: what a source says
 * of its own times would hide a clock that runs apart. Only the first track counts, for all have the same samples.
 */
export function countEssence(options: {
  frameHashesPath: string;
  audioHashesPath: string | undefined;
  frameRate: Rational;
  sampleRateHz: number | undefined;
}): EssenceCount {
  const { sampleRateHz, audioHashesPath } = options;
  const fps = toNumber(options.frameRate);
  const picture = createRowCount(options.frameHashesPath);
  const sound = audioHashesPath === undefined ? undefined : createRowCount(audioHashesPath);
  const soundS = () => (sound && sampleRateHz ? sound.state.durationS : null);
  return {
    async read() {
      await Promise.all([picture.read(), sound?.read()]);
      const seconds = soundS();
      if (!sound || !sampleRateHz || seconds === null) return undefined;
      if (picture.state.rows === 0 || sound.state.rows === 0) return undefined;
      const [frameS, blockS] = [picture.state.firstS, sound.state.firstS];
      const startOffsetMs =
        frameS === undefined || blockS === undefined ? null : Math.round((blockS - frameS) * 1000);
      return { pictureS: picture.state.rows / fps, soundS: seconds, startOffsetMs };
    },
    counts: () => ({ frames: picture.state.rows, soundS: soundS() }),
    async close() {
      await Promise.all([picture.close(), sound?.close()]);
    },
  };
}

/** Rows of the first stream of a list that is still written. It may not be there yet. */
function createRowCount(path: string) {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  const state = { rows: 0, durationS: 0, firstS: undefined as number | undefined };
  let tickS = Number.NaN;
  let file: FileHandle | undefined;
  let position = 0;
  let rest = '';

  function take(line: string): void {
    const timeBase = /^#tb 0: (\d+)\/(\d+)/.exec(line);
    if (timeBase) tickS = Number(timeBase[1]) / Number(timeBase[2]);
    const row = line.startsWith('#') ? undefined : parseFrameHashRow(line.trimEnd());
    if (row?.stream !== 0) return;
    if (state.rows === 0 && row.pts !== undefined) state.firstS = row.pts * tickS;
    state.rows += 1;
    state.durationS += row.duration * tickS;
  }

  return {
    state,
    async read(): Promise<void> {
      file ??= await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        return undefined;
      });
      if (!file) return;
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, chunkBytes, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        const lines = (rest + buffer.toString('latin1', 0, bytesRead)).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) take(line);
      }
    },
    async close(): Promise<void> {
      await file?.close();
    },
  };
}
