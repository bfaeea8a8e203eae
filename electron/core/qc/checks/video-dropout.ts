import type { Check, Finding } from '../check.ts';
import { framesFoundBy } from '../found-frames.ts';
import { createGates } from '../gates.ts';
import { findHeldFrames } from '../held-frames.ts';
import { quantileOf } from '../quantile.ts';
import { countIn, evidenceNumber, findRuns, lengthOf, maximumIn, type Run } from '../runs.ts';
import { framesIn, type Series } from '../series.ts';

/**
 * Oxide is missing or dirty for a part of a line or some lines: streaks that neither the lines of the field above and
 * below nor the frames before and after show, or lines that a dropout compensator filled with the one above.
 */
export const videoDropout: Check<
  | 'leastPixels'
  | 'mostLines'
  | 'sceneShare'
  | 'leastCopies'
  | 'usualShare'
  | 'busyShare'
  | 'mostUsual'
  | 'chancePixels'
  | 'chanceLines'
  | 'chanceSeconds'
  | 'plainPixels'
  | 'companySeconds'
  | 'aloneFrames'
  | 'sweepPixels'
  | 'besideFrames'
  | 'burstFrames'
  | 'bridgeSeconds'
  | 'bandSeconds'
  | 'failLines'
  | 'failFrames'
> = {
  id: 'video-dropout',
  medium: 'video',
  titleKey: 'qc.check.videoDropout.title',
  explanationKey: 'qc.check.videoDropout.explanation',
  needs: ['streakLines', 'streakLinesKept', 'streakPixels', 'repeatedLines'],
  sees: ['streakLines'],
  evidence: ['frames', 'damagedFrames', 'damagedLines', 'mostLinesInFrame', 'streakPixels', 'limitPixels'],
  limits: {
    leastPixels: {
      value: 40,
      unit: 'pixels',
      source: 'Own: 3 microseconds; shorter ones alone may be sparkle',
    },
    mostLines: { value: 200, unit: 'lines', source: 'Own: a third of the picture: a flash, not a dropout' },
    sceneShare: {
      value: 0.5,
      unit: 'share',
      source: 'Own: of a frame’s streaks; damage does not come back at one place on the next frame',
    },
    leastCopies: {
      value: 4,
      unit: 'lines',
      source: 'Own: in five frames; made noise comes back once or twice',
    },
    usualShare: {
      value: 0.08,
      unit: 'share',
      source: 'Own: of the frames; a tape this full of dropouts shows them as streaks as well',
    },
    busyShare: {
      value: 0.95,
      unit: 'share',
      source: 'Own: chance scatters; the busiest frames are left out',
    },
    mostUsual: { value: 3, unit: 'lines', source: 'Own: of 576; a compensator that is at work repeats more' },
    chancePixels: {
      value: 80,
      unit: 'pixels',
      source:
        'Own: 6 microseconds; noise in a scene makes shorter streaks by chance, a dropout’s are longer as often',
    },
    chanceLines: { value: 3, unit: 'lines', source: 'Own: chance makes one or two in a frame' },
    chanceSeconds: {
      value: 10,
      unit: 's',
      source: 'Own: where short streaks come all along as often as that, short ones say nothing',
    },
    plainPixels: {
      value: 100,
      unit: 'pixels',
      source:
        'Own: 7 microseconds; limbs, letters and tips that sweep past in a shot without blur leave streaks up to that',
    },
    companySeconds: {
      value: 60,
      unit: 's',
      source: 'Own: where a plain one is no farther off, short ones are believed; dropouts come in company',
    },
    aloneFrames: {
      value: 6,
      unit: 'frames',
      source: 'Own: damaged frames of short streaks alone that are believed; a sweep is over sooner',
    },
    sweepPixels: {
      value: 3,
      unit: 'pixels',
      source: 'Own: a frame; what moves so leaves short streaks, near a dropout as well',
    },
    besideFrames: {
      value: 7,
      unit: 'frames',
      source: 'Own: from a plain one; short ones so near are of the same bad place, whatever moves',
    },
    burstFrames: {
      value: 3,
      unit: 'frames',
      source: 'Own: so many of those show streaks where the oxide is bad; a sweep shows one or two',
    },
    bridgeSeconds: { value: 0.5, unit: 's', source: 'Own: dropouts of one bad place belong together' },
    bandSeconds: {
      value: 0.2,
      unit: 's',
      source: 'Own: beside a tracking error; its band comes and goes by lines',
    },
    failLines: { value: 12, unit: 'lines', source: 'Own: lines in a frame that nobody misses' },
    failFrames: {
      value: 25,
      unit: 'frames',
      source: 'Own: damaged frames of one event: the tape wants cleaning',
    },
  },
  evaluate(series, limits, earlier): Finding[] {
    const lines = damagedLines(series, limits, earlier);
    const isDamaged = (frame: number) => (lines[frame] as number) > 0;
    leaveSweeps(series, lines, limits);
    const runs = findRuns(series.frames, isDamaged, { bridgeFrames: framesIn(series, limits.bridgeSeconds) });
    return believed(series, runs, lines, limits).map((run) => toFinding(series, run, lines, limits));
  },
};

