import { counted } from '#shared/i18n/counted.ts';
import type { Check, Finding } from '../check.ts';
import { framesFoundBy } from '../found-frames.ts';
import { heldMaskOf } from '../held-frames.ts';
import { countIn, evidenceNumber, findRuns, lengthInWords, lengthOf, overlaps, type Run } from '../runs.ts';
import { framesIn, type Series } from '../series.ts';

/**
 * The tension of the tape is wrong, or the tape has shrunk or stretched: the top of the picture hooks to one side, or
 * waves like a flag, and comes back over its first lines. It stays through motion and cuts, as no slanting edge does.
 */
export const skewError: Check<
  | 'bendPixels'
  | 'leastFrames'
  | 'leastSeconds'
  | 'leastShare'
  | 'surelyShare'
  | 'steadyShare'
  | 'lastingSeconds'
  | 'bridgeSeconds'
  | 'mostPixels'
> = {
  id: 'skew-error',
  medium: 'video',
  titleKey: 'qc.check.skewError.title',
  explanationKey: 'qc.check.skewError.explanation',
  needs: ['topBendPixels', 'borderBendPixels', 'fieldDifLeast'],
  sees: ['topBendPixels'],
  evidence: ['frames', 'bendPixels', 'share', 'limitBendPixels'],
  limits: {
    bendPixels: { value: 1.8, unit: 'pixels', source: 'Own: what a time base corrector leaves is under one' },
    leastFrames: { value: 8, unit: 'frames', source: 'Own: frames in which the bend was seen' },
    leastSeconds: {
      value: 0.5,
      unit: 's',
      source: 'Own: after a splice the tension settles within half a second',
    },
    leastShare: { value: 0.45, unit: 'share', source: 'Own: of the frames in which it could be seen at all' },
    surelyShare: {
      value: 0.82,
      unit: 'share',
      source: 'Own: tension stays wrong, and is seen on nearly every frame that shows the top at all',
    },
    steadyShare: {
      value: 0.1,
      unit: 'share',
      source: 'Own: of the bend, from frame to frame: seen on fewer, it must be the same one each time',
    },
    lastingSeconds: {
      value: 0.9,
      unit: 's',
      source: 'Own: tension stays wrong; what leans in a scene moves out of it, or is moved by a pan',
    },
    bridgeSeconds: {
      value: 0.6,
      unit: 's',
      source: 'Own: a waving top passes through the middle, and a scene hides it for a while',
    },
    mostPixels: { value: 90, unit: 'pixels', source: 'Own: further aside the line is torn, not bent' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const held = heldMaskOf(series);
    const left = framesFoundBy(earlier, ['signal-loss', 'sync-loss'], series.frames);
    const unheld = (id: string) =>
      series.column(id).map((pixels, frame) => (held[frame] ? Number.NaN : pixels));
    const bentIn = (pixelsAside: Float32Array) => (frame: number) => {
      const pixels = Math.abs(pixelsAside[frame] as number);
      return !left[frame] && pixels >= limits.bendPixels && pixels <= limits.mostPixels;
    };
    const border = unheld('borderBendPixels');
    const isBorderBent = bentIn(border);
    // Black that bends at both sides is no thing of a scene, so that it need not last.
    const byBorder = findRuns(series.frames, isBorderBent, {
      bridgeFrames: framesIn(series, limits.bridgeSeconds),
      minimumFrames: framesIn(series, limits.leastSeconds),
    }).filter(
      (run) =>
        countIn(run, isBorderBent) >= limits.leastFrames &&
        shareBent(border, isBorderBent, run.startFrame, run.endFrame) >= limits.leastShare,
    );
    const bend = unheld('topBendPixels');
    // Where the blanking of a tape bends with its lines, it is straight where they are.
    if (byBorder.length > 0)
      for (const [frame, pixels] of border.entries())
        if (Math.abs(pixels) < limits.bendPixels) bend[frame] = pixels;
    const isBent = bentIn(bend);
    const half = Math.floor(framesIn(series, limits.leastSeconds) / 2);
    const isMostlyBent = (frame: number) =>
      shareBent(bend, isBent, frame - half, frame + half) >= limits.leastShare;
    const judged = (found: Run): Finding[] => {
      const run = { ...found };
      // The window reaches over the ends, or stops short of them.
      run.startFrame = Math.max(0, run.startFrame - half);
      run.endFrame = Math.min(series.frames - 1, run.endFrame + half);
      // One frame alone that is bent the other way before all that follow has not begun what they show.
      const isStray = (frame: number) =>
        !isBent(frame + 1) && (bend[frame] as number) * nextBent(bend, isBent, frame, run.endFrame) < 0;
      while (run.startFrame < run.endFrame && (!isBent(run.startFrame) || isStray(run.startFrame)))
        run.startFrame++;
      while (run.endFrame > run.startFrame && !isBent(run.endFrame)) run.endFrame--;
      let hits = 0;
      for (let frame = run.startFrame; frame <= run.endFrame; frame++) if (isBent(frame)) hits++;
      if (hits < limits.leastFrames || lengthOf(run) < framesIn(series, limits.lastingSeconds)) return [];
      const share = shareBent(bend, isBent, run.startFrame, run.endFrame);
      if (share < limits.surelyShare && changeOf(bend, isBent, run) > limits.steadyShare) return [];
      return [toFinding(series, run, share, limits.bendPixels)];
    };
    const runs = findRuns(series.frames, isMostlyBent, {
      bridgeFrames: framesIn(series, limits.bridgeSeconds),
    });
    const pieces = findRuns(series.frames, isMostlyBent, { bridgeFrames: 0 });
    // What is no bend as a whole may be one in a piece of it: something that leans came right behind.
    const found = runs.flatMap((run) => {
      const whole = judged(run);
      const within = (piece: Run) => piece.startFrame >= run.startFrame && piece.endFrame <= run.endFrame;
      return whole.length > 0 ? whole : pieces.filter(within).flatMap(judged);
    });
    const others = byBorder.filter((run) => !found.some((finding) => overlaps(finding, run)));
    const shareOf = ({ startFrame, endFrame }: Run) => shareBent(border, isBorderBent, startFrame, endFrame);
    return [
      ...found,
      ...others.map((run) => toFinding(series, run, shareOf(run), limits.bendPixels)),
    ].toSorted((one, other) => one.startFrame - other.startFrame);
  },
};

/** Of the frames between two in which something was measured, those with a bend; 0 where too few were measured. */
function shareBent(bend: Float32Array, isBent: (frame: number) => boolean, from: number, to: number): number {
  let hits = 0;
  let measured = 0;
  for (let frame = Math.max(0, from); frame <= Math.min(bend.length - 1, to); frame++) {
    if (Number.isNaN(bend[frame] as number)) continue;
    measured++;
    if (isBent(frame)) hits++;
  }
  return measured < 4 ? 0 : hits / measured;
}

/** The first bend behind a frame; 0 where there is none up to `last`. */
function nextBent(
  bend: Float32Array,
  isBent: (frame: number) => boolean,
  after: number,
  last: number,
): number {
  for (let frame = after + 1; frame <= last; frame++) if (isBent(frame)) return bend[frame] as number;
  return 0;
}

/** How much a bend changes from one frame that shows it to the next, as a share of it: medians. What leans in a room is measured each time from other edges. */
function changeOf(bend: Float32Array, isBent: (frame: number) => boolean, run: Run): number {
  const sizes: number[] = [];
  const changes: number[] = [];
  for (let frame = run.startFrame; frame <= run.endFrame; frame++) {
    if (!isBent(frame)) continue;
    const size = Math.abs(bend[frame] as number);
    const last = sizes.at(-1);
    if (last !== undefined) changes.push(Math.abs(size - last));
    sizes.push(size);
  }
  if (changes.length === 0) return Number.POSITIVE_INFINITY;
  const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] as number;
  return middle(changes) / middle(sizes);
}

function toFinding(series: Series, run: Run, share: number, limitBendPixels: number): Finding {
  const bends = series
    .column('topBendPixels')
    .subarray(run.startFrame, run.endFrame + 1)
    .filter((pixels) => Math.abs(pixels) >= limitBendPixels)
    .map(Math.abs)
    .sort();
  const bendPixels = bends[bends.length >> 1] as number;
  return {
    ...run,
    severity: 'warn',
    confidence: Math.min(0.95, 0.35 + 0.4 * share + 0.02 * bendPixels),
    evidence: {
      frames: lengthOf(run),
      bendPixels: evidenceNumber(bendPixels),
      share: evidenceNumber(share),
      limitBendPixels,
    },
    message: `The top of the picture bends aside by about ${counted(Math.round(bendPixels), 'pixel')} for ${lengthInWords(run)}: set the skew (tension) of the deck, and use a time base corrector that corrects it.`,
  };
}
