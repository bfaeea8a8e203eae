import type { Label } from './label.ts';
import { type Claim, countedClaims, matchTape, type Verdict } from './match.ts';

/** What was claimed about one tape, and what is true of it. */
export interface JudgedTape {
  label: Label;
  claims: readonly Claim[];
}

/** Counts of one check over all tapes. */
export interface CheckScore {
  check: string;
  hits: number;
  falseAlarms: number;
  misses: number;
  /** NaN where the check claimed nothing, or where nothing was to be found. */
  precision: number;
  recall: number;
  f1: number;
  /** Median distance of first frames, over the hits. NaN without any. */
  onsetErrorFrames: number;
}

export interface Score {
  checks: CheckScore[];
  /** Mean F1 of the checks that had something to find. */
  averageF1: number;
  /** Claims of severity fail on tapes in order and on hard negatives: there must be none. */
  wrongFails: { file: string; claim: Claim }[];
  /** What went wrong, tape by tape. */
  mistakes: { file: string; verdict: Verdict }[];
}

/** Scores tapes by check. Checks that never had anything to find have no F1, but their false alarms are listed. */
export function scoreTapes(tapes: readonly JudgedTape[]): Score {
  const verdicts = tapes.flatMap(({ label, claims }) =>
    matchTape(label, claims).map((verdict) => ({ file: label.file, verdict })),
  );
  const names = [...new Set(verdicts.map(({ verdict }) => verdict.check))].toSorted();
  const checks = names.map((check) =>
    scoreCheck(
      check,
      verdicts.map(({ verdict }) => verdict).filter((one) => one.check === check),
    ),
  );
  const rated = checks.filter(({ hits, misses }) => hits + misses > 0);
  return {
    checks,
    averageF1: rated.reduce((sum, { f1 }) => sum + f1, 0) / rated.length,
    wrongFails: tapes.flatMap(({ label, claims }) =>
      label.kind === 'fault'
        ? []
        : countedClaims(label, claims)
            .filter(({ severity }) => severity === 'fail')
            .map((claim) => ({ file: label.file, claim })),
    ),
    mistakes: verdicts.filter(({ verdict }) => verdict.outcome !== 'hit'),
  };
}

function scoreCheck(check: string, verdicts: readonly Verdict[]): CheckScore {
  const count = (outcome: Verdict['outcome']) => verdicts.filter((one) => one.outcome === outcome).length;
  const hits = count('hit');
  const falseAlarms = count('false-alarm');
  const misses = count('miss');
  const errors = verdicts
    .flatMap(({ truth, claim, outcome }) =>
      outcome === 'hit' && truth && claim ? [Math.abs(claim.startFrame - truth.startFrame)] : [],
    )
    .toSorted((a, b) => a - b);
  return {
    check,
    hits,
    falseAlarms,
    misses,
    precision: hits / (hits + falseAlarms),
    recall: hits / (hits + misses),
    f1: hits + misses === 0 ? Number.NaN : (2 * hits) / (2 * hits + falseAlarms + misses),
    onsetErrorFrames: errors[Math.floor(errors.length / 2)] ?? Number.NaN,
  };
}

/** A table for people. */
export function formatScore(score: Score): string {
  const share = (value: number) => (Number.isNaN(value) ? '   -' : value.toFixed(2));
  const lines = score.checks.map(
    ({ check, hits, falseAlarms, misses, precision, recall, f1, onsetErrorFrames }) =>
      `${check.padEnd(20)} ${[hits, falseAlarms, misses].map((n) => String(n).padStart(4)).join(' ')}  ` +
      `${share(precision)}  ${share(recall)}  ${share(f1)}  ${Number.isNaN(onsetErrorFrames) ? '-' : onsetErrorFrames}`,
  );
  return [
    `${'check'.padEnd(20)}  hit false miss  prec  rec   F1    onset`,
    ...lines,
    `average F1 ${share(score.averageF1)}; fail on tapes in order: ${score.wrongFails.length}`,
  ].join('\n');
}

/** One line a mistake: which tape, what was claimed, what is true. */
export function formatMistakes(score: Score): string {
  const stretch = (one: { startFrame: number; endFrame: number } | undefined) =>
    one ? `${one.startFrame}-${one.endFrame}` : 'nothing';
  const channels = (one: { channels?: readonly number[] | undefined } | undefined) =>
    one?.channels ? ` ch ${one.channels.join('+')}` : '';
  return score.mistakes
    .map(({ file, verdict: { check, outcome, truth, claim, isFragment } }) => {
      const said = `${file}: ${outcome} ${check}`;
      if (outcome === 'miss')
        return `${said}: true at ${stretch(truth)}${channels(truth)}, strength ${truth?.strength}`;
      const what = `claimed at ${stretch(claim)}${channels(claim)} (${claim?.severity})`;
      return `${said}: ${what}${isFragment ? `, a piece of ${stretch(truth)}` : ''}`;
    })
    .toSorted()
    .join('\n');
}