type Limits = Parameters<typeof videoDropout.evaluate>[1];

/** Lines damaged in each frame, without what the next frame shows to be part of the scene. */
function damagedLines(
  series: Series,
  limits: Limits,
  earlier: ReadonlyMap<string, readonly Finding[]>,
): Float32Array {
  const [streaks, kept] = [series.column('streakLines'), series.column('streakLinesKept')];
  const [pixels, copies] = [series.column('streakPixels'), series.column('repeatedLines')];
  const { cut } = createGates(series);
  const left = framesFoundBy(earlier, ['signal-loss', 'sync-loss', 'head-clog'], series.frames, 1);
  // A band of noise begins with a few lines, before it is one.
  const bands = framesFoundBy(
    earlier,
    ['tracking-error'],
    series.frames,
    framesIn(series, limits.bandSeconds),
  );
  for (let frame = 0; frame < series.frames; frame++) if (bands[frame]) left[frame] = 1;
  // What a machine held leaps when it lets go.
  const held = findHeldFrames(series);
  for (const { endFrame } of [...held.freezes, ...held.repeats]) left[endFrame + 1] = 1;
  const usualCopies = usualCopiesOf(copies, limits);
  const chance = chanceStreaks(series, limits);
  const lines = new Float32Array(series.frames);
  for (let frame = 0; frame < series.frames; frame++) {
    if (left[frame] || cut[frame] || cut[frame + 1]) continue;
    let damaged = 0;
    const seen = streaks[frame] as number;
    if ((pixels[frame] as number) >= limits.leastPixels && seen <= limits.mostLines && !chance[frame]) {
      // The last frame has no next one: it is believed.
      const stays = frame + 1 < series.frames ? (kept[frame + 1] as number) : 0;
      // Where half of the lines are there again, something went through the picture.
      damaged = stays >= limits.sceneShare * seen ? 0 : seen - (Number.isNaN(stays) ? 0 : stays);
    }
    const copied = (copies[frame] as number) - usualCopies;
    if (
      copied > 0 &&
      copied <= limits.mostLines &&
      sumAround(copies, frame, usualCopies) >= limits.leastCopies
    )
      damaged += copied;
    lines[frame] = damaged;
  }
  return lines;
}

/** Whether a frame has a streak that nothing else makes, or lines that a compensator copied. */
function createPlainTest(series: Series, limits: Limits): (frame: number) => boolean {
  const [pixels, copies] = [series.column('streakPixels'), series.column('repeatedLines')];
  return (frame) =>
    (pixels[frame] as number) >= limits.plainPixels || (copies[frame] as number) >= limits.leastCopies;
}

/**
 * Takes the short streaks of single frames away where the picture moves and no plain one is beside: limbs that sweep past between two dropouts
 * would make one of them. A bad place shows on frame after frame.
 */
function leaveSweeps(series: Series, lines: Float32Array, limits: Limits): void {
  const step = series.column('motionStep');
  const isPlain = createPlainTest(series, limits);
  const damaged = lines.map((count) => (count > 0 ? 1 : 0));
  for (let frame = 0; frame < series.frames; frame++) {
    if (!damaged[frame] || isPlain(frame) || !((step[frame] as number) >= limits.sweepPixels)) continue;
    const beside = { startFrame: frame - limits.besideFrames, endFrame: frame + limits.besideFrames };
    const isBurst = countIn(beside, (near) => damaged[near] === 1) >= limits.burstFrames;
    if (!isBurst && countIn(beside, (near) => damaged[near] === 1 && isPlain(near)) === 0) lines[frame] = 0;
  }
}

