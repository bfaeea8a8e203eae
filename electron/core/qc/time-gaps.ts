import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Rational, toNumber } from '#shared/domain/rational.ts';
import type { TimeGap } from './series.ts';

/** A gap is told from uneven times by this much over one frame. */
const leastGapFrames = 1.5;
/** Own: uneven times within a tenth of a frame are those of a clock (a card's, a driver's); the nearest other rates are a fifth apart (25 and 30). */
const mostUnevenFrames = 0.1;
/** Own: a file in which more steps are no whole number of frames has no fixed rate; then a longer wait is no loss. */
const mostShare = 0.02;
/** A short file may have a few all the same. */
const leastUneven = 3;
/** Own: a card whose reader is half as fast as the tape loses every other frame; so many steps at least are still one frame long. */
const leastWhole = 0.1;

/** Arguments of one more output of a decode: packets of the picture with their times, none of them decoded again. */
export function packetTimesOutput(path: string): string[] {
  return ['-map', '0:v:0', '-c', 'copy', '-copyinkf', '-f', 'framecrc', path];
}

/** Times of a file's pictures. */
export interface PacketTimes {
  /** In seconds, in the order of showing. */
  inOrder: Float64Array;
  /** What they are whole numbers of. */
  tickS: number;
  /** The picture that is shown at a time. */
  frameAt(seconds: number): number;
}

/** Reads what `packetTimesOutput` wrote. */
export async function readPacketTimes(path: string): Promise<PacketTimes> {
  const times: number[] = [];
  let tickS = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const base = /^#tb 0: (\d+)\/(\d+)/.exec(line);
    if (base) tickS = Number(base[1]) / Number(base[2]);
    // Stream, decoding time, time, duration, size, checksum. A packet without a time says nothing (its time is the least number there is).
    const packet = /^0, *-?\d+, *(-?\d+), *-?\d+, *(\d+),/.exec(line);
    if (!packet) continue;
    // Nor is a place of an AVI without a picture one: so a capture program marks a frame that it lost.
    if (packet[2] !== '0' && packet[1] !== noTime) times.push(Number(packet[1]) * tickS);
  }
  return packetTimes(times, tickS);
}

/** Times of pictures, in seconds and in any order. */
export function packetTimes(times: readonly number[], tickS: number): PacketTimes {
  const inOrder = Float64Array.from(times).sort();
  return {
    inOrder,
    tickS,
    frameAt(seconds) {
      let [from, to] = [0, inOrder.length - 1];
      while (from < to) {
        const middle = (from + to) >> 1;
        // Nearer to this one than to the next.
        if (((inOrder[middle] as number) + (inOrder[middle + 1] as number)) / 2 < seconds) from = middle + 1;
        else to = middle;
      }
      return from;
    },
  };
}

/** Streams without a container have no times: those that ffmpeg gives them are its own, and not even at that. */
export function hasTimes(format: string): boolean {
  return !/^(?:h26[134]|hevc|vvc|m4v|mpegvideo|mjpeg(?:_2000)?|vc1|obu|dv|rawvideo|yuv4mpegpipe)$/.test(
    format,
  );
}

/** AV_NOPTS_VALUE of ffmpeg. */
const noTime = '-9223372036854775808';

/**
 * Where a file's own times say that frames are missing. Pure. However many gaps there are, they are losses where all else goes on by one frame
 * and the gaps are whole frames long; a rate that varies has steps that are not, and then only a few long ones are told. `frame`: the first
 * one behind a gap, counted in the order of showing.
 */
export function findTimeGaps({ inOrder, tickS }: PacketTimes, frameRate: Rational): TimeGap[] {
  const steps = inOrder.subarray(1).map((time, at) => time - (inOrder[at] as number));
  const most = Math.max(leastUneven, mostShare * inOrder.length);
  const { frameS, isFixed } = frameLength(steps, { frameS: 1 / toNumber(frameRate), tickS }, most);
  const gaps: TimeGap[] = [];
  for (const [at, step] of steps.entries()) {
    const frames = step / frameS;
    if (frames >= leastGapFrames) gaps.push({ frame: at + 1, lostFrames: Math.round(frames) - 1 });
  }
  return gaps.length > most && !isFixed ? [] : gaps;
}

/**
 * How long a frame is, by the steps themselves: where frames are missing, an average in the head is too long. The shortest steps are it where all
 * others are whole frames of that, else the usual one. A few steps say less than the head.
 */
function frameLength(
  steps: Float64Array,
  { frameS, tickS }: { frameS: number; tickS: number },
  most: number,
): { frameS: number; isFixed: boolean } {
  if (steps.length <= 2 * leastUneven) return { frameS, isFixed: false };
  const inOrder = steps.toSorted();
  const lengthAt = (share: number): number => {
    const step = inOrder[Math.floor(share * (steps.length - 1))] as number;
    const alike = steps.filter((one) => Math.abs(one - step) <= tickS + mostUnevenFrames * step);
    return alike.reduce((sum, one) => sum + one, 0) / alike.length;
  };
  const shortest = lengthAt(leastWhole);
  if (shortest > 0) {
    // Both ends of a step are rounded to a tick.
    const tolerance = mostUnevenFrames + tickS / shortest;
    const uneven = steps.filter((step) => {
      const frames = step / shortest;
      return Math.abs(frames - Math.max(1, Math.round(frames))) > tolerance;
    });
    if (uneven.length <= most) {
      const whole = steps.filter((step) => Math.round(step / shortest) === 1);
      return { frameS: whole.reduce((sum, step) => sum + step, 0) / whole.length, isFixed: true };
    }
  }
  const usual = lengthAt(0.5);
  return { frameS: usual > 0 ? usual : frameS, isFixed: false };
}
