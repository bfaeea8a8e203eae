import { type NutCursor, nutCursor } from './nut-cursor.ts';

/** Takes frames out of a stream. Both are called once a frame, in order. */
export interface NutSink {
  /** Memory for so many bytes of a frame that begins at `timeS`; undefined: its bytes are left out. */
  begin(sizeBytes: number, timeS: number): Uint8Array | undefined;
  /** All its bytes are there. */
  end(): void;
}

/** One line of NUT's table of frame codes. */
interface FrameCode {
  flags: number;
  ptsDelta: number;
  sizeMultiple: number;
  sizeRest: number;
  reserved: number;
  headIndex: number;
}

const fileId = 'nut/multimedia container\0';
/** The second four bytes of the eight that begin a packet; the first are `N` and the packet's letter. */
const startOf = { main: 0x4e4d, stream: 0x4e53, syncpoint: 0x4e4b };
/** Bits of a frame code's flags; specification of NUT, "frame_flags". */
const flag = {
  codedPts: 8,
  streamId: 16,
  sizeMsb: 32,
  checksum: 64,
  reserved: 128,
  sideData: 256,
  headIndex: 1024,
  matchTime: 2048,
  coded: 4096,
  invalid: 8192,
};
/** Headers are some hundred bytes long: more means that this is no NUT, or not ffmpeg's. */
const longestHeadBytes = 1 << 16;

/**
 * Reads NUT, as ffmpeg writes it, out of pieces of any length: one stream, packets of any size, each with its time. The one
 * container that takes every raw picture, carries times, and puts the bytes of a frame down as they are, so that they go
 * from the socket into the planes' memory in one copy. Throws Error for what is no NUT.
 * https://git.ffmpeg.org/gitweb/nut.git (docs/nut.txt); libavformat/nutenc.c for what ffmpeg makes use of.
 */
