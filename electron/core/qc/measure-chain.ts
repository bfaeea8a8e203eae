import { filterText } from '#core/ffmpeg/escape.ts';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';

/** Samples of one audio block: about one frame, so that a block's value belongs to a frame. */
export function audioBlockSamples(video: VideoFormat, audio: AudioFormat): number {
  return Math.round((audio.sampleRateHz * video.frameRate.den) / video.frameRate.num);
}

/**
 * Pixels left out on each side: blanking, head switching and edges would rule every minimum and maximum.
 * 25 is AV Spex's figure for SD; pictures under 150 lines (tests, thumbnails) give up a sixth.
 */
export function activeAreaBorder(video: { width: number; height: number }): number {
  const border = Math.min(25, Math.floor(Math.min(video.width, video.height) / 6));
  return border - (border % 2);
}

/**
 * Filters that measure: a chain without labels that ends in frames nobody needs. What they find is printed to the two
 * files while they run (`direct=1`: at once, so that the screens can follow and a kill loses nothing).
 */
export function measureChain(
  video: VideoFormat,
  audio: AudioFormat | undefined,
  paths: { video: string; audio: string },
): { videoFilter: string; audioFilter: string | undefined } {
  const border = activeAreaBorder(video);
  const videoFilter = [
    // yuv411p and 4:2:0 pictures are cropped on whole chroma samples: `exact` would interpolate.
    `crop=iw-${2 * border}:ih-${2 * border}:${border}:${border}`,
    'signalstats=stat=tout+vrep+brng',
    filterText('metadata', { mode: 'print', file: paths.video, direct: 1 }),
  ].join(',');
  if (!audio) return { videoFilter, audioFilter: undefined };
  const audioFilter = [
    filterText('asetnsamples', { n: audioBlockSamples(video, audio), p: 0 }),
    `astats=metadata=1:reset=1:measure_perchannel=Peak_level+RMS_level+Flat_factor:measure_overall=none`,
    filterText('ametadata', { mode: 'print', file: paths.audio, direct: 1 }),
  ].join(',');
  return { videoFilter, audioFilter };
}
