import type { EndReason } from '#shared/domain/pass.ts';
import type { Rational } from '#shared/domain/rational.ts';
import type { SoundModeChange } from './dv-sound.ts';
import type { Ffv1Facts } from './ffv1.ts';
import type { FrameHashComparison, TimestampGap } from './frame-hash-comparison.ts';
import { type MatroskaFacts, type TrackFacts, videoTrackOf } from './matroska-facts.ts';

/** What the profile and the session say that a master must be. Names as ffmpeg writes them; absent: not judged. */
export interface MasterExpectation {
  frameRate: Rational;
  width: number;
  height: number;
  fieldOrder?: 'tff' | 'bff' | 'progressive' | undefined;
  /** Sample aspect ratio. */
  sar?: Rational | undefined;
  /** E.g. `bt470bg`, `bt709`, `bt470bg`, `tv`. */
  colour?: { primaries: string; transfer: string; matrix: string; range: 'tv' | 'pc' } | undefined;
  /** Slices per frame of FFV1. */
  slices?: number | undefined;
  bitsPerSample?: number | undefined;
  /** In the order of the file; empty for a tape without sound. Absent: not judged. */
  audioTracks?: { channels: number; bitDepth: number; sampleRateHz: number }[] | undefined;
  /** `native`: the stream of the tape was copied (DV, HDV), so that rules for FFV1 do not apply. */
  essence: 'ffv1' | 'native';
  /** The recorder was told to end in mid tape: the last picture may be there and its sound not yet, or the other way round. */
  stoppedInMidTape?: boolean | undefined;
  /**
   * A stream that was copied may have so many pictures at its end, and a block of sound, without a hash of capture: the recorder's decoder
   * still held them when it was stopped. Pictures that are seen before the last one and stored behind it may not have come. 0 where absent.
   */
  heldBackFrames?: number | undefined;
}

/** The comparison of one audio track, as a digest of all its samples or frame by frame. */
export interface AudioHashComparison {
  equal: boolean;
  /** All is equal but for a last block of a track, which only the master has. */
  isHeldBack?: boolean;
  /** What was compared, to be shown: `2 tracks, 288000 bytes each`. */
  measured: string;
}

/** All that the checks may look at. What is absent was not measured. */
export interface MasterEvidence {
  facts: MatroskaFacts;
  ffv1: Ffv1Facts | undefined;
  expectation: MasterExpectation;
  frameHashes?: FrameHashComparison | undefined;
  audioHashes?: AudioHashComparison | undefined;
  /** Frames in the list of captured frames, where it was read but nothing was decoded. */
  capturedFrames?: number | undefined;
  /** Gaps in the presentation times of the captured frames. */
  captureGaps?: TimestampGap[] | undefined;
  /** Frames of the tape that are not in the master, wherever they were lost, and how the recording ended. Absent: not known. */
  loss?: { frames: number; endReason: EndReason } | undefined;
  /** Where a tape's own stream changes the sampling frequency of its sound; undefined where nobody read it. */
  soundChanges?: readonly SoundModeChange[] | undefined;
}

/** Whether a rule holds, in words for the screen and the report. */
export interface MasterFinding {
  ok: boolean;
  expected: string;
  measured: string;
  message: string;
}

export interface MasterCheckResult extends MasterFinding {
  id: string;
}

/** One rule of the seal. */
export interface MasterCheck {
  id: string;
  /** Judges; undefined when the rule does not apply to this master. */
  judge(evidence: MasterEvidence, video: TrackFacts | undefined): MasterFinding | undefined;
}

/** The loss that a seal states; undefined where it states none. */
export function lossOf(
  framesDropped: number | undefined,
  endReason: EndReason | null | undefined,
): MasterEvidence['loss'] {
  return framesDropped === undefined || !endReason ? undefined : { frames: framesDropped, endReason };
}

/** A finding; `wrong` is the sentence that is said when the rule does not hold. */
export function finding(ok: boolean, expected: string, measured: string, wrong: string): MasterFinding {
  return { ok, expected, measured, message: ok ? '' : wrong };
}

/** A check that applies to FFV1 masters only. */
export function ffv1Only(check: MasterCheck): MasterCheck {
  return {
    id: check.id,
    judge: (evidence, video) =>
      evidence.expectation.essence === 'ffv1'
        ? check.judge(evidence, video ?? videoTrackOf(evidence.facts))
        : undefined,
  };
}

/** One frame at the rate of the expectation, in milliseconds. */
export function frameDurationMs(expectation: MasterExpectation): number {
  return (1000 * expectation.frameRate.den) / expectation.frameRate.num;
}
