import { type FileHandle, open } from 'node:fs/promises';

const pieceBytes = 256 * 1024;

/** Reads what has been added to a text file since the last call. The file may not be there yet. */
export function createFileTail(
  path: string,
  onText: (text: string) => void,
): {
  /** Reads to the present end. Calls must not overlap. */
  read(): Promise<void>;
  close(): Promise<void>;
} {
  let file: FileHandle | undefined;
  let position = 0;
  const buffer = Buffer.alloc(pieceBytes);
  return {
    async read() {
      try {
        file ??= await open(path, 'r');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
        throw error;
      }
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, pieceBytes, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        onText(buffer.toString('latin1', 0, bytesRead));
      }
    },
    async close() {
      await file?.close();
      file = undefined;
    },
  };
}
