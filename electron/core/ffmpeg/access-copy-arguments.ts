import type { VideoFormat } from '#shared/domain/formats.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { filterText } from './escape.ts';
import { colourOf, sampleAspectOf } from './recorder-arguments.ts';

/** The master as an access copy sees it. */
export interface AccessSource {
  video: VideoFormat;
  profile: MasterProfile;
  /** `copy` masters (DV) say their own pixel shape and colour; the others are tagged as the profile says. */
  essence: 'encode' | 'copy';
}

/** Raster of the access copy, in square pixels, and its pictures per second. */
export interface AccessRaster {
  /** Lines that stay of the master's picture, and how many are cut off above them. */
  keptLines: number;
  cutTopLines: number;
  /** Undefined where only the decoded frames know their pixel shape (`copy` masters). */
  width: number | undefined;
  frameRate: Rational;
}

/**
 * Sizes of the access copy. NTSC's 486 lines are cut to the 480 that players expect; interlaced fields become frames.
 * The pixel shape is that of the master (ITU-R BT.601 in the shipped profiles).
 */
export function accessRaster({ video, profile, essence }: AccessSource): AccessRaster {
  const isCut = video.standard === 'NTSC' && video.height === 486;
  const shape = sampleAspectOf(profile.master, video);
  const fieldsPerFrame = video.fieldOrder === 'progressive' ? 1 : 2;
  return {
    keptLines: evenBelow(isCut ? 480 : video.height),
    cutTopLines: isCut ? Math.min(profile.access.ntscCropTopLines, 6) : 0,
    width: essence === 'copy' ? undefined : 2 * Math.round((video.width * shape.num) / shape.den / 2),
    frameRate: { num: video.frameRate.num * fieldsPerFrame, den: video.frameRate.den },
  };
}

/** `scale` to square pixels, with what else the caller wants of it, then `setsar=1`. */
export function squarePixels(raster: AccessRaster, options: Record<string, string> = {}): string[] {
  const width = raster.width ?? '2*round(iw*sar/2)';
  return [filterText('scale', { w: width, h: raster.keptLines, ...options }), 'setsar=1'];
}

/** Cuts the lines that the access copy does not keep; empty where it keeps them all. */
export function keptLines(source: AccessSource, raster: AccessRaster): string[] {
  if (raster.keptLines === source.video.height) return [];
  return [filterText('crop', { w: 'iw', h: raster.keptLines, x: 0, y: raster.cutTopLines, exact: 1 })];
}

/**
 * Filters from a decoded frame of the master to a frame of the access copy. Fields are made frames before lines are cut,
 * so that an odd cut cannot turn the field order, and before chroma is halved, which needs whole frames. Ten bits become
 * eight in front: that halves the work of the deinterlacer.
 */
export function accessVideoFilters(source: AccessSource): string[] {
  const raster = accessRaster(source);
  const { video, profile, essence } = source;
  const { fieldOrder } = video;
  const deinterlace =
    fieldOrder === 'progressive'
      ? []
      : [filterText('bwdif', { mode: 'send_field', parity: fieldOrder, deint: 'all' })];
  const isTenBit422 = essence === 'encode' && profile.master.pixelFormat === 'yuv422p10le';
  return [
    ...(isTenBit422 ? ['format=yuv422p'] : []),
    ...deinterlace,
    ...keptLines(source, raster),
    ...squarePixels(raster, { flags: 'lanczos' }),
    'format=yuv420p',
    ...colourTags(source),
  ];
}

/**
 * Codec and container options of the access copy. Its frame rate is constant: where the master's timestamps have a gap, a
 * frame is repeated (and silence put in), so that sound and picture stay together in every player.
 */
export function accessOutputArguments(source: AccessSource, audioStreams: number): string[] {
  const { access } = source.profile;
  const { frameRate } = accessRaster(source);
  const sound = [
    ...['-c:a', 'aac', '-b:a', `${access.audioBitrateKbps}k`],
    ...Array.from({ length: audioStreams }, (_, index) => [
      `-disposition:a:${index}`,
      index === 0 ? 'default' : '0',
    ]).flat(),
  ];
  return [
    ...['-fps_mode', 'cfr', '-r', `${frameRate.num}/${frameRate.den}`],
    ...['-c:v', access.videoCodec, '-preset', access.preset, '-crf', String(access.crf)],
    // A key picture a second: review and players jump without waiting.
    ...['-g', String(Math.round(frameRate.num / frameRate.den))],
    ...(audioStreams > 0 ? sound : []),
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-movflags', '+faststart+write_colr'],
  ];
}

/** Filter in front of the AAC encoder: holes in the sound's timestamps become silence. */
export const accessAudioFilter = 'aresample=async=1:first_pts=0';

/** The master's own tags: no colour is converted here, so none may be claimed. DV says its own. */
function colourTags({ video, profile, essence }: AccessSource): string[] {
  if (essence === 'copy') return [];
  const colour = colourOf(profile.master, video);
  return [
    filterText('setparams', {
      field_mode: 'prog',
      range: colour.range,
      color_primaries: colour.primaries,
      color_trc: colour.transfer,
      colorspace: colour.matrix,
    }),
  ];
}

function evenBelow(lines: number): number {
  return lines - (lines % 2);
}
