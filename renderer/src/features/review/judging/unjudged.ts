import type { ShownEvent } from '#shared/domain/qc.ts';

/** Kinds that a line can name; of the others only the number is told. */
const mostNames = 4;

/** Of one severity: how many nobody has judged, and the checks to name, those with the longest findings first. */
export interface Unjudged {
  severity: ShownEvent['severity'];
  events: number;
  checks: string[];
  /** Checks that are not named. */
  more: number;
}

/** What nobody has judged, the gravest first: every check of a fault is named, of the rest as many as a line still holds. */
export function unjudgedBySeverity(open: readonly ShownEvent[]): Unjudged[] {
  let named = 0;
  return (['fail', 'warn', 'info'] as const).flatMap((severity) => {
    const own = open
      .filter((event) => event.severity === severity)
      .toSorted((a, b) => b.endFrame - b.startFrame - (a.endFrame - a.startFrame));
    if (own.length === 0) return [];
    const checks = [...new Set(own.map(({ check }) => check))];
    const shown = severity === 'fail' ? checks : checks.slice(0, Math.max(0, mostNames - named));
    named += shown.length;
    return [{ severity, events: own.length, checks: shown, more: checks.length - shown.length }];
  });
}
