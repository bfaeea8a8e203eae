import type { Check, Finding } from '../check.ts';
import { evidenceNumber, findRuns, lengthInWords, lengthOf, maximumIn, type Run } from '../runs.ts';
import { framesIn, onScaleOf } from '../series.ts';

/**
 * The picture is black. Analogue black always reaches below nominal black, so there is no lower limit. Black is not a
 * fault by itself: works begin and end in it, and some are made of it. It is reported; a person judges. A tape without anything else is looked at.
 */
export const black: Check<
  'maximumCodes' | 'highCodes' | 'lowCodes' | 'bridgeSeconds' | 'blackShare' | 'minimumSeconds' | 'wholeShare'
> = {
  id: 'black',
  medium: 'video',
  titleKey: 'qc.check.black.title',
  explanationKey: 'qc.check.black.explanation',
  needs: ['yMax', 'yHigh', 'yLow'],
  sees: ['yMax'],
  evidence: ['frames', 'yMax', 'yHigh', 'limitYHigh'],
  limits: {
    maximumCodes: { value: 300, unit: 'code, 10 bit', source: 'AV Spex: YMAX < 300' },
    highCodes: { value: 115, unit: 'code, 10 bit', source: 'AV Spex: YHIGH < 115' },
    lowCodes: { value: 97, unit: 'code, 10 bit', source: 'AV Spex: YLOW < 97' },
    bridgeSeconds: { value: 0.1, unit: 's', source: 'Own: a disturbance does not end it; a picture does' },
    blackShare: { value: 0.9, unit: 'share', source: 'Own: of its frames; a strobing work has fewer' },
    minimumSeconds: {
      value: 1,
      unit: 's',
      source: 'Own: half of what AV Spex and ffmpeg blackdetect ask for; a second of nothing is seen',
    },
    wholeShare: {
      value: 0.95,
      unit: 'share',
      source: 'Own: of the tape; with more, it is a work, or nothing was connected',
    },
  },
  evaluate(series, limits, earlier): Finding[] {
    const [maximum, high, low] = [series.column('yMax'), series.column('yHigh'), series.column('yLow')];
    const limit = {
      maximum: onScaleOf(series, limits.maximumCodes),
      high: onScaleOf(series, limits.highCodes),
      low: onScaleOf(series, limits.lowCodes),
    };
    const lost = new Uint8Array(series.frames);
    for (const run of earlier.get('signal-loss') ?? []) lost.fill(1, run.startFrame, run.endFrame + 1);
    const isBlack = (frame: number) =>
      lost[frame] === 0 &&
      (maximum[frame] as number) < limit.maximum &&
      (high[frame] as number) < limit.high &&
      (low[frame] as number) < limit.low;
    const runs = findRuns(series.frames, isBlack, {
      minimumFrames: framesIn(series, limits.minimumSeconds),
      bridgeFrames: framesIn(series, limits.bridgeSeconds),
    }).filter((run) => {
      let count = 0;
      for (let frame = run.startFrame; frame <= run.endFrame; frame++) if (isBlack(frame)) count++;
      return count >= limits.blackShare * lengthOf(run);
    });
    const isWhole = (run: Run) => lengthOf(run) >= limits.wholeShare * series.frames;
    return runs.map((run) => ({
      ...run,
      severity: isWhole(run) ? 'warn' : 'info',
      confidence: 0.95,
      evidence: {
        frames: lengthOf(run),
        yMax: evidenceNumber(maximumIn(maximum, run)),
        yHigh: evidenceNumber(maximumIn(high, run)),
        limitYHigh: limit.high,
      },
      message: isWhole(run)
        ? `Black for ${lengthInWords(run)}, all of the tape: look whether the deck was connected and plays, unless the work is so.`
        : `Black for ${lengthInWords(run)}.`,
    }));
  },
};
