import type { QcProfile } from '#shared/domain/profiles.ts';
import { countEvents, type QcEvent, type QcResult, type ShownEvent } from '#shared/domain/qc.ts';
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

/** Puts a word on the events that are meant to be so. */
export type MarkEvents = (events: readonly QcEvent[]) => ShownEvent[];

/** The document that `helical qc` gives. What is meant to be so stays in it and counts as nothing else. */
export function toResult(
  file: string,
  series: Series,
  judged: ReturnType<typeof judge>,
  mark?: MarkEvents,
): QcResult {
  const events = mark?.(judged.events) ?? judged.events;
  return {
    file,
    frames: series.frames,
    fps: formatRational(series.frameRate),
    standard: series.standard,
    events,
    summary: { ...countEvents(events), checks: judged.checks },
  };
}

function limitsOf(check: Check, set: Record<string, { value: number }>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(check.limits).map(([name, limit]) => [name, set[name]?.value ?? limit.value]),
  );
}
