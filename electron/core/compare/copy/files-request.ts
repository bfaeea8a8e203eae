import { filterText } from '#core/ffmpeg/escape.ts';
import type { Ffmpeg } from '#core/ffmpeg/locate.ts';
import { type MediaDescription, probe, type VideoStream } from '#core/ffmpeg/probe.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { equalRational, formatRational, type Rational } from '#shared/domain/rational.ts';
import type { CopyRequest } from './compare-copy.ts';

export interface FilePair {
  ffmpeg: Pick<Ffmpeg, 'ffmpegPath' | 'ffprobePath'>;
  /** Absolute. */
  pathA: string;
  pathB: string;
  offsetFrames?: number | undefined;
  onProgress?: ((pairs: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Two files of which nothing is known: brought to the same rate, raster and format, as an access copy of the one would be. Where one
 * has twice as many pictures a second, the fields of the other become pictures.
 * @throws HelicalError FILE_UNREADABLE; INVALID_INPUT where there is no picture, for rates that no recipe brings together, and for an
 * offset by which no frame is left in both.
 */
export async function filesRequest(pair: FilePair): Promise<CopyRequest> {
  const { ffmpegPath, ffprobePath } = pair.ffmpeg;
  const { pathA, pathB, signal } = pair;
  const [describedA, describedB] = await Promise.all([
    probe(ffprobePath, pathA, { countPackets: true, signal }),
    probe(ffprobePath, pathB, { countPackets: true, signal }),
  ]);
  const [a, b] = [pictureOf(pathA, describedA), pictureOf(pathB, describedB)];
  const doublesA = equalRational(doubled(a.rate), b.rate);
  const doublesB = equalRational(doubled(b.rate), a.rate);
  if (!doublesA && !doublesB && !equalRational(a.rate, b.rate)) throw otherRates(a.rate, b.rate);
  const isSameFormat = a.stream.pixelFormat === b.stream.pixelFormat;
  const format = isSameFormat && b.stream.pixelFormat ? b.stream.pixelFormat : 'yuv420p';
  const side = (one: Picture, isDoubled: boolean): string[] => [
    ...(isDoubled
      ? [filterText('bwdif', { mode: 'send_field', parity: parityOf(one.stream), deint: 'all' })]
      : []),
    // The 480 lines that players expect of NTSC's 486, as the shipped profiles cut them.
    ...(one.stream.height === 486 && b.stream.height === 480
      ? [filterText('crop', { w: 'iw', h: 480, x: 0, y: 4, exact: 1 })]
      : []),
    ...(one.stream.width !== b.stream.width || one.stream.height !== b.stream.height
      ? [filterText('scale', { w: b.stream.width, h: b.stream.height, flags: 'lanczos' })]
      : []),
    'setsar=1',
    `format=${format}`,
  ];
  const packets = describedA.video[0]?.packetCount ?? 0;
  const frames = {
    a: packets * (doublesA ? 2 : 1),
    b: (describedB.video[0]?.packetCount ?? 0) * (doublesB ? 2 : 1),
  };
  refuseApart(pair.offsetFrames ?? 0, frames);
  return {
    ...{ ffmpegPath, ffprobePath, pathA, pathB },
    filtersA: side(a, doublesA),
    filtersB: side(b, doublesB),
    expected: {
      frames: frames.a,
      frameRate: doublesB ? a.rate : b.rate,
      ...{ width: b.stream.width, height: b.stream.height },
      isDoubled: doublesA,
      isCopyInterlaced: doublesB,
      isRecipe: false,
      colour: undefined,
      audioChannels: describedA.audio.reduce((sum, track) => sum + track.channels, 0),
    },
    ...{ describedA, describedB },
    offsetFrames: pair.offsetFrames,
    onProgress: pair.onProgress,
    signal,
  };
}

interface Picture {
  stream: VideoStream;
  rate: Rational;
}

function pictureOf(path: string, { video: [stream] }: MediaDescription): Picture {
  const rate = stream?.averageFrameRate ?? stream?.frameRate;
  if (stream && rate) return { stream, rate };
  throw new HelicalError('INVALID_INPUT', {
    problem: `${path} has no moving picture to compare.`,
    safe: 'Nothing was changed.',
    remedy: 'Choose files with video.',
  });
}

function doubled({ num, den }: Rational): Rational {
  return { num: 2 * num, den };
}

function parityOf({ fieldOrder }: VideoStream): string {
  if (fieldOrder === undefined || fieldOrder === 'progressive' || fieldOrder === 'unknown') return 'auto';
  return fieldOrder.startsWith('b') ? 'bff' : 'tff';
}

/** @throws HelicalError INVALID_INPUT where no frame of A lies on one of B. */
function refuseApart(offsetFrames: number, { a, b }: { a: number; b: number }): void {
  if (Math.max(0, -offsetFrames) < a && Math.max(0, offsetFrames) < b) return;
  throw new HelicalError('INVALID_INPUT', {
    problem: `Moved by ${offsetFrames} frames, these files share none: they have ${a} and ${b}.`,
    safe: 'Nothing was compared.',
    remedy: 'Name a smaller offset, or auto, which finds it out.',
  });
}

function otherRates(a: Rational, b: Rational): HelicalError {
  return new HelicalError('INVALID_INPUT', {
    problem: `One has ${formatRational(a)} pictures a second, the other ${formatRational(b)}: their frames are not the same moments.`,
    safe: 'Nothing was changed.',
    remedy: 'Compare files of the same rate, or one of which the other doubles by its fields.',
  });
}
