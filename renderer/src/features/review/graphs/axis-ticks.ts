import type { Rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import type { FrameRange } from '../../../ui/graph/scale.ts';
import { axisLabel } from '../../../ui/time-axis.ts';

const secondSteps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600];
const frameSteps = [1, 2, 5, 10];

/** One label of the time axis. */
interface Tick {
  frame: number;
  label: string;
}

/** At most `most` labels at round times of the pass: clock times, and timecodes where single frames are told apart. */
export function axisTicks({ from, to }: FrameRange, rate: Rational, most: number): Tick[] {
  const framesPerSecond = rate.num / rate.den;
  const inFrames = frameSteps.find((step) => (to - from) / step <= most);
  if (inFrames !== undefined) {
    return every(inFrames, from, to).map((frame) => ({ frame, label: formatTimecode(frame, rate) }));
  }
  const seconds = (to - from) / framesPerSecond;
  const step = secondSteps.find((one) => seconds / one <= most) ?? 3600;
  return every(step, from / framesPerSecond, to / framesPerSecond).map((second) => ({
    frame: second * framesPerSecond,
    label: axisLabel(second),
  }));
}

function every(step: number, from: number, to: number): number[] {
  const first = Math.ceil(from / step);
  return Array.from(
    { length: Math.max(0, Math.floor(to / step) - first + 1) },
    (_, at) => (first + at) * step,
  );
}
