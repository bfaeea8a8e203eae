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

/** Undefined when the bytes are no block head. */
export function readBlockHead(bytes: Uint8Array): BlockHead | undefined {
  const track = readVint(bytes, 0);
  if (track?.value === undefined || bytes.length < track.length + 3) return undefined;
  const high = bytes[track.length] ?? 0;
  const low = bytes[track.length + 1] ?? 0;
  const flags = bytes[track.length + 2] ?? 0;
  const laced = (flags & 0x06) !== 0;
  return {
    trackNumber: track.value,
    relativeTicks: ((high << 24) >> 16) | low,
    keyframeFlag: (flags & 0x80) !== 0,
    frames: laced ? (bytes[track.length + 3] ?? 0) + 1 : 1,
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
  facts(): BlockFacts;
}

const listedSteps = 1000;

/**
 * Counts the blocks of a track in constant memory. A step is irregular when it is more than half a frame off
 * `frameTicks` (the default duration; without one, the first step); rounding to the timestamp scale is smaller.
 */
export function createBlockCounter(frameTicks: number | undefined): BlockCounter {
  let frame = frameTicks;
  const facts: BlockFacts = {
    count: 0,
    keyframes: 0,
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

  return {
    add(block) {
      if (facts.lastTimestampTicks === undefined) {
        facts.firstTimestampTicks = block.ticks;
      } else {
        const stepTicks = block.ticks - facts.lastTimestampTicks;
        frame ??= stepTicks;
        if (Math.abs(stepTicks - frame) > Math.max(frame / 2, 1)) {
          noteStep({ afterBlock: facts.count - 1, stepTicks, offset: block.offset });
        }
      }
      facts.lastTimestampTicks = block.ticks;
      facts.count += block.frames;
      facts.keyframes += block.keyframe ? block.frames : 0;
      facts.payloadBytes += block.payloadBytes;
    },
    facts: () => facts,
  };
}
