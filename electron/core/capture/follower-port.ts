import type { SoundModeChange } from '#core/essence/dv-sound.ts';
import type { FollowerOutput } from '#core/ffmpeg/follower-arguments.ts';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import type { DerivedWork } from '#shared/domain/pass.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import type { MeasureTap } from './measure-port.ts';

/** What the follower is told about one master. It never writes outside `workDir` and never touches the master. */
export interface FollowRequest {
  masterPath: string;
  /** Resolves when the recorder has ended and the master will not grow any more. */
  masterComplete: Promise<void>;
  /** Emptied at every start: unfinished derived files live here, and only here. */
  workDir: string;
  video: VideoFormat;
  audio: AudioFormat | undefined;
  profile: MasterProfile;
  /** `copy` masters (DV) are decoded in their own pixel format. */
  essence: 'encode' | 'copy';
  ffmpegPath: string;
  tap: MeasureTap | undefined;
  /** What is to be made; hashes of the picture are always among it. */
  outputs: ReadonlySet<FollowerOutput>;
  onProgress(progress: FollowProgress): void;
  /** What the frames themselves say of the timecode, one by one; never called for frames that can carry none. */
  onTimecode?(frame: number, timecode: string | null): void;
}

export interface FollowProgress {
  frames: number;
  /** Path of the latest live picture, once there is one, and a number that changes with it. */
  pictureVersion: number;
}

/** Why a follower ended: only `finished` gives files that may be kept. */
export type FollowEnd =
  | {
      reason: 'finished';
      frames: number;
      frameHashesPath: string;
      audioHashesPath: string | undefined;
      /** Undefined, as the folder of thumbnails, where they were not to be made or gave way. */
      accessPath: string | undefined;
      thumbnailsDir: string | undefined;
      /** Works that gave way at any time: what was made of them has gaps, and is not among these files. */
      gaveWay: readonly DerivedWork[];
      /** Lines that the decoder wrote about damage: slice CRC mismatches and the like. */
      decoderComplaints: string[];
      /** Where the sound of a tape's own stream changes its sampling frequency. */
      soundChanges?: readonly SoundModeChange[];
    }
  | { reason: 'stopped' }
  | { reason: 'failed'; problem: string; isDiskFull: boolean };

export interface Follower {
  /** Process of the decoder; it runs at the lowest priority. */
  readonly pid: number;
  readonly ended: Promise<FollowEnd>;
  /** These works give way from now on and the others go on; may be called at any time. */
  giveWay(works: ReadonlySet<DerivedWork>): void;
  /** Ends the decoder and resolves when it is gone. */
  stop(): Promise<void>;
}

/** Timecodes read in the frames of the master (ffmpeg/timecode-list.ts), relative to its `workDir`. */
export const followedTimecodesName = 'followed-timecode.list';

/** Live picture of a pass, relative to its `workDir`. */
export const livePictureName = 'live.jpg';
