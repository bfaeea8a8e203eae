import { barsReading } from './bars-reading.ts';
import { codeUse } from './code-use.ts';
import { fieldLead } from './field-lead.ts';
import type { PictureInstrumentKind } from './instrument.ts';
import { pictureNoise } from './picture-noise.ts';
import { smoothLevels } from './smooth-levels.ts';

/** Every instrument for pictures, in the order of the sample store's columns. */
export const pictureInstruments: readonly PictureInstrumentKind[] = [
  pictureNoise,
  smoothLevels,
  codeUse,
  fieldLead,
  barsReading,
];
