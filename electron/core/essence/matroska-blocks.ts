import { readVint } from './ebml-values.ts';
import type { BlockFacts, IrregularStep } from './matroska-facts.ts';

/** The head of a SimpleBlock or Block (RFC 9559, 10). */
export interface BlockHead {
  trackNumber: number;
  relativeTicks: number;
  keyframeFlag: boolean;
  frames: number;
  headBytes: number;
}

/** The head of the block at `at` in `bytes`, which end at `end`; undefined when there is none. */
export function readBlockHead(bytes: Uint8Array, at = 0, end = bytes.length): BlockHead | undefined {
  const track = readVint(bytes, at);
  if (track?.value === undefined || end < at + track.length + 3) return undefined;
  const high = bytes[at + track.length] ?? 0;
  const low = bytes[at + track.length + 1] ?? 0;
  const flags = bytes[at + track.length + 2] ?? 0;
  const laced = (flags & 0x06) !== 0;
  return {
    trackNumber: track.value,
    relativeTicks: ((high << 24) >> 16) | low,
    keyframeFlag: (flags & 0x80) !== 0,
    frames: laced ? (bytes[at + track.length + 3] ?? 0) + 1 : 1,
    headBytes: track.length + 3,
  };
}

export interface BlockCounter {
  add(block: {
    ticks: number;
    keyframe: boolean;
    payloadBytes: number;
    frames: number;
    offset: number;
  }): void;
  /** Complete once `end` was called. */
  facts(): BlockFacts;
  /** The track has no more blocks. */
  end(): void;
}

const listedSteps = 1000;
/** Pictures that a reordering codec may hold back: H.262 needs two, H.264 at most sixteen. */
const reorderedAtMost = 16;

/** Codecs whose pictures may lie in another order than they are shown; the times of all others must go on as they lie. */
export function isReordered(codecId: string): boolean {
  return /^V_MPEG[124]|^V_MPEGH/.test(codecId);
}

/**
 * Counts the blocks of a track in constant memory. A step is irregular when it is more than half a frame off
 * `frameTicks` (the default duration; without one, the first step); rounding to the timestamp scale is smaller.
 * With `reordered` the steps are those of the pictures as they are shown.
 */
export function createBlockCounter(frameTicks: number | undefined, reordered = false): BlockCounter {
  let frame = frameTicks;
  let shown = 0;
  let firstKeyframeTicks: number | undefined;
  const held: { ticks: number; offset: number }[] = [];
  const facts: BlockFacts = {
    count: 0,
    keyframes: 0,
    leading: 0,
    payloadBytes: 0,
    firstTimestampTicks: undefined,
    lastTimestampTicks: undefined,
    irregularSteps: [],
    irregularStepCount: 0,
  };

  function noteStep(step: IrregularStep): void {
    facts.irregularStepCount += 1;
    if (facts.irregularSteps.length < listedSteps) facts.irregularSteps.push(step);
  }

  function show({ ticks, offset }: { ticks: number; offset: number }, frames: number): void {
    if (facts.lastTimestampTicks === undefined) {
      facts.firstTimestampTicks = ticks;
    } else {
      const stepTicks = ticks - facts.lastTimestampTicks;
      frame ??= stepTicks;
      if (Math.abs(stepTicks - frame) > Math.max(frame / 2, 1)) {
        noteStep({ afterBlock: shown - 1, stepTicks, offset });
      }
    }
    facts.lastTimestampTicks = ticks;
    shown += frames;
  }

  function hold(picture: { ticks: number; offset: number }): void {
    const behind = held.findIndex(({ ticks }) => ticks > picture.ticks);
    held.splice(behind === -1 ? held.length : behind, 0, picture);
    if (held.length > reorderedAtMost) show(held.shift() as typeof picture, 1);
  }

  return {
    add(block) {
      if (reordered) hold({ ticks: block.ticks, offset: block.offset });
      else show(block, block.frames);
      facts.count += block.frames;
      facts.keyframes += block.keyframe ? block.frames : 0;
      if (block.keyframe) firstKeyframeTicks ??= block.ticks;
      if (reordered && block.ticks < (firstKeyframeTicks ?? block.ticks)) facts.leading += 1;
      facts.payloadBytes += block.payloadBytes;
    },
    facts: () => facts,
    end() {
      for (const picture of held.splice(0)) show(picture, 1);
    },
  };
}
