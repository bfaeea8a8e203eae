import type { Check, Finding } from '../check.ts';
import { createDamageTest } from '../damaged-frames.ts';
import { createGates } from '../gates.ts';
import { evidenceNumber, findRuns, lengthOf, maximumIn } from '../runs.ts';
import { framesIn, onScaleOf } from '../series.ts';

/**
 * White is too bright: areas of the active picture lie above nominal white, specks and noise not counted. Within EBU R 103's
 * tolerance it is a note, above it a warning: there a converter or the next machine cuts it off.
 */
export const lumaOver: Check<'noteCodes' | 'warnCodes' | 'minimumSeconds' | 'bridgeSeconds'> = {
  id: 'luma-over',
  medium: 'video',
  titleKey: 'qc.check.lumaOver.title',
  explanationKey: 'qc.check.lumaOver.explanation',
  needs: ['yBrightest'],
  evidence: ['frames', 'yBrightest', 'limitCodes'],
  limits: {
    noteCodes: {
      value: 960,
      unit: 'code, 10 bit',
      source: 'Own: 2 % above nominal white (BT.601: 940), which no setting of a deck is exact to',
    },
    warnCodes: { value: 984, unit: 'code, 10 bit', source: 'EBU R 103: 246 of 255' },
    minimumSeconds: { value: 0.2, unit: 's', source: 'Own: a photographer’s flash is no wrong level' },
    bridgeSeconds: { value: 0.4, unit: 's', source: 'Own: what moves before a highlight does not end it' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const isDamage = createDamageTest(series.frames, earlier);
    const { bars } = createGates(series);
    const level = series.column('yBrightest');
    const [note, warn] = [onScaleOf(series, limits.noteCodes), onScaleOf(series, limits.warnCodes)];
    const runs = findRuns(series.frames, (frame) => (level[frame] as number) > note && !bars[frame], {
      minimumFrames: framesIn(series, limits.minimumSeconds),
      bridgeFrames: framesIn(series, limits.bridgeSeconds),
    });
    return runs
      .filter((run) => !isDamage(run))
      .map((run) => {
        const highest = maximumIn(level, run);
        return {
          ...run,
          severity: highest > warn ? 'warn' : 'info',
          confidence: highest > warn ? 0.9 : 0.7,
          evidence: { frames: lengthOf(run), yBrightest: evidenceNumber(highest), limitCodes: note },
          message: `White reaches code ${Math.round(highest)} for ${lengthOf(run)} frames: turn the video level down and play it again.`,
        };
      });
  },
};
