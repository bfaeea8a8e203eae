import { counted } from '#shared/i18n/counted.ts';
import { finding, frameDurationMs, type MasterCheck } from '../master-check.ts';

/** Every decoded frame is the frame that was captured. */
export const frameHashes: MasterCheck = {
  id: 'frame-hashes',
  judge({ frameHashes: comparison, expectation: { heldBackFrames = 0 } }) {
    const expected = 'every decoded frame equal to the captured frame';
    if (!comparison) return finding(false, expected, 'not compared', 'The frames have not been compared.');
    const { frames, differentFrameCount, missingFrames, extraFrames, firstDifferentFrame } = comparison;
    const isHeldBack =
      frames > 0 && differentFrameCount + missingFrames === 0 && extraFrames <= heldBackFrames;
    const measured = comparison.equal
      ? `${frames} frames equal`
      : isHeldBack
        ? `${frames} frames equal, and ${extraFrames} at the end that had no hash yet at the stop`
        : `${differentFrameCount} of ${frames} frames differ, ${missingFrames} missing, ${extraFrames} too many`;
    const where =
      firstDifferentFrame === undefined ? 'No frame was compared.' : `First at frame ${firstDifferentFrame}.`;
    return finding(
      comparison.equal || isHeldBack,
      expected,
      measured,
      `The master does not hold what was captured. ${where}`,
    );
  },
};

/** The sound that was decoded is the sound that was captured. */
export const audioHashes: MasterCheck = {
  id: 'audio-hashes',
  judge({ facts, audioHashes: comparison, expectation: { heldBackFrames = 0 } }) {
    if (!facts.tracks.some((track) => track.type === 'audio') && !comparison) return undefined;
    const expected = 'decoded sound equal to the captured sound';
    if (!comparison) return finding(false, expected, 'not compared', 'The sound has not been compared.');
    return finding(
      comparison.equal || (heldBackFrames > 0 && comparison.isHeldBack === true),
      expected,
      comparison.measured,
      'The master does not hold the sound that was captured.',
    );
  },
};

/**
 * As many frames in the file as in the list of captured frames. A tape's own stream that begins in mid tape may begin with
 * pictures whose reference was not recorded: they are kept, and cannot be decoded.
 */
export const frameCount: MasterCheck = {
  id: 'frame-count',
  judge({ frameHashes: comparison, capturedFrames, expectation }, video) {
    const captured = comparison?.frames ?? capturedFrames;
    const blocks = video?.blocks.count ?? 0;
    const expected =
      captured === undefined ? 'frames in the file' : `${captured} frames, as in the hash list`;
    const undecodable = expectation.essence === 'native' ? (video?.blocks.leading ?? 0) : 0;
    const { heldBackFrames = 0 } = expectation;
    const ok =
      blocks > 0 &&
      [blocks, blocks - undecodable].some((count) => {
        const withoutHash = count - (captured ?? count);
        return withoutHash >= 0 && withoutHash <= heldBackFrames;
      });
    return finding(
      ok,
      expected,
      `${blocks} frames in the file${undecodable > 0 ? `, ${undecodable} of them before the first keyframe` : ''}`,
      'The file and the list of captured frames differ in number.',
    );
  },
};

/** Pictures in a row that MPEG-2 stores behind one that is seen after them. */
const storedBehind = 2;

/** No hole in time: neither in the file nor at capture. */
export const timestamps: MasterCheck = {
  id: 'timestamps',
  judge({ facts, captureGaps, expectation }, video) {
    const frameMs = frameDurationMs(expectation);
    const tickMs = facts.info.timestampScaleNs / 1e6;
    const steps = video?.blocks.irregularSteps ?? [];
    const gaps = captureGaps ?? [];
    // The steps are judged against the track's own frame rate, which must be the expected one.
    const count = video?.blocks.count ?? 0;
    const spanMs =
      ((video?.blocks.lastTimestampTicks ?? 0) - (video?.blocks.firstTimestampTicks ?? 0)) * tickMs;
    const driftFrames = count > 1 ? spanMs / frameMs - (count - 1) : 0;
    const inFile = video?.blocks.irregularStepCount ?? 0;
    const heldBack = expectation.heldBackFrames ?? 0;
    // The hole in front of the last picture of a stream that was stopped: what is seen there had not come.
    const isStop = heldBack > 0 && inFile === 1 && steps[0]?.afterBlock === count - 1 - heldBack;
    const apartFrames = isStop ? Math.round(driftFrames) : 0;
    const ok =
      (inFile === 0 || isStop) &&
      gaps.length === 0 &&
      Math.abs(driftFrames - apartFrames) < 0.5 &&
      apartFrames <= storedBehind;
    const measured = [
      `${counted(inFile, 'irregular step')} in the file${isStop ? ', in front of the last picture, where it was stopped' : ''}`,
      captureGaps ? `${counted(gaps.length, 'gap')} at capture` : '',
      `${driftFrames.toFixed(1)} frames off at the end`,
    ];
    const [step] = steps;
    const [gap] = gaps;
    const first = step
      ? `First behind frame ${step.afterBlock} (byte ${step.offset}): ${counted(Math.round((step.stepTicks * tickMs) / frameMs), 'frame')} long.`
      : gap
        ? `First behind frame ${gap.afterFrame}: ${counted(gap.missingFrames, 'frame')}.`
        : 'The frames do not come at the expected rate.';
    return finding(
      ok,
      `a step of ${frameMs.toFixed(3)} ms each`,
      measured.filter(Boolean).join(', '),
      `Time has gaps. ${first}`,
    );
  },
};
