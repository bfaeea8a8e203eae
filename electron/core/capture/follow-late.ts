import { type FollowerOutput, followerOutputs, outputOfWork } from '#core/ffmpeg/follower-arguments.ts';
import type { PassId } from '#shared/domain/ids.ts';
import { type DerivedWork, derivedWorks } from '#shared/domain/pass.ts';
import { followOnce } from './follow-once.ts';
import { canResume } from './follower-gates.ts';
import type { FollowEnd, Follower } from './follower-port.ts';
import type { MeasureTap } from './measure-port.ts';
import type { CaptureOptions } from './ports.ts';
import type { RecorderRecord } from './recorder-record.ts';

type Finished = Extract<FollowEnd, { reason: 'finished' }>;
type Followed = { end: Finished; tap: MeasureTap | undefined };

/**
 * What a follower makes that starts while these works give way: nothing of those that would be of no use with a gap. The others
 * wait at their gates.
 */
export function outputsWithout(works: ReadonlySet<DerivedWork>): ReadonlySet<FollowerOutput> {
  const left = [...works]
    .filter((work) => !canResume(work))
    .map((work): FollowerOutput => outputOfWork[work]);
  return new Set(followerOutputs.filter((output) => !left.includes(output)));
}

/**
 * Makes what gave way while the tape played, whole, in a second decode of the complete master. What the first decode made (the
 * proof above all) stays as it is. Gives back the first one unchanged where nothing gave way.
 */
export async function makeUpWork(
  first: Followed,
  options: {
    capture: CaptureOptions;
    passId: PassId;
    record: RecorderRecord;
    recordPath: string;
    samplesPath: string;
    workDir: string;
    onBegin(): void;
    started(follower: Follower): Promise<void>;
    onDecoded(frames: number): void;
    onProblem(message: string): void;
  },
): Promise<({ reason: 'made-up' } & Followed) | Exclude<FollowEnd, { reason: 'finished' }>> {
  const missing = missingWorks(first);
  options.onBegin();
  if (missing.length === 0) return { reason: 'made-up', ...first };
  const hasToMeasure = missing.includes('samples');
  // Samples with a gap are no samples; the ones made now take their place.
  if (hasToMeasure) await first.tap?.abandon();
  const late = await followOnce({
    ...options,
    masterComplete: Promise.resolve(),
    outputs: new Set<FollowerOutput>(['frame-hashes', ...missing.map((work) => outputOfWork[work])]),
    news: {
      started: options.started,
      decoded: options.onDecoded,
      proved() {},
      timecode() {},
      problem: options.onProblem,
    },
  });
  if (late.end.reason !== 'finished') {
    if (!hasToMeasure) await first.tap?.abandon();
    return late.end;
  }
  const { accessPath, thumbnailsDir } = late.end;
  return {
    reason: 'made-up',
    end: {
      ...first.end,
      accessPath: first.end.accessPath ?? accessPath,
      thumbnailsDir: first.end.thumbnailsDir ?? thumbnailsDir,
    },
    tap: hasToMeasure ? late.tap : first.tap,
  };
}

/** A live picture is of no use once the tape has played. */
function missingWorks({ end, tap }: Followed): DerivedWork[] {
  return derivedWorks.filter((work) => {
    if (work === 'access') return end.accessPath === undefined;
    if (work === 'thumbnails') return end.thumbnailsDir === undefined;
    return work === 'samples' && tap !== undefined && end.gaveWay.includes('samples');
  });
}
