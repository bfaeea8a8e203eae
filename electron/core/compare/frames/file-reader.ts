import { HelicalError } from '#shared/domain/errors.ts';
import { pictureBytes } from '#shared/domain/picture-planes.ts';
import type { DecoderSlots } from './decoder-slots.ts';
import type { OpenedFile } from './opened-file.ts';
import type { Picture } from './picture.ts';
import type { PictureCache } from './picture-cache.ts';
import type { DecodedPicture } from './picture-source.ts';
import type { PlaneMemory } from './plane-memory.ts';
import { createTravel } from './travel.ts';

/** Gives out the pictures of one file to any number of people. */
export interface FileReader {
  /** Rejects with HelicalError NOT_FOUND, FILE_UNREADABLE, FFMPEG_FAILED, or with the signal's reason. */
  picture(frame: number, signal?: AbortSignal): Promise<Picture>;
  close(): Promise<void>;
}

export interface FileReaderOptions {
  key: string;
  open(): Promise<OpenedFile>;
  cache: PictureCache;
  memory: PlaneMemory;
  slots: DecoderSlots;
  /** Its decoder ends when nothing was asked of it for so long. */
  idleMs: number;
}

/**
 * So long nothing is decoded ahead after an answer: on two cores it would take the time in which 1.6 MB are sent, read and drawn, and
 * what is asked for next would find the decoder in the middle of another frame.
 */
const breatherMs = 15;
/** So long it is not tried again to decode what could not be: a file may be brought back meanwhile. */
const givenUpMs = 5_000;

/** A frame that is waited for. */
interface Wish {
  settled: Promise<DecodedPicture>;
  resolve(picture: DecodedPicture): void;
  reject(reason: unknown): void;
  /** Those who still want it. */
  readers: number;
}

/**
 * One frame is decoded at a time: those that are asked for in their order, then, a moment after the last answer, those that will be.
 * What nobody wants any more before its turn is left out.
 */
