import type { LostBefore } from '#core/essence/capture-gaps.ts';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import type { FrameContent } from '#shared/domain/frame-content.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { NotJudged, QcEvent } from '#shared/domain/qc.ts';

/**
 * What the follower needs from a measuring instrument: filters that hang behind its one decode, and somebody who reads
 * what they write. The qc room fulfils it; core.ts brings the two together, so that neither knows the other.
 */
export interface MeasurePort {
  /** `samplesPath` is kept; `video` is the picture as the master holds it. */
  open(input: {
    passId: PassId;
    samplesPath: string;
    video: VideoFormat;
    audio: AudioFormat | undefined;
    qcProfileId: string;
    /** The master, whole when `finish` is called, where the tape's own stream was copied: it says more than its pictures. */
    nativePath?: string;
  }): Promise<MeasureTap>;
}

export interface MeasureTap {
  /** A chain of ffmpeg video filters, without labels; undefined where no picture is wanted. */
  videoFilter: string | undefined;
  /** ffmpeg's arguments for the output behind it; left out: its frames go nowhere. */
  videoOutput?: readonly string[];
  /** The same for the sound, all channels in one stream; undefined where there is no sound. */
  audioFilter: string | undefined;
  audioOutput?: readonly string[];
  /** What is known so far: for the screens while the tape plays. */
  latest(): {
    /** Frames that are measured so far, those that were left out among them. */
    frames: number;
    audioPeaksDbfs: number[];
    signal: 'present' | 'lost' | 'unknown';
    events: QcEvent[];
  };
  /** What the frames from `from` on show, as far as they are measured. Once measured, a frame shows the same for good. */
  contents(from: number): FrameContent[];
  /**
   * Called when the follower has decoded the last frame: judges, and closes the sample store. `lost`: where the times of the recording
   * say that frames are missing, which their pictures do not always show.
   */
  finish(lost: readonly LostBefore[]): Promise<{
    samplesPath: string;
    frames: number;
    profileId: string;
    checks: string[];
    notJudged: NotJudged[];
    events: QcEvent[];
  }>;
  /** Frames will be left out from now on: those that come later keep their place in time. */
  leaveGaps(): void;
  /** The follower ended before the last frame: nothing of this tap is kept. */
  abandon(): Promise<void>;
}
