import { runFfmpeg } from '#core/ffmpeg/run.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { type ReportSource, secondsOf } from './report-source.ts';

const widestPixels = 360;

/**
 * A frame as a small JPEG in the shape in which it is seen, as a `data:` address for a page that stands alone. Undefined where the
 * file gives no picture there, as behind a cut. Throws HelicalError FFMPEG_MISSING; whatever else ffmpeg cannot do is a still less.
 */
export async function stillOf(source: ReportSource, frame: number): Promise<string | undefined> {
  if (!source.media) return undefined;
  const { path, ffmpegPath } = source.media;
  // Half a frame early: containers round times, and the first frame at or behind it is meant.
  const fromS = Math.max(0, secondsOf(source.series, frame - 0.5));
  const end = await runFfmpeg(ffmpegPath, [
    ...['-v', 'error', '-ss', fromS.toFixed(6), '-i', path, '-map', '0:v:0', '-frames:v', '1'],
    // Stored pixels are not square on SD tape; even sizes, as JPEG with halved chroma needs.
    ...[
      '-vf',
      `scale=w='2*trunc(min(${widestPixels},iw*max(1,sar))/2)':h='2*trunc(ow*ih/(iw*if(sar,sar,1))/2)',setsar=1`,
    ],
    ...['-f', 'image2pipe', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-q:v', '4', 'pipe:1'],
  ]);
  if (end.reason === 'missing') {
    throw new HelicalError('FFMPEG_MISSING', {
      problem: `ffmpeg cannot be started: ${end.lastError}.`,
      remedy: 'Run helical doctor to see which ffmpeg is in use.',
    });
  }
  if (end.reason !== 'finished' || end.stdout.length === 0) return undefined;
  return `data:image/jpeg;base64,${end.stdout.toString('base64')}`;
}
