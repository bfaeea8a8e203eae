import type { MasterCheckResult, MasterFinding } from '#core/essence/master-check.ts';
import type { MasterScan } from '#core/essence/scan-master.ts';
import type { Severity } from '#shared/domain/qc.ts';

/** What one read of a Matroska file told, and what its seal says where there is one. */
export interface FileEvidence {
  scan: Pick<MasterScan, 'facts' | 'ffv1'>;
  /** The seal's checks by their id; those of the file's own structure where it has no seal. */
  checks: ReadonlyMap<string, MasterCheckResult>;
  isSealed: boolean;
  /** A master for keeping: it has a seal, or it is FFV1. What others make of Matroska is judged for damage only. */
  isMaster: boolean;
}

/** What a rule of the file found. `severity` counts only where it does not hold. */
export interface FileFinding extends MasterFinding {
  severity: Severity;
}

/** A rule that is judged once for the whole file: a file beside this one, and a line in registry.ts. */
export interface FileCheck {
  id: string;
  /** Keys of shared/i18n. */
  titleKey: string;
  explanationKey: string;
  /** What to do where the rule does not hold: a sentence. */
  remedy: string;
  /** What it finds follows from a structure that is damaged: while that does not hold, its own remedy would hide what is missing. */
  followsDamage?: boolean;
  /** Undefined where the rule does not apply. */
  judge(evidence: FileEvidence): FileFinding | undefined;
}
