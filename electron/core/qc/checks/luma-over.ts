import type { Check, Finding } from '../check.ts';
import { createDamageLeaver, createStreakTest } from '../damaged-frames.ts';
import { createGates } from '../gates.ts';
import { createTellingTest } from '../narrow-band.ts';
import { createLevelTest, nominal } from '../nominal-level.ts';
import { evidenceNumber, findRuns, lengthInWords, lengthOf, maximumIn } from '../runs.ts';
import { framesIn, onScaleOf, type Series } from '../series.ts';

/**
 * White is too bright: areas of the active picture lie above nominal white, specks and noise not counted. Within EBU R 103's
 * tolerance it is a note, above it a warning: there a converter or the next machine cuts it off. Small highlights count where
 * they reach the end of the scale, which noise and the overshoot of edges do not; where a flat white lies right, only edges can have got there.
 */
export const lumaOver: Check<LimitName> = {
  id: 'luma-over',
  medium: 'video',
  titleKey: 'qc.check.lumaOver.title',
  explanationKey: 'qc.check.lumaOver.explanation',
  needs: ['yBrightest'],
  sees: ['yBrightest'],
  evidence: ['frames', 'yBrightest', 'limitCodes'],
  limits: {
    noteCodes: {
      value: 960,
      unit: 'code, 10 bit',
      source: 'Own: 2 % above nominal white (BT.601: 940), which no setting of a deck is exact to',
    },
    warnCodes: { value: 984, unit: 'code, 10 bit', source: 'EBU R 103: 246 of 255' },
    railCodes: { value: 1015, unit: 'code, 10 bit', source: 'SDI ends at 1019 (ITU-R BT.656); own margin' },
    leastShare: { value: 0.0005, unit: 'share', source: 'Own: 200 samples of a PAL picture' },
    noiseReach: { value: 5.5, unit: 'factor', source: 'Own: noise of nominal white does not reach further' },
    minimumSeconds: { value: 0.2, unit: 's', source: 'Own: a photographer’s flash is no wrong level' },
    bridgeSeconds: { value: 0.4, unit: 's', source: 'Own: what moves before a highlight does not end it' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const besideDamage = createDamageLeaver(
      series,
      earlier,
      createTellingTest(series, 'white', limits.noteCodes),
    );
    const isStreaked = createStreakTest(series.frames, earlier);
    const { bars } = createGates(series);
    const level = series.column('yBrightest');
    const [note, warn] = [onScaleOf(series, limits.noteCodes), onScaleOf(series, limits.warnCodes)];
    const isFar = (frame: number) => (level[frame] as number) > note;
    const isCut = createCeilingTest(series, limits);
    const isOutside = (frame: number) => !bars[frame] && (isFar(frame) || isCut(frame));
    const runs = findRuns(series.frames, isOutside, {
      minimumFrames: framesIn(series, limits.minimumSeconds),
      bridgeFrames: framesIn(series, limits.bridgeSeconds),
    });
    return runs
      .flatMap((run) => besideDamage(run) ?? [])
      .filter((run) => !(isStreaked(run) && !isFar(run.startFrame)))
      .map((run) => {
        const highest = maximumIn(isFar(run.startFrame) ? level : series.column('yMax'), run);
        return {
          ...run,
          severity: highest > warn ? 'warn' : 'info',
          confidence: highest > warn ? 0.9 : 0.7,
          evidence: { frames: lengthOf(run), yBrightest: evidenceNumber(highest), limitCodes: note },
          message: `White reaches code ${Math.round(highest)} for ${lengthInWords(run)}: ${highest > warn ? 'turn the video level down and play it again' : 'EBU R 103 tolerates it'}.`,
        };
      });
  },
};

type LimitName =
  | 'noteCodes'
  | 'warnCodes'
  | 'railCodes'
  | 'leastShare'
  | 'noiseReach'
  | 'minimumSeconds'
  | 'bridgeSeconds';

/** Samples at the end of the scale, more than single ones, and not by noise. */
function createCeilingTest(series: Series, limits: Record<LimitName, number>): (frame: number) => boolean {
  const [most, share, noise] = [series.column('yMax'), series.column('brng'), series.column('yNoise')];
  const [rail, white] = [onScaleOf(series, limits.railCodes), onScaleOf(series, nominal.white)];
  const isRight = createLevelTest(series, 'white');
  const [tenth, brightest] = [series.column('yLow'), series.column('yBrightest')];
  const black = onScaleOf(series, nominal.black);
  // Where a tenth of the picture lies below black the share tells nothing of white: then an area has to be beyond it.
  const isShared = (frame: number) =>
    (share[frame] as number) >= limits.leastShare &&
    !((tenth[frame] as number) < black && (brightest[frame] as number) <= white);
  return (frame) =>
    !isRight(frame) &&
    (most[frame] as number) >= rail &&
    isShared(frame) &&
    (most[frame] as number) - white > limits.noiseReach * (noise[frame] as number);
}
