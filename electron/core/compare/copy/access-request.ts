import { type AccessSource, accessRaster, accessVideoFilters } from '#core/ffmpeg/access-copy-arguments.ts';
import { filterText } from '#core/ffmpeg/escape.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import { colourOf } from '#core/ffmpeg/recorder-arguments.ts';
import type { CopyRequest } from './compare-copy.ts';

export interface AccessPair {
  ffmpegPath: string;
  ffprobePath: string;
  masterPath: string;
  accessPath: string;
  source: AccessSource;
  /** Frames of the master. */
  frames: number;
  audioChannels: number;
  onProgress?: ((pairs: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** A master and its access copy, as the recipe would have it: the recipe's own filters make of the master what the copy should hold. */
export async function accessRequest(pair: AccessPair): Promise<CopyRequest> {
  const { ffmpegPath, ffprobePath, masterPath, accessPath, source, frames, audioChannels, signal } = pair;
  const [master, copy] = await Promise.all([
    probe(ffprobePath, masterPath, { signal }),
    probe(ffprobePath, accessPath, { signal }),
  ]);
  const raster = accessRaster(source);
  const [stream, found] = [master.video[0], copy.video[0]];
  const shape = stream?.sampleAspect ?? { num: 1, den: 1 };
  const width = raster.width ?? 2 * Math.round(((stream?.width ?? 0) * shape.num) / shape.den / 2);
  const height = raster.keptLines;
  const isDoubled = source.video.fieldOrder !== 'progressive';
  const isOtherSize = found?.width !== width || found.height !== height;
  return {
    ...{ ffmpegPath, ffprobePath, pathA: masterPath, pathB: accessPath },
    filtersA: accessVideoFilters(source),
    // Another raster has its own line; the pictures are compared all the same.
    filtersB: [
      ...(isOtherSize ? [filterText('scale', { w: width, h: height, flags: 'lanczos' })] : []),
      'format=yuv420p',
      'setsar=1',
    ],
    expected: {
      frames: isDoubled ? 2 * frames : frames,
      frameRate: raster.frameRate,
      ...{ width, height, isDoubled, audioChannels },
      isRecipe: true,
      colour: source.essence === 'copy' ? undefined : colourOf(source.profile.master, source.video),
    },
    describedA: master,
    describedB: copy,
    onProgress: pair.onProgress,
    signal,
  };
}
