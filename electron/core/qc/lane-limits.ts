import type { QcProfile } from '#shared/domain/profiles.ts';
import type { Check, Limit } from './check.ts';
import { audioClipping } from './checks/audio-clipping.ts';
import { black } from './checks/black.ts';
import { broadcastRange } from './checks/broadcast-range.ts';
import { clampedLevels } from './checks/clamped-levels.ts';
import { colorBars } from './checks/color-bars.ts';
import { deadChannel } from './checks/dead-channel.ts';
import { dualMono } from './checks/dual-mono.ts';
import { eightInTen } from './checks/eight-in-ten.ts';
import { fieldOrder } from './checks/field-order.ts';
import { headSwitching } from './checks/head-switching.ts';
import { hum } from './checks/hum.ts';
import { ltcOnAudio } from './checks/ltc-on-audio.ts';
import { lumaOver } from './checks/luma-over.ts';
import { lumaUnder } from './checks/luma-under.ts';
import { oversaturation } from './checks/oversaturation.ts';
import { phaseInversion } from './checks/phase-inversion.ts';
import { silence } from './checks/silence.ts';
import { skewError } from './checks/skew-error.ts';
import { syncLoss } from './checks/sync-loss.ts';
import { toneLeak } from './checks/tone-leak.ts';
import { trackingError } from './checks/tracking-error.ts';
import { videoDropout } from './checks/video-dropout.ts';
import { onScaleOf, type SeriesDescription } from './series.ts';

/** A limit as a line across a graph: the check looks at what lies beyond it, on this side. */
export interface LaneLimit extends Limit {
  /** Column of the sample store, audio without its channel. */
  measure: string;
  check: string;
  name: string;
  side: 'above' | 'below';
}

interface Line {
  measure: string;
  check: Check;
  name: string;
  side: 'above' | 'below';
  /** -1: the limit holds for the size of a value, and this is its other half. */
  sign: 1 | -1;
}

type NamesOf<C> = C extends Check<infer Name> ? Name : never;

function line<C extends Check<never>>(
  check: C,
  name: NamesOf<C>,
  side: Line['side'],
  measure: string,
  sign: Line['sign'] = 1,
): Line {
  return { check: check as Check, name, side, measure, sign };
}

/** Both halves of a limit for the size of a value. */
function eitherSide<C extends Check<never>>(check: C, name: NamesOf<C>, measure: string): Line[] {
  return [line(check, name, 'above', measure), line(check, name, 'below', measure, -1)];
}

/**
 * The limits that can be drawn: those held against a measure as it is stored. Others hold for seconds, for a stretch as a whole, or
 * beside what is usual on the tape, and would be a line that means nothing.
 */
const lines: readonly Line[] = [
  line(syncLoss, 'tornShare', 'above', 'tornShare'),
  line(syncLoss, 'surelyTornShare', 'above', 'tornShare'),
  line(trackingError, 'leastRows', 'above', 'noisyBandRows'),
  line(trackingError, 'failRows', 'above', 'noisyBandRows'),
  line(videoDropout, 'leastPixels', 'above', 'streakPixels'),
  line(videoDropout, 'failLines', 'above', 'streakLines'),
  ...eitherSide(skewError, 'bendPixels', 'topBendPixels'),
  line(headSwitching, 'leastRows', 'above', 'headChangeRows'),
  line(black, 'maximumCodes', 'below', 'yMax'),
  line(black, 'highCodes', 'below', 'yHigh'),
  line(black, 'lowCodes', 'below', 'yLow'),
  ...eitherSide(fieldOrder, 'lead', 'fieldLead'),
  line(oversaturation, 'saturationCodes', 'above', 'satPercentile99'),
  line(oversaturation, 'gamutShare', 'above', 'gamutShare'),
  line(lumaOver, 'noteCodes', 'above', 'yBrightest'),
  line(lumaOver, 'warnCodes', 'above', 'yBrightest'),
  line(lumaOver, 'railCodes', 'above', 'yMax'),
  line(lumaUnder, 'noteCodes', 'below', 'yDarkest'),
  line(lumaUnder, 'warnCodes', 'below', 'yDarkest'),
  line(lumaUnder, 'railCodes', 'below', 'yMin'),
  line(broadcastRange, 'share', 'above', 'brng'),
  line(clampedLevels, 'pileShare', 'above', 'floorPile'),
  line(clampedLevels, 'pileShare', 'above', 'ceilingPile'),
  line(eightInTen, 'share', 'above', 'eightBitShare'),
  ...eitherSide(colorBars, 'lumaShare', 'barsLumaError'),
  ...eitherSide(colorBars, 'chromaDb', 'barsChromaGain'),
  ...eitherSide(colorBars, 'hueDegrees', 'barsHueError'),
  line(ltcOnAudio, 'leastWords', 'above', 'ltcWords'),
  line(deadChannel, 'deadDbfs', 'below', 'rmsDbfs'),
  line(silence, 'levelDbfs', 'below', 'peakDbfs'),
  line(audioClipping, 'peakDbfs', 'above', 'peakDbfs'),
  line(audioClipping, 'fullScaleSamples', 'above', 'clippedSamples'),
  line(phaseInversion, 'correlation', 'below', 'correlation'),
  line(dualMono, 'correlation', 'above', 'correlation'),
  line(hum, 'levelDbfs', 'above', 'hum50Dbfs'),
  line(hum, 'levelDbfs', 'above', 'hum60Dbfs'),
  line(toneLeak, 'levelDbfs', 'above', 'toneDbfs'),
];

/**
 * The limits in force for material that is judged by a profile, as lines across its graphs: the profile's own where it has one,
 * with its source, otherwise the check's. Codes are on the scale of the material. A check that is switched off has none.
 */
export function laneLimits(profile: Pick<QcProfile, 'checks'>, series: SeriesDescription): LaneLimit[] {
  return lines.flatMap(({ measure, check, name, side, sign }) => {
    const settings = profile.checks[check.id];
    const limit = settings?.limits?.[name] ?? check.limits[name];
    if (settings?.enabled === false || limit === undefined) return [];
    const isTenBit = limit.unit === 'code, 10 bit';
    const value = sign * (isTenBit ? onScaleOf(series, limit.value) : limit.value);
    const unit = isTenBit ? 'code' : limit.unit;
    return [{ measure, check: check.id, name, side, value, unit, source: limit.source }];
  });
}
