import type { Session } from '#shared/domain/live.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { framesToSeconds } from '../../ui/words.ts';

/** What is shown is the tape's present as long as it is no further behind: a busy follower takes a second or two. */
const liveWithinS = 3;

/** How what is shown stands to what is recorded: it follows, it does not, or it gave way to the recorder. */
export interface Following {
  is: 'live' | 'behind' | 'gave-way';
  /** About where in the pass what is shown lies: to the second, since the file that holds the picture does not say of which frame it is. */
  place: string;
  behindS: number;
}

type Shown = Pick<Session, 'frames' | 'lagS' | 'video' | 'gaveWay' | 'pictureFrame' | 'meteredFrames'>;

/** The live picture. */
export function pictureNow(session: Shown): Following {
  return following(session, session.pictureFrame, 'live-picture');
}

/** The meters, which show the peaks of the last half second that was measured. */
export function metersNow(session: Shown): Following {
  return following(session, Math.max(0, session.meteredFrames - 1), 'samples');
}

function following(
  { frames, lagS, video, gaveWay }: Shown,
  frame: number,
  work: Session['gaveWay'][number],
): Following {
  // Behind the tape, not behind the file: a recorder that stands still has no newer frame, and the tape runs on.
  const behindS = framesToSeconds(Math.max(0, frames - 1 - frame), video.frameRate) + (lagS ?? 0);
  const isLive = behindS <= liveWithinS;
  const is = isLive ? 'live' : gaveWay.includes(work) ? 'gave-way' : 'behind';
  return { is, place: formatTimecode(frame, video.frameRate).slice(0, 'hh:mm:ss'.length), behindS };
}
