import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import type { Series } from '../series.ts';
import type { Picture, PictureInstrumentKind, PictureRaster } from './instrument.ts';
import { openPictureInstruments } from './open-pictures.ts';
import { createPicture, rawPictureOf, unpackPicture } from './raw-picture.ts';
import { pictureInstruments } from './registry.ts';

export interface DecodedPictures {
  raster: PictureRaster;
  pictures: Picture[];
}

export interface PictureChoice {
  width?: number;
  height?: number;
  pixelFormat?: string;
  frames?: number;
  frameRate?: PictureRaster['frameRate'];
  fieldOrder?: PictureRaster['fieldOrder'];
}

/**
 * Pictures as instruments get them, decoded by ffmpeg into memory (keep them few). `source`: a lavfi graph, such as
 * `testsrc2=s=720x576:r=25,noise=alls=8:allf=t`, or the path of a file (then `width` and `height` must be its own).
 */
export async function decodePictures(
  source: { graph: string } | { path: string },
  choice: PictureChoice = {},
): Promise<DecodedPictures> {
  const { width = 192, height = 144, pixelFormat = 'yuv422p10le', frames = 10 } = choice;
  const { ffmpegPath } = await locateFfmpeg();
  const input = 'graph' in source ? ['-f', 'lavfi', '-i', source.graph] : ['-i', source.path];
  const end = await runTool(
    ffmpegPath,
    [
      ...['-v', 'error', '-nostdin', ...input, '-map', '0:v:0', '-frames:v', String(frames)],
      ...['-fps_mode', 'passthrough', '-pix_fmt', pixelFormat, '-f', 'rawvideo', '-'],
    ],
    { maximumStdoutBytes: 1 << 30 },
  );
  if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
  const raw = rawPictureOf(pixelFormat, width, height);
  if (raw.isConverted) throw new Error(`${pixelFormat} is not planar.`);
  const count = end.stdout.length / raw.pictureBytes;
  if (!Number.isInteger(count) || count === 0) throw new Error(`The pictures are not ${width}x${height}.`);
  // A copy that begins at an even place, as sixteen-bit samples need.
  const bytes = new Uint8Array(end.stdout);
  const pictures = Array.from({ length: count }, (_, at) => {
    const picture = createPicture(raw);
    unpackPicture(bytes.subarray(at * raw.pictureBytes, (at + 1) * raw.pictureBytes), raw, picture);
    return picture;
  });
  const { chromaWidth, chromaHeight, bitDepth } = raw;
  const frameRate = choice.frameRate ?? { num: 25, den: 1 };
  const standard = height === 576 ? 'PAL' : height === 486 || height === 480 ? 'NTSC' : 'other';
  const fieldOrder = choice.fieldOrder ?? 'tff';
  return {
    raster: { width, height, chromaWidth, chromaHeight, bitDepth, fieldOrder, frameRate, standard },
    pictures,
  };
}

/** What instruments (all of the registry, if none are named) say of pictures: columns as checks read them. No sound. */
export function measurePictures(
  { raster, pictures }: DecodedPictures,
  kinds: readonly PictureInstrumentKind[] = pictureInstruments,
): Series & { costMs: { name: string; ms: number }[] } {
  const measures = kinds.flatMap((kind) => kind.measures);
  const columns = new Map(measures.map(({ id }) => [id, new Float32Array(pictures.length)]));
  const open = openPictureInstruments(raster, kinds);
  const values = new Float32Array(measures.length);
  for (const [frame, picture] of pictures.entries()) {
    open.measure(picture, pictures[frame - 1], values, 0);
    for (const [at, { id }] of measures.entries()) {
      (columns.get(id) as Float32Array)[frame] = values[at] as number;
    }
  }
  const { frameRate, bitDepth, standard } = raster;
  return {
    ...{ frames: pictures.length, frameRate, bitDepth, standard, channels: 0 },
    column: (id) => columns.get(id) ?? new Float32Array(pictures.length).fill(Number.NaN),
    costMs: open.costMs(),
  };
}