/** Runs without those of a few frames whose streaks are all short, unless a plain dropout is near. Copied lines are plain. */
function believed(series: Series, runs: readonly Run[], lines: Float32Array, limits: Limits): Run[] {
  const isPlain = createPlainTest(series, limits);
  const plain = runs.filter((run) => countIn(run, isPlain) > 0);
  const near = framesIn(series, limits.companySeconds);
  return runs.filter(
    (run) =>
      countIn(run, (frame) => (lines[frame] as number) > 0) >= limits.aloneFrames ||
      plain.some((one) => one.startFrame <= run.endFrame + near && one.endFrame >= run.startFrame - near),
  );
}

/**
 * One byte a frame: 1 where its streak says nothing, because short ones come all along: snow on a television in the scene, a fractal or
 * a drawing of fine lines makes them by chance. Dropouts come in bursts, and half of them are longer.
 */
function chanceStreaks(series: Series, limits: Limits): Uint8Array {
  const [streaks, pixels] = [series.column('streakLines'), series.column('streakPixels')];
  const isShort = (frame: number) =>
    (streaks[frame] as number) > 0 &&
    (streaks[frame] as number) < limits.chanceLines &&
    (pixels[frame] as number) < limits.chancePixels;
  const part = Math.max(1, Math.round(framesIn(series, limits.chanceSeconds) / partsAround));
  const parts = new Float32Array(Math.ceil(series.frames / part));
  for (let frame = 0; frame < series.frames; frame++) {
    const at = Math.floor(frame / part);
    if (isShort(frame)) parts[at] = (parts[at] as number) + 1;
  }
  const chance = new Uint8Array(series.frames);
  for (let frame = 0; frame < series.frames; frame++) {
    if (!isShort(frame)) continue;
    const middle = Math.floor(frame / part) - (partsAround >> 1);
    const first = Math.max(0, Math.min(middle, parts.length - partsAround));
    const around = parts.subarray(first, first + partsAround);
    const short = around.reduce((sum, count) => sum + count, 0);
    const isSpread = around.filter((count) => count > 0).length > around.length / 2;
    if (isSpread && around.length > 1 && short >= limits.usualShare * around.length * part) chance[frame] = 1;
  }
  return chance;
}

/** Own: a burst lies in one or two of so many. */
const partsAround = 5;

/**
 * Copied lines in a frame that say nothing of this tape: noise that was made repeats itself, a line or two in many frames,
 * where a compensator repeats many lines in few. 0 for most tapes.
 */
function usualCopiesOf(copies: Float32Array, limits: Limits): number {
  const share = copies.filter((lines) => lines > 0).length / copies.length;
  const most = quantileOf(copies, limits.busyShare);
  return share >= limits.usualShare && most <= limits.mostUsual ? 2 * most + 1 : 0;
}

/** Lines in five frames around one, each without what is usual. */
function sumAround(column: Float32Array, frame: number, usual: number): number {
  let sum = 0;
  for (let at = Math.max(0, frame - 2); at <= Math.min(column.length - 1, frame + 2); at++) {
    const value = (column[at] as number) - usual;
    if (value > 0) sum += value;
  }
  return sum;
}

function toFinding(series: Series, run: Run, lines: Float32Array, limits: Limits): Finding {
  let damagedLines = 0;
  let damagedFrames = 0;
  for (let frame = run.startFrame; frame <= run.endFrame; frame++) {
    damagedLines += lines[frame] as number;
    if ((lines[frame] as number) > 0) damagedFrames++;
  }
  const mostLinesInFrame = maximumIn(lines, run);
  const streakPixels = maximumIn(series.column('streakPixels'), run);
  const isHeavy = mostLinesInFrame >= limits.failLines && damagedFrames >= limits.failFrames;
  return {
    ...run,
    severity: isHeavy ? 'fail' : damagedLines > 1 ? 'warn' : 'info',
    confidence: Math.min(0.95, 0.6 + 0.05 * damagedLines + (streakPixels > 2 * limits.leastPixels ? 0.1 : 0)),
    evidence: {
      frames: lengthOf(run),
      damagedFrames,
      damagedLines: evidenceNumber(damagedLines),
      mostLinesInFrame: evidenceNumber(mostLinesInFrame),
      streakPixels: evidenceNumber(streakPixels),
      limitPixels: limits.leastPixels,
    },
    message: `Dropouts in ${damagedFrames} frames, up to ${Math.round(mostLinesInFrame)} lines in one: clean the tape and play it again; if they stay, they are on the tape.`,
  };
}
