import type { Check, Finding } from '../check.ts';
import { framesFoundBy } from '../found-frames.ts';
import { createGates } from '../gates.ts';
import {
  countIn,
  evidenceNumber,
  findRuns,
  lengthInWords,
  lengthOf,
  maximumIn,
  minimumIn,
  type Run,
} from '../runs.ts';
import { framesIn, type Series } from '../series.ts';

/**
 * Nothing holds the picture: lines lie aside of each other, or it rolls up or down. No scene moves lines against each
 * other, and what leaves a scene at the top does not come back at the bottom.
 */
export const syncLoss: Check<
  'tornShare' | 'leastPeakShare' | 'surelyTornShare' | 'leastFrames' | 'bridgeSeconds' | 'failSeconds'
> = {
  id: 'sync-loss',
  medium: 'video',
  titleKey: 'qc.check.syncLoss.title',
  explanationKey: 'qc.check.syncLoss.explanation',
  needs: ['tornShare', 'rollLines'],
  sees: ['tornShare'],
  evidence: ['frames', 'tornShare', 'rollLines', 'limitTornShare'],
  limits: {
    tornShare: {
      value: 0.12,
      unit: 'share',
      source: 'Own: slanting edges tear a twentieth of the lines at most',
    },
    leastPeakShare: {
      value: 0.3,
      unit: 'share',
      source:
        'Own: of the most torn frame of an event; patterns and gradients that turn tear so much, lost sync more',
    },
    surelyTornShare: { value: 0.4, unit: 'share', source: 'Own: a single frame as torn as this is no scene' },
    leastFrames: { value: 3, unit: 'frames', source: 'Own: windows that pass tear one frame or two' },
    bridgeSeconds: { value: 0.4, unit: 's', source: 'Own: a corrector that loses hold finds it in between' },
    failSeconds: { value: 0.4, unit: 's', source: 'Own: longer than a splice or an edit disturbs' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const [torn, roll] = [series.column('tornShare'), series.column('rollLines')];
    const { cut } = createGates(series);
    const lost = framesFoundBy(earlier, ['signal-loss'], series.frames);
    const isBad = (frame: number) =>
      !lost[frame] &&
      ((torn[frame] as number) >= limits.tornShare || (!cut[frame] && Math.abs(roll[frame] as number) > 0));
    const runs = findRuns(series.frames, isBad, { bridgeFrames: framesIn(series, limits.bridgeSeconds) });
    return runs
      .filter((run) => {
        const most = maximumIn(torn, run);
        const rolls = countIn(run, (frame) => Math.abs(roll[frame] as number) > 0);
        if (rolls < limits.leastFrames && !(most >= limits.leastPeakShare)) return false;
        return countIn(run, isBad) >= limits.leastFrames || most >= limits.surelyTornShare;
      })
      .map((run) => toFinding(series, run, limits.tornShare, framesIn(series, limits.failSeconds)));
  },
};

function toFinding(series: Series, run: Run, limitTornShare: number, failFrames: number): Finding {
  const tornShare = maximumIn(series.column('tornShare'), run);
  const roll = series.column('rollLines');
  const rollLines = Math.max(maximumIn(roll, run), -minimumIn(roll, run));
  const isSure = tornShare >= 0.3 || rollLines >= 16;
  const what = rollLines > 0 && tornShare < limitTornShare ? 'rolls' : 'is torn sideways';
  return {
    ...run,
    severity: isSure && lengthOf(run) >= failFrames ? 'fail' : 'warn',
    confidence: isSure ? 0.95 : 0.7,
    evidence: {
      frames: lengthOf(run),
      tornShare: evidenceNumber(tornShare),
      rollLines: evidenceNumber(rollLines),
      limitTornShare,
    },
    message: `The picture ${what} for ${lengthInWords(run)}: clean the tape path, look at tracking, tension and the time base corrector, and play it again.`,
  };
}
