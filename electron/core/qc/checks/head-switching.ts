import type { Check, Finding } from '../check.ts';
import { framesFoundBy } from '../found-frames.ts';
import { heldMaskOf } from '../held-frames.ts';
import { countIn, evidenceNumber, findRuns, lengthOf } from '../runs.ts';
import { framesIn } from '../series.ts';

/**
 * The change of heads shows at the bottom of the picture: lines that lie aside or begin with noise. Usual for formats with
 * two heads (it lies outside what a television shows); reported so that nobody takes it for damage, and so that an
 * access copy can mask it.
 */
export const headSwitching: Check<'leastRows' | 'leastShare' | 'leastSeconds' | 'bridgeSeconds'> = {
  id: 'head-switching',
  medium: 'video',
  titleKey: 'qc.check.headSwitching.title',
  explanationKey: 'qc.check.headSwitching.explanation',
  needs: ['headChangeRows', 'fieldDifLeast'],
  sees: ['headChangeRows'],
  evidence: ['frames', 'rows', 'share', 'limitRows'],
  limits: {
    leastRows: {
      value: 4,
      unit: 'lines',
      source: 'Own: two lines of each field; the last line is a half one',
    },
    leastShare: { value: 0.5, unit: 'share', source: 'Own: of the frames, dark ones included' },
    leastSeconds: {
      value: 1.5,
      unit: 's',
      source: 'Own: what belongs to the deck is there all the time; what moves at the bottom passes',
    },
    bridgeSeconds: { value: 4, unit: 's', source: 'Own: dark scenes hide it' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const rows = series.column('headChangeRows');
    const lost = framesFoundBy(earlier, ['signal-loss', 'sync-loss'], series.frames);
    // Where one head gives noise, its field cannot show the change.
    const clogged = framesFoundBy(earlier, ['head-clog'], series.frames);
    const held = heldMaskOf(series);
    const isJudged = (frame: number) => !(lost[frame] || clogged[frame] || held[frame]);
    const isSeen = (frame: number) => isJudged(frame) && (rows[frame] as number) >= limits.leastRows;
    const leastSeen = limits.leastShare * framesIn(series, limits.leastSeconds);
    const runs = findRuns(series.frames, isSeen, {
      bridgeFrames: framesIn(series, limits.bridgeSeconds),
      minimumFrames: framesIn(series, limits.leastSeconds),
    });
    return runs.flatMap((run): Finding[] => {
      const seen = rows
        .subarray(run.startFrame, run.endFrame + 1)
        .filter((_, at) => isSeen(run.startFrame + at))
        .sort();
      const usual = seen[seen.length >> 1] as number;
      const share = seen.length / countIn(run, isJudged);
      // It stays at its place to a line or two: edges of a scene do not.
      const steady = seen.filter((value) => Math.abs(value - usual) <= 2).length / seen.length;
      if (seen.length < leastSeen || share < limits.leastShare || steady < 0.6) return [];
      return [
        {
          ...run,
          severity: 'info',
          confidence: Math.min(0.95, 0.4 + 0.3 * share + 0.25 * steady),
          evidence: {
            frames: lengthOf(run),
            rows: evidenceNumber(usual),
            share: evidenceNumber(share),
            limitRows: limits.leastRows,
          },
          message: `The change of heads shows in the lowest ${Math.round(usual)} lines: usual for the format, and outside what a television showed; an access copy may mask them.`,
        },
      ];
    });
  },
};
