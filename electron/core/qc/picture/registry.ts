import { barsReading } from './bars-reading.ts';
import { codeUse } from './code-use.ts';
import { differences } from './differences.ts';
import { fieldComparison } from './field-comparison.ts';
import { fieldLead } from './field-lead.ts';
import type { PictureInstrumentKind } from './instrument.ts';
import { levels } from './levels.ts';
import { lineDamage } from './line-damage.ts';
import { linePosition } from './line-position.ts';
import { motionStep } from './motion-step.ts';
import { outliers } from './outliers.ts';
import { pictureEdges } from './picture-edges.ts';
import { pictureNoise } from './picture-noise.ts';
import { smoothLevels } from './smooth-levels.ts';

/** Every instrument for pictures, in the order of the sample store's columns. */
export const pictureInstruments: readonly PictureInstrumentKind[] = [
  levels,
  differences,
  outliers,
  fieldComparison,
  pictureEdges,
  pictureNoise,
  smoothLevels,
  codeUse,
  fieldLead,
  motionStep,
  barsReading,
  lineDamage,
  linePosition,
];
