import type { QcProfile } from '#shared/domain/profiles.ts';
import type { QcEvent, QcResult } from '#shared/domain/qc.ts';
import { formatRational } from '#shared/domain/rational.ts';
import type { Check, Finding } from './check.ts';
import { checks } from './checks/registry.ts';
import type { Series } from './series.ts';

/** Applies every enabled check. Pure: the same samples and profile give the same events. In order of start, then check. */
export function judge(series: Series, profile: QcProfile): { checks: string[]; events: QcEvent[] } {
  const found = new Map<string, readonly Finding[]>();
  for (const check of checks as readonly Check[]) {
    const settings = profile.checks[check.id];
    if (settings?.enabled === false) continue;
    found.set(check.id, check.evaluate(series, limitsOf(check, settings?.limits ?? {}), found));
  }
  const events = [...found].flatMap(([check, findings]) =>
    findings.map((finding) => ({ check, ...finding })),
  );
  events.sort((a, b) => a.startFrame - b.startFrame || a.check.localeCompare(b.check));
  return { checks: [...found.keys()], events };
}

/** The document that `helical qc` gives. */
export function toResult(file: string, series: Series, judged: ReturnType<typeof judge>): QcResult {
  const count = (severity: QcEvent['severity']) =>
    judged.events.filter((event) => event.severity === severity).length;
  return {
    file,
    frames: series.frames,
    fps: formatRational(series.frameRate),
    standard: series.standard,
    events: judged.events,
    summary: { info: count('info'), warn: count('warn'), fail: count('fail'), checks: judged.checks },
  };
}

function limitsOf(check: Check, set: Record<string, { value: number }>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(check.limits).map(([name, limit]) => [name, set[name]?.value ?? limit.value]),
  );
}
