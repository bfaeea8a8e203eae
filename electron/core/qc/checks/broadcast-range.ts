import type { Check, Finding } from '../check.ts';
import { createDamageLeaver } from '../damaged-frames.ts';
import { runsBeyondExcuse } from '../excused-runs.ts';
import { createGates } from '../gates.ts';
import { createTellingTest } from '../narrow-band.ts';
import { createLevelTest } from '../nominal-level.ts';
import { evidenceNumber, lengthInWords, lengthOf, maximumIn, minimumIn } from '../runs.ts';
import { framesIn, onScaleOf } from '../series.ts';

/**
 * More than one per cent of the active picture lies outside the nominal range. Noise alone puts half of a black picture there, so areas
 * have to leave it too: in luma, or as colours that no red, green and blue give. Within what EBU R 103 tolerates it is a
 * note. An archive keeps it as it is; whoever makes a broadcast of it has to know.
 */
export const broadcastRange: Check<LimitName> = {
  id: 'broadcast-range',
  medium: 'video',
  titleKey: 'qc.check.broadcastRange.title',
  explanationKey: 'qc.check.broadcastRange.explanation',
  needs: ['brng', 'yDarkest', 'yBrightest', 'gamutShare', 'satPercentile99'],
  sees: ['brng'],
  evidence: ['frames', 'brng', 'yDarkest', 'yBrightest', 'gamutShare', 'limitShare'],
  limits: {
    share: { value: 0.01, unit: 'share', source: 'QCTools: BRNG over 0.01; EBU R 103: 1 % of the area' },
    highCodes: { value: 952, unit: 'code, 10 bit', source: 'Own: 1.4 % above nominal white (BT.601: 940)' },
    lowCodes: { value: 48, unit: 'code, 10 bit', source: 'Own: 1.8 % below nominal black (BT.601: 64)' },
    warnHighCodes: { value: 984, unit: 'code, 10 bit', source: 'EBU R 103: 246 of 255' },
    warnLowCodes: { value: 20, unit: 'code, 10 bit', source: 'EBU R 103: 5 of 255' },
    strongCodes: { value: 341, unit: 'code, 10 bit', source: 'Own: 75 % colour bars, their shortest vector' },
    wideShare: { value: 0.05, unit: 'share', source: 'Own: five times what EBU R 103 tolerates' },
    plainCodes: {
      value: 300,
      unit: 'code, 10 bit',
      source: 'As oversaturation: below it chroma is not strong, only out of place',
    },
    minimumSeconds: { value: 0.2, unit: 's', source: 'Own: a disturbance is no wrong level' },
    bridgeSeconds: { value: 0.4, unit: 's', source: 'Own: one setting is one event' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const isBelow = createTellingTest(series, 'black', limits.lowCodes);
    const isAbove = createTellingTest(series, 'white', limits.highCodes);
    const besideDamage = createDamageLeaver(series, earlier, (frame) => isBelow(frame) || isAbove(frame));
    const { bars } = createGates(series);
    const column = (id: string) => series.column(id);
    const [low, high, gamut] = [column('yDarkest'), column('yBrightest'), column('gamutShare')];
    const [share, saturation] = [column('brng'), column('satPercentile99')];
    const code = (tenBitCode: number) => onScaleOf(series, tenBitCode);
    const isBlackRight = createLevelTest(series, 'black');
    const isShared = (frame: number) => !bars[frame] && !((share[frame] as number) <= limits.share);
    const isBlackLow = (frame: number) => (low[frame] as number) < code(limits.lowCodes);
    const lumaLeaves = (frame: number) =>
      isShared(frame) &&
      ((isBlackLow(frame) && !isBlackRight(frame)) || (high[frame] as number) > code(limits.highCodes));
    // Tape gives pale colours in white and black that R, G and B do not: nobody sees them.
    const colourLeaves = (frame: number) =>
      ((gamut[frame] as number) > limits.share && (saturation[frame] as number) > code(limits.strongCodes)) ||
      ((gamut[frame] as number) > limits.wideShare &&
        (saturation[frame] as number) > code(limits.plainCodes));
    const leaves = (frame: number) => lumaLeaves(frame) || (!bars[frame] && colourLeaves(frame));
    const isExcused = (frame: number) => isShared(frame) && isBlackLow(frame) && !leaves(frame);
    const runs = runsBeyondExcuse(series.frames, leaves, isExcused, {
      minimumFrames: framesIn(series, limits.minimumSeconds),
      bridgeFrames: framesIn(series, limits.bridgeSeconds),
    });
    return runs
      .flatMap((run) => besideDamage(run) ?? [])
      .map((run) => {
        const [lowest, highest] = [minimumIn(low, run), maximumIn(high, run)];
        const isTolerated =
          lowest >= code(limits.warnLowCodes) &&
          highest <= code(limits.warnHighCodes) &&
          maximumIn(gamut, run) <= limits.share;
        return {
          ...run,
          severity: isTolerated ? 'info' : 'warn',
          confidence: isTolerated ? 0.7 : 0.9,
          evidence: {
            frames: lengthOf(run),
            brng: evidenceNumber(maximumIn(share, run)),
            yDarkest: evidenceNumber(lowest),
            yBrightest: evidenceNumber(highest),
            gamutShare: evidenceNumber(maximumIn(gamut, run)),
            limitShare: limits.share,
          },
          message: `The picture leaves the nominal range for ${lengthInWords(run)}: keep the master as it is, and correct levels in copies for broadcast.`,
        };
      });
  },
};

type LimitName =
  | 'share'
  | 'highCodes'
  | 'lowCodes'
  | 'warnHighCodes'
  | 'warnLowCodes'
  | 'strongCodes'
  | 'wideShare'
  | 'plainCodes'
  | 'minimumSeconds'
  | 'bridgeSeconds';