export function createFileReader({
  key,
  cache,
  memory,
  slots,
  idleMs,
  ...options
}: FileReaderOptions): FileReader {
  const wishes = new Map<number, Wish>();
  /** When each that could not be decoded was tried. */
  const undecodable = new Map<number, number>();
  const travel = createTravel();
  let opening: Promise<OpenedFile> | undefined;
  let opened: OpenedFile | undefined;
  let working: Promise<void> | undefined;
  /** What will probably be asked for next, the nearest first. */
  let ahead: number[] = [];
  let answeredAtMs = Number.NEGATIVE_INFINITY;
  let isClosed = false;
  /** For what is decoded ahead; then for the end of the decoder. */
  let timer: NodeJS.Timeout | undefined;

  const holder = {
    get isIdle() {
      return working === undefined;
    },
    rest: async () => opened?.source.rest(),
  };

  /** What is wrong with a file may be mended: it is opened again when it is asked for again. */
  function open(): Promise<OpenedFile> {
    opening ??= options.open().then(
      (file) => {
        opened = file;
        return file;
      },
      (error: unknown) => {
        opening = undefined;
        throw inWords(error);
      },
    );
    return opening;
  }

  function wish(frame: number): Wish {
    const { promise, resolve, reject } = Promise.withResolvers<DecodedPicture>();
    // Those who waited may all have left.
    promise.catch(() => {});
    const made = { settled: promise, resolve, reject, readers: 0 };
    wishes.set(frame, made);
    return made;
  }

  /** True unless the decoder cannot run. */
  async function decode({ source }: OpenedFile, frame: number): Promise<boolean> {
    try {
      await slots.take(holder);
      // It may have come on the way to another.
      const kept = cache.get(key, frame);
      const picture = kept ?? (await source.decode(frame));
      if (picture) {
        const wanted = wishes.get(frame);
        for (let reader = 0; reader < (wanted?.readers ?? 0); reader += 1) memory.hold(picture.planes);
        if (!kept) cache.keep(key, picture);
        wanted?.resolve(picture);
        if (wanted) answeredAtMs = performance.now();
      } else {
        undecodable.set(frame, performance.now());
        wishes.get(frame)?.reject(cannotBeDecoded(frame));
      }
      return true;
    } catch (error) {
      wishes.get(frame)?.reject(inWords(error));
      return false;
    } finally {
      wishes.delete(frame);
    }
  }

  function isGivenUp(frame: number): boolean {
    const triedAtMs = undecodable.get(frame);
    if (triedAtMs === undefined) return false;
    if (performance.now() - triedAtMs < givenUpMs) return true;
    undecodable.delete(frame);
    return false;
  }

  /** Each is tried once: in a cache too small for all, what is decoded ahead could push itself out, for ever. */
  function nextAhead(): number | undefined {
    for (let frame = ahead.shift(); frame !== undefined; frame = ahead.shift()) {
      if (!cache.has(key, frame) && !isGivenUp(frame)) return frame;
    }
    return undefined;
  }

  function breatherLeftMs(): number {
    return Math.max(0, answeredAtMs + breatherMs - performance.now());
  }

  async function work(file: OpenedFile): Promise<void> {
    while (!isClosed) {
      const wanted = wishes.keys().next().value;
      if (wanted === undefined && breatherLeftMs() > 0) return;
      const frame = wanted ?? nextAhead();
      if (frame === undefined) return;
      const isDone = await decode(file, frame);
      // Who asked has been told. What nobody asked for is not tried again before somebody asks for something.
      if (!isDone && wanted === undefined) return;
    }
  }

  function rest(): void {
    if (working === undefined) void holder.rest().then(() => slots.give(holder));
  }

  function goOn(file: OpenedFile): void {
    if (working !== undefined || isClosed) return;
    clearTimeout(timer);
    working = work(file).then(() => {
      working = undefined;
      if (wishes.size > 0) return goOn(file);
      slots.offer(holder);
      if (isClosed) return;
      const leftMs = breatherLeftMs();
      if (leftMs > 0) {
        timer = setTimeout(() => goOn(file), leftMs).unref();
        return;
      }
      memory.prepare(pictureBytes(file.described.picture));
      timer = setTimeout(rest, idleMs).unref();
    });
  }

  /** Held once, for who asked. */
  async function decoded(
    file: OpenedFile,
    frame: number,
    signal: AbortSignal | undefined,
  ): Promise<DecodedPicture> {
    const kept = cache.get(key, frame);
    if (kept) {
      memory.hold(kept.planes);
      return kept;
    }
    if (isGivenUp(frame)) throw cannotBeDecoded(frame);
    const wanted = wishes.get(frame) ?? wish(frame);
    wanted.readers += 1;
    goOn(file);
    if (!signal) return wanted.settled;
    const { promise, reject } = Promise.withResolvers<never>();
    const leave = () => {
      wanted.readers -= 1;
      if (wanted.readers === 0) wishes.delete(frame);
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([wanted.settled, promise]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** What a recorder has written since; what cannot be read is told as such. */
  async function readOn({ source }: OpenedFile): Promise<void> {
    await source.readOn?.().catch((error: unknown) => {
      throw inWords(error);
    });
  }

  return {
    async picture(frame, signal) {
      signal?.throwIfAborted();
      if (isClosed) throw closing();
      const file = await open();
      signal?.throwIfAborted();
      if (frame >= file.source.frames) await readOn(file);
      const { frames } = file.source;
      if (frame >= frames) throw behindTheLast(frame, file);
      travel.note(frame);
      ahead = travel.ahead(frames);
      const { planes, damaged } = await decoded(file, frame, signal);
      answeredAtMs = performance.now();
      goOn(file);
      return {
        header: { frame, frames, ...file.described.picture, damaged },
        planes,
        release: () => memory.release(planes),
      };
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      for (const { reject } of wishes.values()) reject(closing());
      const file = opened ?? (await opening?.catch(() => undefined));
      await file?.source.close();
      await working;
      slots.give(holder);
    },
  };
}

function behindTheLast(frame: number, { source: { frames, readOn } }: OpenedFile): HelicalError {
  if (!readOn) return new HelicalError('NOT_FOUND', `There is no frame ${frame}: this file has ${frames}.`);
  return new HelicalError('NOT_FOUND', {
    problem: `Frame ${frame} is not on the disk yet: ${frames} frames are.`,
    safe: 'The recording goes on.',
    remedy: 'Ask again when the tape has come that far.',
  });
}

function cannotBeDecoded(frame: number): HelicalError {
  return new HelicalError('FILE_UNREADABLE', {
    problem: `Nothing of frame ${frame} can be decoded: the file is damaged there.`,
    safe: 'The frames around it can be.',
  });
}

function closing(): HelicalError {
  return new HelicalError('WRONG_STATE', 'The engine is ending.');
}

/** A disk that fails is not a mistake of ours: it is said. */
function inWords(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (error instanceof HelicalError || code === undefined || !/^E[A-Z]+$/.test(code)) return error;
  if (code === 'ENOENT') {
    return new HelicalError(
      'FILE_UNREADABLE',
      {
        problem: 'The file is not where it was.',
        remedy: 'Bring it back, or the disk that it lay on: then ask again.',
      },
      { cause: error },
    );
  }
  return new HelicalError(
    'FILE_UNREADABLE',
    { problem: `The file cannot be read: ${code}.`, remedy: 'Check the disk that it lies on.' },
    { cause: error },
  );
}
