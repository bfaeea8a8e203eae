import type { MasterCheck, MasterCheckResult, MasterEvidence } from './master-check.ts';
import { audioFormat, audioLength } from './master-checks/audio-checks.ts';
import { ffv1Intra, ffv1SliceCrc, ffv1Slices, ffv1Version } from './master-checks/ffv1-checks.ts';
import { audioHashes, frameCount, frameHashes, timestamps } from './master-checks/frame-checks.ts';
import { nothingLost } from './master-checks/loss-check.ts';
import {
  matroskaCrc,
  matroskaCues,
  matroskaDuration,
  matroskaStructure,
  matroskaUniqueId,
} from './master-checks/matroska-checks.ts';
import { aspect, colourTags, fieldOrder, raster } from './master-checks/picture-checks.ts';
import { videoTrackOf } from './matroska-facts.ts';

/** The rules of the seal, in the order in which they are shown. A new rule is one line here and one conformance row. */
export const masterChecks = [
  frameHashes,
  audioHashes,
  frameCount,
  timestamps,
  nothingLost,
  matroskaStructure,
  matroskaCrc,
  matroskaCues,
  matroskaDuration,
  matroskaUniqueId,
  ffv1Version,
  ffv1Intra,
  ffv1Slices,
  ffv1SliceCrc,
  raster,
  fieldOrder,
  aspect,
  colourTags,
  audioFormat,
  audioLength,
] as const satisfies readonly MasterCheck[];

/**
 * Judges a master by its facts. Pure. Rules that do not apply (FFV1 rules for a copied DV stream, sound of a silent
 * tape, an expectation that is not set) are left out. `omit` leaves out rules whose evidence was not gathered.
 */
export function runMasterChecks(
  evidence: MasterEvidence,
  options: { omit?: readonly string[] } = {},
): MasterCheckResult[] {
  const video = videoTrackOf(evidence.facts);
  return masterChecks.flatMap((check) => {
    const found = options.omit?.includes(check.id) ? undefined : check.judge(evidence, video);
    return found ? [{ id: check.id, ...found }] : [];
  });
}

/** Whether a master may be sealed: rules were judged and all of them hold. */
export function allHold(results: readonly MasterCheckResult[]): boolean {
  return results.length > 0 && results.every((result) => result.ok);
}
