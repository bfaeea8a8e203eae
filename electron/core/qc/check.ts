import type { QcEvent, Severity } from '#shared/domain/qc.ts';
import type { Series } from './series.ts';

/** A limit of a check, with where the number comes from. */
export interface Limit {
  value: number;
  unit: string;
  source: string;
}

/**
 * One check: a pure function from samples to named events. Adding one = a file in checks/, a line in
 * checks/registry.ts, rows in checks/conformance.test.ts.
 */
export interface Check<Name extends string = string> {
  id: string;
  medium: 'video' | 'audio';
  /** Keys of shared/i18n: a title, and what the check finds and how, in plain words. */
  titleKey: string;
  explanationKey: string;
  /** Measures without which it has nothing to say; audio measures without their channel. */
  needs: readonly string[];
  /** Those of them that it looks with: where one was taken on no frame, it says that it did not judge. */
  sees: readonly string[];
  /** What beside itself it holds a channel against; absent: nothing. */
  compares?: 'channels' | 'picture';
  /** What every event of it carries, at least, as evidence. */
  evidence: readonly string[];
  /** Used where the profile says nothing. Codes are on the 10-bit scale. */
  limits: Record<Name, Limit>;
  /** `earlier` holds what the checks above this one in the registry found: gates (no black where the signal is lost). */
  evaluate(
    series: Series,
    limits: Record<Name, number>,
    earlier: ReadonlyMap<string, readonly Finding[]>,
  ): Finding[];
}

/** What a check says; the runner adds the check's id. */
export type Finding = Omit<QcEvent, 'check'> & { severity: Severity };