export function createNutReader(sink: NutSink): { write(chunk: Uint8Array): void } {
  const table: FrameCode[] = [];
  const heads: Uint8Array[] = [new Uint8Array(0)];
  const timeBases: { num: number; den: number }[] = [];
  let timeBase = { num: 1, den: 1 };
  let ptsShift = 0;
  let lastPts = 0;
  let isBegun = false;
  /** Bytes of a head that is not whole yet. */
  let rest = new Uint8Array(0);
  /** The frame whose bytes are being taken. */
  let target: Uint8Array | undefined;
  let taken = 0;
  let left = 0;
  /** Bytes that are still to come of a packet that nobody reads. */
  let passed = 0;

  /** Reads one head. False: it is not whole. */
  function readHead(cursor: NutCursor): boolean {
    if (!isBegun) {
      if (!cursor.has(fileId.length)) return false;
      if (cursor.text(fileId.length) !== fileId) throw new Error('The decoder does not speak NUT.');
      isBegun = true;
      return true;
    }
    const code = cursor.byte();
    if (code !== 0x4e) return readFrame(cursor, table[code ?? 0]);
    const second = cursor.byte();
    if (!cursor.skip(6)) return false;
    const length = cursor.number();
    if (length > 4096) cursor.skip(4);
    if (cursor.isShort) return false;
    const end = cursor.position + length;
    const start = 0x4e00 + (second ?? 0);
    if (!Object.values(startOf).includes(start)) {
      // Nothing that is read here. An index of ten hours has more bytes than anybody wants to hold.
      passed = Math.max(0, end - cursor.length);
      cursor.position = Math.min(end, cursor.length);
      return true;
    }
    if (!cursor.has(length)) return false;
    if (start === startOf.main) readMain(cursor, end - 4);
    else if (start === startOf.stream) readStream(cursor);
    else if (start === startOf.syncpoint) readSyncpoint(cursor);
    cursor.position = end;
    return true;
  }

  /** A main header may stand in a stream more than once, and says all of it again (nut.txt, "main header"). */
  function readMain(cursor: NutCursor, end: number): void {
    table.length = 0;
    timeBases.length = 0;
    heads.length = 1;
    const version = cursor.number();
    if (version > 3) cursor.number();
    if (cursor.number() !== 1) throw new Error('The decoder writes more than one stream.');
    cursor.number();
    const bases = cursor.number();
    for (let at = 0; at < bases; at++) timeBases.push({ num: cursor.number(), den: cursor.number() });
    readTable(cursor);
    const elided = cursor.position < end ? cursor.number() : 0;
    for (let at = 0; at < elided; at++) heads.push(cursor.bytes(cursor.number()));
  }

  function readTable(cursor: NutCursor): void {
    let [ptsDelta, sizeMultiple] = [0, 1];
    while (table.length < 256) {
      const flags = cursor.number();
      const fields = cursor.number();
      if (fields > 0) ptsDelta = cursor.signed();
      if (fields > 1) sizeMultiple = cursor.number();
      if (fields > 2) cursor.number();
      const size = fields > 3 ? cursor.number() : 0;
      const reserved = fields > 4 ? cursor.number() : 0;
      const count = fields > 5 ? cursor.number() : sizeMultiple - size;
      if (fields > 6) cursor.signed();
      const headIndex = fields > 7 ? cursor.number() : 0;
      for (let more = 8; more < fields; more++) cursor.number();
      if (cursor.isShort) throw new Error('The head of a NUT stream is cut.');
      const line = { flags, ptsDelta, sizeMultiple, reserved, headIndex };
      for (let at = 0; at < count && table.length < 256; at++) {
        // The letter N begins packets and is no frame code.
        if (table.length === 0x4e) table.push({ ...line, sizeRest: 0, flags: flag.invalid });
        table.push({ ...line, sizeRest: size + at });
      }
    }
  }

  function readStream(cursor: NutCursor): void {
    cursor.number();
    cursor.number();
    cursor.skip(cursor.number());
    timeBase = timeBases[cursor.number()] ?? timeBase;
    ptsShift = cursor.number();
  }

  function readSyncpoint(cursor: NutCursor): void {
    const coded = cursor.number();
    const base = timeBases[coded % timeBases.length] ?? timeBase;
    const ticks = Math.floor(coded / timeBases.length);
    lastPts = Math.floor((ticks * base.num * timeBase.den) / (base.den * timeBase.num));
  }

  function readFrame(cursor: NutCursor, line: FrameCode | undefined): boolean {
    if (!line) return false;
    let { flags, headIndex } = line;
    if (flags & flag.invalid) throw new Error('The decoder wrote a frame that is no frame of NUT.');
    if (flags & flag.coded) flags ^= cursor.number();
    if (flags & flag.streamId) cursor.number();
    let pts = lastPts + line.ptsDelta;
    if (flags & flag.codedPts) {
      const coded = cursor.number();
      const span = 2 ** ptsShift;
      // Low bits only: the time nearest to the last one that has them.
      pts = coded >= span ? coded - span : lowBitsNear(coded, lastPts, span);
    }
    let size = line.sizeRest + (flags & flag.sizeMsb ? line.sizeMultiple * cursor.number() : 0);
    if (flags & flag.matchTime) cursor.signed();
    if (flags & flag.headIndex) headIndex = cursor.number();
    const reserved = flags & flag.reserved ? cursor.number() : line.reserved;
    for (let at = 0; at < reserved; at++) cursor.number();
    if (flags & flag.checksum) cursor.skip(4);
    if (cursor.isShort) return false;
    if (flags & flag.sideData) throw new Error('The decoder writes side data.');
    lastPts = pts;
    const head = heads[headIndex] ?? new Uint8Array(0);
    target = sink.begin(size, (pts * timeBase.num) / timeBase.den);
    target?.set(head);
    taken = head.length;
    size -= head.length;
    left = size;
    if (left === 0) sink.end();
    return true;
  }

  return {
    write(chunk) {
      let bytes = chunk;
      let at = 0;
      while (at < bytes.length || rest.length > 0) {
        if (passed > 0) {
          const length = Math.min(passed, bytes.length - at);
          passed -= length;
          at += length;
          if (passed > 0) return;
          continue;
        }
        if (left > 0) {
          const length = Math.min(left, bytes.length - at);
          target?.set(bytes.subarray(at, at + length), taken);
          taken += length;
          left -= length;
          at += length;
          if (left > 0) return;
          sink.end();
          continue;
        }
        if (rest.length > 0) {
          const joined = new Uint8Array(rest.length + bytes.length - at);
          joined.set(rest);
          joined.set(bytes.subarray(at), rest.length);
          [bytes, at, rest] = [joined, 0, new Uint8Array(0)];
        }
        const cursor = nutCursor(bytes, at);
        if (!readHead(cursor)) {
          rest = bytes.slice(at);
          if (rest.length > longestHeadBytes) throw new Error('The decoder wrote a head that does not end.');
          return;
        }
        at = cursor.position;
      }
    },
  };
}

/** The number nearest to `near` whose low bits are `low`. */
function lowBitsNear(low: number, near: number, span: number): number {
  const floor = near - span / 2;
  return floor + ((((low - floor) % span) + span) % span);
}
