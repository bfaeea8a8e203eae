import { drawable, framesPerStep, type Steps } from './sample-pyramid.ts';
import type { StoredSeries } from './sample-reader.ts';

/** What is looked for: where a measure begins to lie beyond a value. */
export interface ExcursionRequest {
  measure: string;
  side: 'above' | 'below';
  value: number;
  fromFrame: number;
  direction: 1 | -1;
}

/** What is known of a step without its samples: whether all of it is beyond the value, nothing, some, or nothing was measured. */
type StepState = 'all' | 'none' | 'some' | 'unmeasured';

/**
 * The first frame of the next (or previous) stretch in which a measure lies beyond a value, from a frame on that does not count
 * itself; undefined where there is none. Frames without a value neither end nor begin a stretch. Whole steps are judged by the
 * pyramid, so that no more than a few hundred samples are read of a tape of ten hours.
 */
export function findExcursion(
  series: Pick<StoredSeries, 'frames' | 'range' | 'steps'>,
  { measure, side, value, fromFrame, direction }: ExcursionRequest,
): number | undefined {
  const steps = series.steps(measure);
  const count = steps.mean.length;
  const limit = drawable(value);
  const isBeyond = (sample: number) =>
    side === 'above' ? drawable(sample) > limit : drawable(sample) < limit;
  const stateOf = (step: number) => stepState(steps, step, side, limit);
  const samplesOf = (step: number) => {
    const first = step * framesPerStep;
    return series.range(measure, first, Math.min(series.frames, first + framesPerStep));
  };

  /** Whether the last value before a step lies beyond. */
  function isBeyondBefore(step: number): boolean {
    for (let at = step - 1; at >= 0; at--) {
      const state = stateOf(at);
      if (state === 'unmeasured') continue;
      if (state !== 'some') return state === 'all';
      const last = samplesOf(at).findLast((sample) => !Number.isNaN(sample));
      return last !== undefined && isBeyond(last);
    }
    return false;
  }

  /** First frames of stretches in one step, in order. */
  function startsIn(step: number): number[] {
    let wasBeyond = isBeyondBefore(step);
    const starts: number[] = [];
    for (const [at, sample] of samplesOf(step).entries()) {
      if (Number.isNaN(sample)) continue;
      const isNow = isBeyond(sample);
      if (isNow && !wasBeyond) starts.push(step * framesPerStep + at);
      wasBeyond = isNow;
    }
    return starts;
  }

  const mayHoldStart = (step: number): boolean => {
    const state = stateOf(step);
    return state === 'some' || (state === 'all' && !isBeyondBefore(step));
  };
  const fromStep = Math.floor(fromFrame / framesPerStep);
  for (let step = clamp(fromStep, count); step >= 0 && step < count; step += direction) {
    if (!mayHoldStart(step)) continue;
    const starts = startsIn(step);
    const found =
      direction > 0
        ? starts.find((frame) => frame > fromFrame)
        : starts.findLast((frame) => frame < fromFrame);
    if (found !== undefined) return found;
  }
  return undefined;
}

function stepState(
  { minimum, maximum }: Steps,
  step: number,
  side: 'above' | 'below',
  limit: number,
): StepState {
  const [least, greatest] = [minimum[step] as number, maximum[step] as number];
  if (Number.isNaN(least)) return 'unmeasured';
  if (side === 'above') return greatest <= limit ? 'none' : least > limit ? 'all' : 'some';
  return least >= limit ? 'none' : greatest < limit ? 'all' : 'some';
}

function clamp(step: number, count: number): number {
  return Math.max(0, Math.min(count - 1, step));
}
