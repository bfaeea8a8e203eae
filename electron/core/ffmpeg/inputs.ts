import { askFfmpeg, parseDevices } from './capabilities.ts';
import { type DemuxerOptions, parseDemuxerHelp } from './demuxer-help.ts';

/** What one ffmpeg says of its own inputs. Each question is asked once. */
export interface FfmpegInputs {
  /** Names of the capture devices it was built with: `decklink`, `v4l2`, `alsa`, ... */
  devices(): Promise<ReadonlySet<string>>;
  /** The options of a demuxer, with the values that each knows; undefined where this build has no such demuxer. */
  optionsOf(demuxer: string): Promise<DemuxerOptions | undefined>;
}

/** Asks lazily. HelicalError FFMPEG_FAILED from each question when this ffmpeg does not answer. */
export function askInputs(ffmpegPath: string): FfmpegInputs {
  let devices: Promise<ReadonlySet<string>> | undefined;
  const options = new Map<string, Promise<DemuxerOptions | undefined>>();
  return {
    devices() {
      devices ??= askFfmpeg(ffmpegPath, ['-devices']).then((listing) => parseDevices(listing).inputs);
      return devices;
    },
    optionsOf(demuxer) {
      const known =
        options.get(demuxer) ?? askFfmpeg(ffmpegPath, ['-h', `demuxer=${demuxer}`]).then(parseDemuxerHelp);
      options.set(demuxer, known);
      return known;
    },
  };
}
