import type { Rational } from '#shared/domain/rational.ts';
import type { Measure } from './measures.ts';
import type { MetadataFrame } from './metadata-reader.ts';

/** Matroska rounds times to the millisecond: a block that reaches so little into a frame is not of that frame. */
const toleranceS = 0.002;

/**
 * Brings picture and sound together: audio blocks are about a frame long but do not begin with frames (48 kHz has 1601.6
 * samples a frame at 29.97), so a frame takes the largest value of every block that overlaps it. Frames are given out in
 * order as soon as the sound has passed them.
 */
export function createFrameAssembler(
  measures: readonly Measure[],
  { frameRate, blockS }: { frameRate: Rational; blockS: number | undefined },
  onFrame: (values: number[]) => void,
): {
  addVideo(frame: MetadataFrame): void;
  addAudio(block: MetadataFrame): void;
  /** From now on pictures are left out: those that come later are numbered by their time, with nothing in between. */
  leaveGaps(): void;
  end(): void;
} {
  const fps = frameRate.num / frameRate.den;
  const videoColumns = measures.map((measure) => measure.medium === 'video');
  const waiting = new Map<number, number[]>();
  let nextFrame = 0;
  let videoFrames = 0;
  let hasGaps = false;
  let lastTimeS: number | undefined;
  let leftOut = 0;
  /** Frames before this one have all their sound. */
  let soundTo = blockS === undefined ? Number.POSITIVE_INFINITY : 0;

  function row(frame: number): number[] {
    const known = waiting.get(frame);
    if (known) return known;
    const fresh = measures.map(() => Number.NaN);
    waiting.set(frame, fresh);
    return fresh;
  }

  function giveOut(limit: number): void {
    for (; nextFrame < Math.min(limit, videoFrames); nextFrame++) {
      onFrame(row(nextFrame));
      waiting.delete(nextFrame);
    }
  }

  return {
    leaveGaps() {
      hasGaps = true;
    },
    addVideo(frame) {
      // Frames are numbered by their order: the master of a tape has no frame twice and none left out of the file.
      if (hasGaps && lastTimeS !== undefined) {
        leftOut += Math.max(0, Math.round((frame.timeS - lastTimeS) * fps) - 1);
      }
      lastTimeS = frame.timeS;
      const number = frame.index + leftOut;
      const values = row(number);
      for (const [at, measure] of measures.entries()) {
        if (videoColumns[at]) values[at] = frame.values.get(measure.key ?? measure.id) ?? Number.NaN;
      }
      videoFrames = Math.max(videoFrames, number + 1);
      giveOut(soundTo);
    },
    addAudio(block) {
      if (blockS === undefined) return;
      const first = Math.max(0, Math.floor((block.timeS + toleranceS) * fps));
      const last = Math.max(first, Math.ceil((block.timeS + blockS - toleranceS) * fps) - 1);
      for (let frame = Math.max(first, nextFrame); frame <= last; frame++) {
        const values = row(frame);
        for (const [at, measure] of measures.entries()) {
          if (videoColumns[at]) continue;
          const value = block.values.get(measure.key ?? measure.id);
          const known = values[at] as number;
          if (value !== undefined && (Number.isNaN(known) || value > known)) values[at] = value;
        }
      }
      soundTo = Math.max(soundTo, first);
      giveOut(soundTo);
    },
    end() {
      giveOut(Number.POSITIVE_INFINITY);
      waiting.clear();
    },
  };
}
