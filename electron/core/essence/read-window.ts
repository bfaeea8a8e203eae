import type { FileHandle } from 'node:fs/promises';

/** A file as a window that moves on: what is not asked for is not read, where that saves anything. */
export interface ReadWindow {
  readonly sizeBytes: number;
  /** At least `bytes` bytes at this offset, or all up to the end of the file; undefined when they have to be loaded first. */
  peek(offset: number, bytes: number): Uint8Array | undefined;
  /** Moves the window, so that the same `peek` gives something. */
  load(offset: number, bytes: number): Promise<void>;
}

const wideBytes = 1 << 20;
const narrowBytes = 64 << 10;
/** Passing over less than this is read along: a jump costs more. */
const worthJumpingBytes = 256 << 10;

/** Opens a window on a file of this size. Bytes are valid until the next `load`. */
export function openReadWindow(file: FileHandle, sizeBytes: number): ReadWindow {
  const memory = Buffer.allocUnsafe(wideBytes);
  let start = 0;
  let length = 0;
  return {
    sizeBytes,
    peek(offset, bytes) {
      const wanted = Math.min(bytes, Math.max(0, sizeBytes - offset));
      if (offset < start || offset + wanted > start + length) return undefined;
      return memory.subarray(offset - start, length);
    },
    async load(offset, bytes) {
      if (bytes > wideBytes) throw new RangeError(`a window of ${wideBytes} bytes cannot hold ${bytes}`);
      const isJump = offset - (start + length) >= worthJumpingBytes;
      const asked = Math.max(bytes, isJump ? narrowBytes : wideBytes);
      start = offset;
      length = 0;
      while (length < Math.min(asked, sizeBytes - offset)) {
        const { bytesRead } = await file.read(memory, length, asked - length, offset + length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
    },
  };
}
