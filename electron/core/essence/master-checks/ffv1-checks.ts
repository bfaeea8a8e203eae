import type { Ffv1Facts } from '../ffv1.ts';
import { ffv1Only, finding, type MasterCheck } from '../master-check.ts';

/** FFV1 3.4 or later: the first with frozen slices and CRCs (RFC 9043). */
export const ffv1Version: MasterCheck = ffv1Only({
  id: 'ffv1-version',
  judge({ ffv1 }) {
    const measured = !ffv1
      ? 'not FFV1'
      : ffv1.version === undefined
        ? 'below version 3'
        : ffv1.microVersion === undefined
          ? `${ffv1.version}`
          : `${ffv1.version}.${ffv1.microVersion}`;
    const at34 = (ffv1?.version ?? 0) > 3 || (ffv1?.version === 3 && (ffv1.microVersion ?? 0) >= 4);
    const intact = ffv1?.problem === undefined && ffv1?.recordCrcRight === true;
    return finding(at34 && intact, '3.4 or later, record intact', measured, whyNot(ffv1, intact));
  },
});

function whyNot(ffv1: Ffv1Facts | undefined, intact: boolean): string {
  if (ffv1?.problem) return ffv1.problem;
  // RFC 9043, 4.3: versions 0 and 1 have no configuration record, and before 3 it has no checksum.
  if (ffv1?.belowVersion3)
    return 'It is FFV1 of a version before 3, which has no checksums; that is no damage.';
  return intact ? 'The master is not FFV1 version 3.4.' : 'The FFV1 configuration record is damaged.';
}

/**
 * Each frame stands alone, by every block, and by its header where that says anything: versions before 3.3 have no such flag
 * (RFC 9043, 4.2.17).
 */
export const ffv1Intra: MasterCheck = ffv1Only({
  id: 'ffv1-intra',
  judge({ ffv1 }, video) {
    const { count, keyframes } = video?.blocks ?? { count: 0, keyframes: 0 };
    const measured = `intra flag ${ffv1?.intraOnly === undefined ? 'absent' : ffv1.intraOnly ? 'on' : 'off'}, ${keyframes} of ${count} frames are keyframes`;
    const areKeyframes = count > 0 && keyframes === count;
    return finding(
      areKeyframes && ffv1 !== undefined && ffv1.intraOnly !== false,
      'every frame a keyframe, intra flag not off',
      measured,
      areKeyframes
        ? 'The stream says that frames may need others, although each is marked as a keyframe.'
        : 'Not every frame can be decoded alone (GOP is not 1).',
    );
  },
});

/** As many slices as the profile says: encoders have been seen to choose their own number. */
export const ffv1Slices: MasterCheck = ffv1Only({
  id: 'ffv1-slices',
  judge({ ffv1, expectation }) {
    if (expectation.slices === undefined) return undefined;
    const slices = ffv1?.slices;
    const measured = slices ? `${slices.count} (${slices.horizontal} x ${slices.vertical})` : 'none';
    return finding(
      slices?.count === expectation.slices,
      `${expectation.slices}`,
      measured,
      'The number of slices is wrong.',
    );
  },
});

/** A CRC in each slice, so that damage can be told to a part of a frame. */
export const ffv1SliceCrc: MasterCheck = ffv1Only({
  id: 'ffv1-slice-crc',
  judge({ ffv1 }) {
    const measured = ffv1?.sliceCrc === undefined ? 'absent' : ffv1.sliceCrc ? 'on' : 'off';
    return finding(
      ffv1?.sliceCrc === true,
      'on',
      measured,
      'Slices have no CRC: damage could not be located.',
    );
  },
});
