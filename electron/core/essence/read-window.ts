import type { FileHandle } from 'node:fs/promises';

/** A file as a window that moves on: what is not asked for is not read, where that saves anything. */
export interface ReadWindow {
  readonly sizeBytes: number;
  /** What is in memory now; another piece of it, or other bytes in it, after each `load`. */
  readonly memory: Uint8Array;
  /** Behind the last byte of `memory` that was read. */
  readonly memoryEnd: number;
  /** Where in `memory` at least `bytes` bytes of this offset are, or all up to the end of the file; -1 when they have to be loaded first. */
  placeOf(offset: number, bytes: number): number;
  /** Moves the window, so that the same `placeOf` finds something. */
  load(offset: number, bytes: number): Promise<void>;
}

const wideBytes = 1 << 20;
const narrowBytes = 64 << 10;
/** What is read before it is asked for comes in larger pieces: on a machine that is busy, asking costs more than what comes. */
const aheadBytes = 4 << 20;
/** Passing over less than this is read along: a jump costs more. */
const worthJumpingBytes = 256 << 10;
/** Room in front of a piece for what is asked for across its beginning. */
const carriedBytes = 4 << 10;
/** Who has read along so often goes on so: only then is it worth reading before it is asked for. */
const loadsBeforeReadingAhead = 2;
/** The disk is never idle while one piece is looked through. */
const piecesAhead = 2;

/** A stretch of the file: its first byte lies at `from` in `memory`. */
interface Piece {
  memory: Buffer;
  from: number;
  offset: number;
  length: number;
}

/** Opens a window on a file of this size. Bytes are valid until the next `load`. Errors of the disk come from `load` only. */
export function openReadWindow(file: FileHandle, sizeBytes: number): ReadWindow {
  let current = emptyPiece(0, wideBytes);
  let lastAsked = 0;
  /** Bytes that were passed over in steps worth jumping since the last load. */
  let passedOver = 0;
  let loadsAlong = 0;
  let spare: Buffer | undefined;
  let ahead: { offset: number; read: Promise<Piece | Error> }[] = [];

  function placeOf(offset: number, bytes: number): number {
    if (offset - lastAsked >= worthJumpingBytes) passedOver += offset - lastAsked;
    lastAsked = offset;
    const wanted = Math.min(bytes, Math.max(0, sizeBytes - offset));
    const isThere = offset >= current.offset && offset + wanted <= current.offset + current.length;
    return isThere ? current.from + offset - current.offset : -1;
  }

  async function load(offset: number, bytes: number): Promise<void> {
    if (bytes > wideBytes) throw new RangeError(`a window of ${wideBytes} bytes cannot hold ${bytes}`);
    const end = current.offset + current.length;
    // Who went through most of a piece in wide steps is jumping too, although they happen to end near it.
    const isJump =
      offset < current.offset || offset - end >= worthJumpingBytes || passedOver > current.length / 2;
    passedOver = 0;
    loadsAlong = isJump ? 0 : loadsAlong + 1;
    const next = ahead[0];
    const before = Math.max(0, end - offset);
    if (next?.offset === end && !isJump && before <= carriedBytes && offset + bytes <= end + aheadBytes) {
      ahead.shift();
      const piece = await next.read;
      if (piece instanceof Error) throw piece;
      const place = current.from + current.length - before;
      current.memory.copy(piece.memory, piece.from - before, place, place + before);
      spare = current.memory;
      current = {
        ...piece,
        from: piece.from - before,
        offset: end - before,
        length: piece.length + before,
      };
    } else {
      ahead = [];
      current = emptyPiece(offset, wideBytes, current.memory);
      await fill(current, Math.max(bytes, isJump ? narrowBytes : wideBytes));
    }
    if (loadsAlong >= loadsBeforeReadingAhead) readAhead();
  }

  function readAhead(): void {
    let offset = current.offset + current.length + ahead.length * aheadBytes;
    for (; ahead.length < piecesAhead && offset < sizeBytes; offset += aheadBytes) {
      const piece = emptyPiece(offset, aheadBytes, spare);
      spare = undefined;
      // An error is told to whoever comes to need these bytes; nobody may.
      const read = fill(piece, aheadBytes).then(
        () => piece,
        (error: Error) => error,
      );
      ahead.push({ offset, read });
    }
  }

  async function fill(piece: Piece, asked: number): Promise<void> {
    const wanted = Math.min(asked, sizeBytes - piece.offset);
    while (piece.length < wanted) {
      const at = piece.from + piece.length;
      const { bytesRead } = await file.read(
        piece.memory,
        at,
        wanted - piece.length,
        piece.offset + piece.length,
      );
      if (bytesRead === 0) return;
      piece.length += bytesRead;
    }
  }

  return {
    sizeBytes,
    get memory() {
      return current.memory;
    },
    get memoryEnd() {
      return current.from + current.length;
    },
    placeOf,
    load,
  };
}

function emptyPiece(offset: number, bytes: number, used?: Buffer): Piece {
  const isLargeEnough = used !== undefined && used.length >= carriedBytes + bytes;
  const memory = isLargeEnough ? used : Buffer.allocUnsafe(carriedBytes + bytes);
  return { memory, from: carriedBytes, offset, length: 0 };
}
