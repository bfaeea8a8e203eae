import type { FileCheck } from './file-check.ts';
import { aspect, audioFormat, colourTags, fieldOrder, slices, unknownElements } from './own-rules.ts';
import {
  audioLength,
  crc,
  cues,
  duration,
  ffv1Intra,
  ffv1SliceCrc,
  ffv1Version,
  raster,
  structure,
  timestamps,
  uniqueId,
} from './sealed-rules.ts';

/** Every rule for a file as a whole, in the order in which it is told. */
export const fileChecks: readonly FileCheck[] = [
  structure,
  crc,
  cues,
  duration,
  uniqueId,
  unknownElements,
  timestamps,
  ffv1Version,
  ffv1Intra,
  slices,
  ffv1SliceCrc,
  raster,
  fieldOrder,
  aspect,
  colourTags,
  audioFormat,
  audioLength,
];

/** What is said of a file in words, beside its rules: what another tool says, what a head announced, and the marks that DV carries itself. */
export const otherFileChecks = [
  { id: 'file-seal', titleKey: 'qc.fileCheck.seal-title', explanationKey: 'qc.fileCheck.seal' },
  {
    id: 'file-mediaconch',
    titleKey: 'qc.fileCheck.mediaconch-title',
    explanationKey: 'qc.fileCheck.mediaconch',
  },
  { id: 'file-changed', titleKey: 'qc.fileCheck.changed-title', explanationKey: 'qc.fileCheck.changed' },
  { id: 'file-decoding', titleKey: 'qc.fileCheck.decoding-title', explanationKey: 'qc.fileCheck.decoding' },
  {
    id: 'slice-errors',
    titleKey: 'qc.fileCheck.slices-wrong-title',
    explanationKey: 'qc.fileCheck.slices-wrong',
  },
  { id: 'file-length', titleKey: 'qc.fileCheck.length-title', explanationKey: 'qc.fileCheck.length' },
  { id: 'dv-errors', titleKey: 'qc.check.dvErrors.title', explanationKey: 'qc.check.dvErrors.explanation' },
] as const;
