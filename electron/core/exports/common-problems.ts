import { stat } from 'node:fs/promises';
import type { EndReason } from '#shared/domain/pass.ts';
import type { ReviewOutcome } from '#shared/domain/verdict.ts';
import type { PackageProblem } from './archive-profile.ts';
import type { Dossier } from './dossier.ts';
import { differencesFromLog, fileDifferencesFromLog } from './log-differences.ts';
import { logFacts } from './log-facts.ts';
import { durationOf, isShorter, missingSegments } from './pass-choice.ts';

type Finding = Omit<PackageProblem, 'tape'>;

/** What stands against every package, or should be known of it, whatever the archive asks for. */
export async function commonProblems(dossier: Dossier): Promise<PackageProblem[]> {
  const findings = [
    ...tablesDiffer(dossier),
    ...(await missingFiles(dossier)),
    ...severalPasses(dossier),
    ...inSegments(dossier),
    ...endedEarly(dossier),
    ...shorterThanLabel(dossier),
    ...otherStandard(dossier),
    ...notAccepted(dossier),
  ];
  return findings.map((finding) => ({ ...finding, tape: dossier.tape.identifier }));
}

function tablesDiffer({ tape, pass, files, events }: Dossier): Finding[] {
  const facts = logFacts(events, tape.id, pass.id);
  const differences = [...differencesFromLog({ tape, pass }, facts), ...fileDifferencesFromLog(files, facts)];
  return differences.map((message) => ({
    rule: 'tables-differ-from-log',
    level: 'error',
    message,
    where: 'Station: helical log verify, then helical log rebuild',
  }));
}

async function missingFiles({ files }: Dossier): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { path, name, role, sizeBytes } of files) {
    const there = await stat(path).catch((error: NodeJS.ErrnoException) => error);
    const missing =
      there instanceof Error
        ? `${name} (${role}) cannot be read: ${there.code ?? there.message}.`
        : there.size === sizeBytes
          ? undefined
          : `${name} (${role}) has ${there.size} bytes; ${sizeBytes} were registered.`;
    if (missing !== undefined)
      findings.push({ rule: 'file-missing', level: 'error', message: missing, where: path });
  }
  return findings;
}

function severalPasses({ pass, sealedPasses, choiceReason }: Dossier): Finding[] {
  if (sealedPasses.length < 2) return [];
  const all = sealedPasses
    .map(
      (each) =>
        `pass ${each.passNumber}: ${seconds(durationOf(each))}, ${each.droppedFrames} frames dropped, ${each.lostFrames} lost`,
    )
    .join('; ');
  const part = pass.plan?.segment === undefined ? 'The tape' : `Segment ${pass.plan.segment} of the tape`;
  const isLonger = sealedPasses.some((other) => isShorter(pass, other));
  // Somebody who chose has seen the others: what they decided is told, not refused.
  const isDoubtful = isLonger && !pass.chosen;
  const why = pass.chosen
    ? ` It was chosen${choiceReason === '' ? '.' : `: ${choiceReason}`}`
    : isLonger
      ? ' It is shorter than another one, which lost more frames: neither holds the tape.'
      : '';
  return [
    {
      rule: 'several-sealed-passes',
      level: isDoubtful ? 'error' : 'warning',
      message: `${part} has ${sealedPasses.length} sealed passes (${all}). Pass ${pass.passNumber} is delivered.${why}`,
      where: isDoubtful ? 'Capture: play the whole tape again' : 'Review: compare the passes',
    },
  ];
}

/** Segments are packages of their own: nothing here joins what was recorded apart. */
function inSegments({ pass, masters }: Dossier): Finding[] {
  const segment = pass.plan?.segment;
  if (segment === undefined) return [];
  const missing = missingSegments(masters);
  const list = masters.map((each) => `segment ${each.plan?.segment}: pass ${each.passNumber}`).join('; ');
  return [
    {
      rule: 'tape-in-segments',
      level: 'warning',
      message: `The tape is held in segments (${list}). Each is packaged by itself; this package holds segment ${segment}.`,
      where: 'Review: look at the segments',
    },
    ...missing.map((number) => ({
      rule: 'segment-missing',
      level: 'error' as const,
      message: `Segment ${number} of the tape has no sealed pass.`,
      where: 'Capture: record that part of the tape',
    })),
  ];
}

const earlyEnds: { [Reason in EndReason]?: string } = {
  'recorder-died': 'the recorder died',
  'recorder-failed': 'the recorder failed',
  'disk-nearly-full': 'the disk was nearly full',
  'start-not-seen': 'its programme did not begin in time',
  'device-gone': 'the card went away',
  'standard-changed': 'the standard changed in mid tape',
  'source-stalled': 'the source gave nothing any more',
  'ended-from-outside': 'somebody else ended the recorder',
};

function endedEarly({ pass }: Dossier): Finding[] {
  const reason = pass.endReason && earlyEnds[pass.endReason];
  if (!reason) return [];
  return [
    {
      rule: 'ended-early',
      level: 'warning',
      message: `The recording ended after ${pass.frames} frames because ${reason}: the rest of the tape was not recorded.`,
      where: 'Capture: play the whole tape again',
    },
  ];
}

function shorterThanLabel({ tape, masters }: Dossier): Finding[] {
  const durationS = masters.reduce((sum, pass) => sum + durationOf(pass), 0);
  if (tape.durationMin === undefined || durationS >= tape.durationMin * 60 * 0.9) return [];
  return [
    {
      rule: 'shorter-than-label',
      level: 'warning',
      message: `The label claims ${tape.durationMin} minutes; ${masters.length > 1 ? 'its segments hold' : 'the pass holds'} ${seconds(durationS)}.`,
      where: 'Capture: play the whole tape; or Tapes: look at the label again',
    },
  ];
}

/** By the raster only where both name it: SECAM and PAL-60 tapes come in as what the deck made of them. */
function otherStandard({ tape, pass }: Dossier): Finding[] {
  const told = tape.standard;
  if ((told !== 'PAL' && told !== 'NTSC') || told === pass.video.standard) return [];
  return [
    {
      rule: 'standard-mismatch',
      level: 'warning',
      message: `The tape is described as ${told} and was recorded as ${pass.video.standard}.`,
      where: 'Capture: choose the right standard, and play the tape again',
    },
  ];
}

const doubts: Record<Exclude<ReviewOutcome, 'accepted'>, [rule: string, message: string]> = {
  waiting: ['no-verdict', 'Nobody has given a verdict on the pass that is delivered.'],
  asked: ['opinion-open', 'A second opinion on the pass is asked for and not given yet.'],
  disputed: ['verdicts-disagree', 'Those who reviewed the pass disagree.'],
  rejected: ['rejected', 'The pass was rejected.'],
  'capture-again': ['rejected', 'The tape is to be captured again.'],
};

/** What reviewers say is the lab's own matter: the archive is told, and whoever exports decides. */
function notAccepted({ review: { outcome, standing }, personName }: Dossier): Finding[] {
  if (outcome === 'accepted') return [];
  const [rule, message] = doubts[outcome];
  const said = standing.map(
    ({ verdict, reason, givenBy }) =>
      ` ${personName(givenBy)}: ${verdict}${reason === '' ? '.' : `, ${reason}`}`,
  );
  return [{ rule, level: 'warning', message: `${message}${said.join('')}`, where: 'Review: judge the pass' }];
}

function seconds(durationS: number): string {
  const minutes = Math.floor(durationS / 60);
  return minutes === 0 ? `${durationS.toFixed(1)} seconds` : `${minutes} min ${Math.round(durationS % 60)} s`;
}
