import type { QcProfile } from '#shared/domain/profiles.ts';
import {
  countEvents,
  type NotJudged,
  type ProgrammeLoudness,
  type QcEvent,
  type QcResult,
  type ShownEvent,
  severities,
} from '#shared/domain/qc.ts';
import { formatRational } from '#shared/domain/rational.ts';
import type { Check, Finding } from './check.ts';
import { checks } from './checks/registry.ts';
import { atEndsOfTape } from './ends-of-tape.ts';
import { whyNotJudged } from './not-judged.ts';
import { programmeLoudness } from './programme-loudness.ts';
import { judgedChannelsOf, type Series } from './series.ts';

/** What a profile's checks found, which were applied, and which could not be. */
export interface Judged {
  profile: QcResult['profile'];
  checks: string[];
  /** Those that this material says nothing to, and why. */
  notJudged: NotJudged[];
  events: QcEvent[];
}

/** The same of a whole tape, with what is only known at its end. */
export interface JudgedTape extends Judged {
  loudness: ProgrammeLoudness[];
}

/** Applies every enabled check, one after the other: columns are let go of between them. Pure: the same samples and profile give the same events. In order of start, then check. */
export function judge(series: Series, profile: QcProfile): Judged {
  const found = new Map<string, readonly Finding[]>();
  const notJudged: NotJudged[] = [];
  for (const check of checks as readonly Check[]) {
    const settings = profile.checks[check.id];
    if (settings?.enabled === false) continue;
    const reason = whyNotJudged(check, series);
    const isThere = reason !== 'no-picture' && reason !== 'no-sound';
    const findings = !isThere ? [] : check.evaluate(series, limitsOf(check, settings?.limits ?? {}), found);
    series.release?.();
    // What was found in part of what it looks for was judged: a picture that rolls is lost, also where its lines cannot be laid side by side.
    if (reason && findings.length === 0) {
      notJudged.push({ check: check.id, reason });
      continue;
    }
    found.set(
      check.id,
      findings.map((finding) => capped(finding, settings ?? {}, series)),
    );
  }
  const events = [...found].flatMap(([check, findings]) =>
    findings.map((finding) => ({ check, ...finding })),
  );
  events.sort((a, b) => a.startFrame - b.startFrame || a.check.localeCompare(b.check));
  const { id, name } = profile;
  return { profile: { id, name }, checks: [...found.keys()], notJudged, events };
}

/** Judges a whole tape: `judge`, and how loud it is. */
export function judgeTape(series: Series, profile: QcProfile): JudgedTape {
  const judged = judge(series, profile);
  const events = judged.events.map((event) => atEndsOfTape(event, series));
  return { ...judged, events, loudness: programmeLoudness(series) };
}

/** Puts a word on the events that are meant to be so. */
export type MarkEvents = (events: readonly QcEvent[]) => ShownEvent[];

/** The document that `helical qc` gives. What is meant to be so stays in it and counts as nothing else. */
export function toResult(
  file: string,
  series: Pick<Series, 'frames' | 'frameRate' | 'standard'>,
  judged: JudgedTape,
  mark?: MarkEvents,
): QcResult {
  const events = mark?.(judged.events) ?? judged.events;
  return {
    file,
    frames: series.frames,
    fps: formatRational(series.frameRate),
    standard: series.standard,
    profile: judged.profile,
    events,
    loudness: judged.loudness,
    summary: { ...countEvents(events), checks: judged.checks, notJudged: judged.notJudged },
  };
}

type Cap = Pick<
  QcProfile['checks'][string],
  'severityAtMost' | 'because' | 'onlyChannels' | 'notOfAllChannels'
>;

/** What is normal for this kind of tape weighs no more than the profile says, and the message says why. */
function capped(
  finding: Finding,
  { severityAtMost, because, onlyChannels, notOfAllChannels }: Cap,
  series: Series,
): Finding {
  if (severityAtMost === undefined) return finding;
  if (onlyChannels && !finding.channels?.every((channel) => onlyChannels.includes(channel))) return finding;
  const isOfAll = judgedChannelsOf(series).every((channel) => finding.channels?.includes(channel));
  if (notOfAllChannels && isOfAll) return finding;
  const isGraver = severities.indexOf(finding.severity) > severities.indexOf(severityAtMost);
  const normal = because ? ` Normal for this kind of tape: ${because.what}` : '';
  return {
    ...finding,
    severity: isGraver ? severityAtMost : finding.severity,
    message: `${finding.message}${normal}`,
  };
}

function limitsOf(check: Check, set: Record<string, { value: number }>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(check.limits).map(([name, limit]) => [name, set[name]?.value ?? limit.value]),
  );
}
