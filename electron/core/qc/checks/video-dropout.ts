import { counted } from '#shared/i18n/counted.ts';
import type { Check, Finding } from '../check.ts';
import { type DamageLimits, damagedLinesOf } from '../damaged-lines.ts';
import { evidenceNumber, findRuns, lengthOf, maximumIn, type Run } from '../runs.ts';
import { framesIn, type Series } from '../series.ts';
import { type BeliefLimits, believed, leaveSweeps } from '../short-streaks.ts';

/**
 * Oxide is missing or dirty for a part of a line or some lines: streaks that neither the lines of the field above and
 * below nor the frames before and after show, or lines that a dropout compensator filled with the one above.
 */
export const videoDropout: Check<LimitName> = {
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
    const lines = damagedLinesOf(series, limits, earlier);
    const isDamaged = (frame: number) => (lines[frame] as number) > 0;
    leaveSweeps(series, lines, limits);
    const runs = findRuns(series.frames, isDamaged, { bridgeFrames: framesIn(series, limits.bridgeSeconds) });
    return believed(series, runs, lines, limits).map((run) => toFinding(series, run, lines, limits));
  },
};

type LimitName = keyof DamageLimits | keyof BeliefLimits | 'bridgeSeconds' | 'failLines' | 'failFrames';

function toFinding(
  series: Series,
  run: Run,
  lines: Float32Array,
  limits: Record<LimitName, number>,
): Finding {
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
    message: `Dropouts in ${counted(damagedFrames, 'frame')}, up to ${counted(Math.round(mostLinesInFrame), 'line')} in one: clean the tape and play it again; if they stay, they are on the tape.`,
  };
}
