import type { PassId } from '#shared/domain/ids.ts';
import type { Session } from '#shared/domain/live.ts';
import { nominalFrameRate } from '#shared/domain/timecode.ts';
import { useLive } from '../../state/live.ts';

/** What the recorder counts reaches the disk a moment later: pictures wait for their sound, and clusters for their last frame. */
const onTheWayS = 2;

/** Frames of a pass that is being recorded that can be looked at already, in whole seconds. Pure. */
export function framesOnDisk({ frames, video }: Pick<Session, 'frames' | 'video'>): number {
  const rate = nominalFrameRate(video.frameRate);
  return Math.max(0, Math.floor(frames / rate) - onTheWayS) * rate;
}

/** The same of the pass that runs now; undefined: it is not being recorded. */
export function useFramesOnDisk(passId: PassId): number | undefined {
  return useLive(({ state }) => {
    const session = state.sessions.find((one) => one.passId === passId);
    return session?.state === 'recording' || session?.state === 'stopping'
      ? framesOnDisk(session)
      : undefined;
  });
}
