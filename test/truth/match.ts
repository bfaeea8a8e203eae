import type { QcEvent } from '#shared/domain/qc.ts';
import { audioFaults } from './faults/audio.ts';
import type { Label, TruthEvent } from './label.ts';

const soundChecks = new Set(audioFaults.map(({ check }) => check));

/** What of an event the scorer looks at. */
export type Claim = Pick<QcEvent, 'check' | 'startFrame' | 'endFrame' | 'severity'> & {
  channels?: readonly number[] | undefined;
};

/** Overlap as a share of both together, from which a claim is about a fault. */
const leastOverlap = 0.3;
/** Or it begins so near to the fault's first frame, and overlaps it: where a long fault was cut short. */
const onsetTolerance = 5;
/** A single frame may be named one too early or too late: whose is the jump between two? */
const slack = 1;

/** How the claims about one tape meet its label. */
export interface Verdict {
  check: string;
  outcome: 'hit' | 'miss' | 'false-alarm';
  truth?: TruthEvent;
  claim?: Claim;
  /** A second claim about a fault that was found already: false too, since a fault is one event. */
  isFragment?: boolean;
}

/** Claims that count: where pictures are small, only those about the sound. */
export function countedClaims(label: Label, claims: readonly Claim[]): readonly Claim[] {
  return label.size ? claims.filter(({ check }) => soundChecks.has(check)) : claims;
}

/**
 * Matches claims with a label, one to one, best overlap first. A claim that meets nothing is a false alarm, at whatever
 * severity, unless the label says that it is true as well; a claim of the same check for another channel at the same
 * frames counts as the same claim.
 */
export function matchTape(label: Label, claims: readonly Claim[]): Verdict[] {
  const merged = mergeChannels(countedClaims(label, claims));
  const pairs = label.events
    .flatMap((truth) => merged.map((claim) => ({ truth, claim, overlap: overlapOf(truth, claim) })))
    .filter(({ truth, claim, overlap }) => isAbout(truth, claim, overlap))
    .toSorted((a, b) => b.overlap - a.overlap);
  const found = new Map<TruthEvent, Claim>();
  const used = new Set<Claim>();
  for (const { truth, claim } of pairs) {
    if (found.has(truth) || used.has(claim)) continue;
    found.set(truth, claim);
    used.add(claim);
  }
  const verdicts: Verdict[] = label.events.map((truth) => {
    const claim = found.get(truth);
    return claim
      ? { check: truth.check, outcome: 'hit', truth, claim }
      : { check: truth.check, outcome: 'miss', truth };
  });
  for (const claim of merged) {
    if (used.has(claim) || isExcused(label, claim)) continue;
    const truth = label.events.find((one) => one.check === claim.check && sharedFrames(one, claim) > 0);
    verdicts.push({
      check: claim.check,
      outcome: 'false-alarm',
      claim,
      ...(truth ? { isFragment: true, truth } : {}),
    });
  }
  return verdicts;
}

function isAbout(truth: TruthEvent, claim: Claim, overlap: number): boolean {
  if (truth.check !== claim.check) return false;
  if (truth.channels && claim.channels && !truth.channels.some((one) => claim.channels?.includes(one))) {
    return false;
  }
  const isNearOnset = Math.abs(truth.startFrame - claim.startFrame) <= onsetTolerance;
  return overlap >= leastOverlap || (isNearOnset && sharedFrames(truth, claim) > 0);
}

/** True besides: at least half of the claim lies where the label says so. */
function isExcused(label: Label, claim: Claim): boolean {
  return label.alsoTrue.some(
    (one) =>
      one.check === claim.check && sharedFrames(one, claim) >= 0.5 * (claim.endFrame - claim.startFrame + 1),
  );
}

interface Stretch {
  startFrame: number;
  endFrame: number;
}

/** Frames that two stretches have in common, the first a little wider than it is. */
function sharedFrames(truth: Stretch, claim: Stretch): number {
  const start = Math.max(truth.startFrame - slack, claim.startFrame);
  const end = Math.min(truth.endFrame + slack, claim.endFrame);
  return Math.max(0, end - start + 1);
}

function overlapOf(truth: Stretch, claim: Stretch): number {
  const start = Math.min(truth.startFrame, claim.startFrame);
  const end = Math.max(truth.endFrame, claim.endFrame);
  return Math.min(1, sharedFrames(truth, claim) / (end - start + 1));
}

function mergeChannels(claims: readonly Claim[]): Claim[] {
  const merged: Claim[] = [];
  for (const claim of claims) {
    const same = merged.find(
      (one) =>
        one.check === claim.check &&
        one.channels &&
        claim.channels &&
        !claim.channels.some((channel) => one.channels?.includes(channel)) &&
        overlapOf(one, claim) >= 0.5,
    );
    if (!same) {
      merged.push({ ...claim });
      continue;
    }
    same.startFrame = Math.min(same.startFrame, claim.startFrame);
    same.endFrame = Math.max(same.endFrame, claim.endFrame);
    same.channels = [...(same.channels ?? []), ...(claim.channels ?? [])];
    if (claim.severity === 'fail') same.severity = 'fail';
  }
  return merged;
}
