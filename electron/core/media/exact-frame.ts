import { runFfmpeg } from '#core/ffmpeg/run.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { Rational } from '#shared/domain/rational.ts';

export interface FrameRequest {
  ffmpegPath: string;
  path: string;
  /** Counted from 0 in the order of decoding to the screen. */
  frame: number;
  /** One field alone, at half the height; both where undefined. */
  field?: 'top' | 'bottom' | undefined;
  /**
   * Where every frame is a key frame, and frame N stands at (N + frames that were lost before it) / rate on the file's clock: our
   * own masters. The frame is then found by the index. Undefined: the file is decoded from its beginning and frames are counted.
   */
  seek?: { rate: Rational; lostBefore: number } | undefined;
  /** 16 bit a colour keeps what a 10-bit master holds; 8 is for screens. */
  bitsPerColour: 8 | 16;
  signal?: AbortSignal | undefined;
}

/** One exact frame as PNG, pixel for pixel as stored. Throws NOT_FOUND behind the last frame, FFMPEG_FAILED, FILE_UNREADABLE. */
export async function exactFrame(request: FrameRequest): Promise<Buffer> {
  const { path, frame, field, seek, bitsPerColour } = request;
  const filters = [
    ...(seek === undefined ? [`select=eq(n\\,${frame})`] : []),
    ...(field === undefined ? [] : [`field=type=${field}`]),
    `format=${bitsPerColour === 8 ? 'rgb24' : 'rgb48be'}`,
  ];
  const end = await runFfmpeg(
    request.ffmpegPath,
    [
      ...['-v', 'error'],
      // Half a frame early: Matroska keeps times in whole milliseconds, and the first frame at or behind it is meant.
      ...(seek === undefined ? [] : ['-ss', seekTime(frame + seek.lostBefore, seek.rate)]),
      ...['-i', path, '-map', '0:v:0', '-frames:v', '1', '-fps_mode', 'passthrough'],
      ...['-vf', filters.join(','), '-f', 'image2pipe', '-c:v', 'png', 'pipe:1'],
    ],
    { signal: request.signal },
  );
  if (end.reason === 'finished' && end.stdout.length > 0) return end.stdout;
  if (end.reason === 'finished') {
    throw new HelicalError('NOT_FOUND', `There is no frame ${frame} in ${path}: it ends before.`);
  }
  if (end.reason === 'aborted') throw request.signal?.reason ?? new Error('aborted');
  throw new HelicalError(
    'FILE_UNREADABLE',
    {
      problem: `Frame ${frame} of ${path} cannot be decoded: the file is damaged there.`,
      safe: 'It was not changed.',
      remedy: 'The frames around it may be well; the tape, or another copy of the file, has this one.',
    },
    { cause: new Error(end.lastError) },
  );
}

function seekTime(frame: number, rate: Rational): string {
  return Math.max(0, ((frame - 0.5) * rate.den) / rate.num).toFixed(6);
}
