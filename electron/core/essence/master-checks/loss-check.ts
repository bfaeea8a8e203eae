import { isGoodEnd } from '#shared/domain/good-end.ts';
import { finding, type MasterCheck } from '../master-check.ts';

/**
 * Nothing of the tape is missing behind the last frame, or in its sound: a loss behind which nothing came leaves no gap in time, and
 * picture and sound end together. A recording whose end has a name that says so (the card went away, the recorder died) is sealed as far
 * as it goes; one that ended in order says that it goes up to its end.
 */
export const nothingLost: MasterCheck = {
  id: 'frames-lost',
  judge({ loss, captureGaps }) {
    if (!loss || !captureGaps || !isGoodEnd(loss.endReason)) return undefined;
    const inGaps = captureGaps.reduce((sum, { missingFrames }) => sum + Math.max(0, missingFrames), 0);
    const unseen = Math.max(0, loss.frames - inGaps);
    return finding(
      unseen === 0,
      'all that the tape gave up to the end of the recording',
      unseen === 0 ? 'nothing else lost' : `frames lost that no gap shows: ${unseen}`,
      `Frames of the tape that are not in the master, and that no gap in time shows: ${unseen}. They came last, or it was sound. Play the tape again.`,
    );
  },
};
