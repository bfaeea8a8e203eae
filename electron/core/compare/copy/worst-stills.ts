import { runFfmpeg } from '#core/ffmpeg/run.ts';
import type { WorstFrame } from '#shared/domain/copy-certificate.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { Rational } from '#shared/domain/rational.ts';
import type { CopyRequest } from './compare-copy.ts';

/** Pictures that are shown of a comparison: the worst by either measure, each once. */
const mostStills = 4;
/** A deinterlacer needs those before: so many frames early is far enough. */
const earlierFrames = 3;

/** A pair of stills of one of the worst frames: what was expected, and what the copy has; names beside the page, or `data:` addresses. */
export interface StillPair {
  worst: WorstFrame;
  expected: string;
  copy: string;
}

/** The same as PNG, pixel for pixel as they were compared. */
export interface WorstStills {
  worst: WorstFrame;
  expected: Buffer;
  copy: Buffer;
}

/** Makes stills of the worst frames. In memory: nothing half-written is left of them. Throws FILE_UNREADABLE. */
export async function worstStills(
  request: Pick<
    CopyRequest,
    'ffmpegPath' | 'pathA' | 'pathB' | 'filtersA' | 'filtersB' | 'expected' | 'signal'
  >,
  worst: readonly WorstFrame[],
): Promise<WorstStills[]> {
  const shown = worst
    .filter(({ frame }, at) => worst.findIndex((other) => other.frame === frame) === at)
    .slice(0, mostStills);
  const { expected, signal, ffmpegPath } = request;
  const perFrame = expected.isDoubled ? 2 : 1;
  const stills: WorstStills[] = [];
  for (const one of shown) {
    const still = { ffmpegPath, frameRate: expected.frameRate, signal };
    stills.push({
      worst: one,
      expected: await stillOf({
        ...still,
        ...{ path: request.pathA, filters: request.filtersA, frame: one.frameOfMaster },
        perFrame,
      }),
      copy: await stillOf({
        ...still,
        ...{ path: request.pathB, filters: request.filtersB, frame: one.frame },
        perFrame: expected.isCopyInterlaced ? perFrame : 1,
      }),
    });
  }
  return stills;
}

async function stillOf(still: {
  ffmpegPath: string;
  path: string;
  filters: readonly string[];
  /** Counted behind the filters, of which each frame of the file gives `perFrame`. */
  frame: number;
  perFrame: number;
  frameRate: Rational;
  signal: AbortSignal | undefined;
}): Promise<Buffer> {
  const { ffmpegPath, path, filters, frame, perFrame, frameRate, signal } = still;
  const from = Math.max(0, Math.floor(frame / perFrame) - earlierFrames);
  const place = frame - from * perFrame;
  // Half a frame early: the first frame at or behind it is meant.
  const seconds = Math.max(0, ((from - 0.5) * perFrame * frameRate.den) / frameRate.num);
  const end = await runFfmpeg(
    ffmpegPath,
    [
      ...['-v', 'error', ...(from > 0 ? ['-ss', seconds.toFixed(6)] : []), '-i', path, '-map', '0:v:0'],
      ...['-vf', [...filters, `select=eq(n\\,${place})`].join(','), '-frames:v', '1'],
      ...['-fps_mode', 'passthrough', '-c:v', 'png', '-pix_fmt', 'rgb24', '-f', 'image2pipe', 'pipe:1'],
    ],
    { signal, nice: 19 },
  );
  if (end.reason === 'finished' && end.stdout.length > 0) return end.stdout;
  if (end.reason === 'aborted') throw signal?.reason ?? new Error('aborted');
  throw new HelicalError('FILE_UNREADABLE', {
    problem: `Frame ${frame} of ${path} could not be made a still: ${end.reason === 'finished' ? 'there is no such picture in it' : end.lastError}.`,
    safe: 'The file was not changed.',
  });
}
