import type { MasterExpectation } from '#core/essence/master-check.ts';
import { audioTracks, colourOf, sampleAspectOf, slicesOf } from '#core/ffmpeg/recorder-arguments.ts';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import type { EndReason } from '#shared/domain/pass.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';

/**
 * MPEG-2 stores pictures in another order than they are seen in: its decoder has one more than it has given, and a stop leaves it there (up
 * to ffmpeg 6). The master has it, as the stream is copied in front of the decoder.
 */
export const heldBackFrames = 1;

/** What a master must be, by its profile and what came in. A stream that was copied is judged by what it shows only. */
export function masterExpectation(input: {
  video: VideoFormat;
  audio: AudioFormat | undefined;
  profile: MasterProfile;
  essence: 'encode' | 'copy';
  /** Whether a signal ended the recorder while its source went on. */
  stoppedInMidTape?: boolean;
}): MasterExpectation {
  const { video, audio, profile, essence, stoppedInMidTape = false } = input;
  const { master } = profile;
  const shown = {
    ...{ frameRate: video.frameRate, width: video.width, height: video.height },
    ...(stoppedInMidTape ? { stoppedInMidTape } : {}),
  };
  if (essence === 'copy') {
    return { ...shown, ...(stoppedInMidTape ? { heldBackFrames } : {}), essence: 'native' };
  }
  const tracks = audio ? audioTracks(audio.channels, master.audioTracks) : [];
  return {
    ...shown,
    fieldOrder: video.fieldOrder,
    sar: sampleAspectOf(master, video),
    colour: colourOf(master, video),
    slices: slicesOf(master, video),
    bitsPerSample: master.pixelFormat === 'yuv422p10le' ? 10 : 8,
    // 48 kHz is the house's rule (master checks of the architecture), whatever came in.
    audioTracks: tracks.map(({ length }) => ({ channels: length, bitDepth: 24, sampleRateHz: 48_000 })),
    essence: 'ffv1',
  };
}

/** Ends of which the recorder saw the end of its source, or reckoned it itself; recovery makes picture and sound end together. */
const endsByItself: readonly EndReason[] = ['duration', 'recorder-died', 'recorder-failed'];

/** Whether a recording that ended so was broken off by a signal. A writer's end is taken for that of the tape, and the recorder is told. */
export function isStoppedInMidTape(reason: EndReason | null, hasWriter: boolean): boolean {
  if (reason === null) return false;
  return reason === 'source-ended' ? hasWriter : !endsByItself.includes(reason);
}
