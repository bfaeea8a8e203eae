import { soundClipping } from './clipping.ts';
import type { SoundInstrumentKind } from './instrument.ts';
import { soundLevels } from './levels.ts';
import { soundLoudness } from './loudness.ts';
import { mainsHum } from './mains-hum.ts';
import { pairCorrelation } from './pair-correlation.ts';
import { shortLevel } from './short-level.ts';
import { steadyTone } from './steady-tone.ts';
import { timeCode } from './time-code.ts';
import { soundTruePeak } from './true-peak.ts';

/** Every instrument for sound, in the order of the sample store's columns. */
export const soundInstruments: readonly SoundInstrumentKind[] = [
  soundLevels,
  soundLoudness,
  soundClipping,
  shortLevel,
  pairCorrelation,
  mainsHum,
  steadyTone,
  timeCode,
  soundTruePeak,
];
