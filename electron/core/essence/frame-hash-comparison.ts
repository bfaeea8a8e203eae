import type { FrameHashRow } from './frame-hashes.ts';

/** Two hash lists held against each other, frame by frame in their order. Frames are counted from 0. */
export interface FrameHashComparison {
  equal: boolean;
  /** Frames in the captured list. */
  frames: number;
  decodedFrames: number;
  firstDifferentFrame?: number;
  /** Frames at the end of the captured list that the decoded list does not have. */
  missingFrames: number;
  /** Frames at the end of the decoded list that were never captured. */
  extraFrames: number;
  differentFrameCount: number;
  /** The first hundred frames that differ. */
  differentFrames: number[];
}

/** A stretch of time without frames. */
export interface TimestampGap {
  /** 0-based index of the frame before the gap; -1 when frames are missing before the first. */
  afterFrame: number;
  /** How many frames fit in the gap; negative when time went backwards or stood still. */
  missingFrames: number;
}

type Rows = AsyncIterable<FrameHashRow> | Iterable<FrameHashRow>;

const listedFrames = 100;

/**
 * Compares the hashes taken at capture with those of the decoded master, in constant memory: size and hash of each
 * frame, in order. Where `stream` is given, only the rows of that stream of both lists. Two empty lists are not equal: they
 * prove nothing.
 */
export async function compareFrameHashes(
  captured: Rows,
  decoded: Rows,
  options: { stream?: number; decodedStream?: number } = {},
): Promise<FrameHashComparison> {
  const left = framesOf(captured, options.stream);
  const right = framesOf(decoded, options.decodedStream ?? options.stream);
  const result: FrameHashComparison = {
    equal: false,
    frames: 0,
    decodedFrames: 0,
    missingFrames: 0,
    extraFrames: 0,
    differentFrameCount: 0,
    differentFrames: [],
  };
  for (let frame = 0; ; frame += 1) {
    const [before, after] = [await left.next(), await right.next()];
    if (before.done && after.done) break;
    if (!before.done) result.frames += 1;
    if (!after.done) result.decodedFrames += 1;
    if (before.done) result.extraFrames += 1;
    else if (after.done) result.missingFrames += 1;
    else if (before.value.hash !== after.value.hash || before.value.sizeBytes !== after.value.sizeBytes) {
      result.differentFrameCount += 1;
      if (result.differentFrames.length < listedFrames) result.differentFrames.push(frame);
    } else continue;
    result.firstDifferentFrame ??= frame;
  }
  result.equal = result.frames > 0 && result.firstDifferentFrame === undefined;
  return result;
}

/** Which rows a search for gaps looks at, and how long a frame is. */
export interface GapOptions {
  stream?: number;
  /** Length of a frame in ticks; without it, the duration of the row before, which must not be 0. */
  frameTicks?: number;
}

/** Finds the places in a hash list where the presentation times do not go on by one frame. */
export async function findTimestampGaps(rows: Rows, options: GapOptions = {}): Promise<TimestampGap[]> {
  const gaps: TimestampGap[] = [];
  let previous: FrameHashRow | undefined;
  let frame = -1;
  for await (const row of rows) {
    if (options.stream !== undefined && row.stream !== options.stream) continue;
    frame += 1;
    const ticks = options.frameTicks ?? (previous?.duration || 1);
    if (previous?.pts !== undefined && row.pts !== undefined) {
      const missingFrames = Math.round((row.pts - previous.pts) / ticks) - 1;
      if (missingFrames !== 0) gaps.push({ afterFrame: frame - 1, missingFrames });
    }
    previous = row;
  }
  return gaps;
}

async function* framesOf(rows: Rows, stream: number | undefined): AsyncGenerator<FrameHashRow> {
  for await (const row of rows) if (stream === undefined || row.stream === stream) yield row;
}
