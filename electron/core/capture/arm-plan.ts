import {
  type CapturePlan,
  type StartCondition,
  type StopConditions,
  usualWaitS,
} from '#shared/domain/capture-plan.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { CertificateId, PassId, TapeId } from '#shared/domain/ids.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { formatRational, type Rational } from '#shared/domain/rational.ts';
import { parseTimecode } from '#shared/domain/timecode.ts';

/** What an operator may set before a pass, beside source, profile and length. */
export interface PlanRequest {
  start?: StartCondition | undefined;
  stop?: Omit<StopConditions, 'durationS'> | undefined;
  retakeOf?: PassId | undefined;
  segment?: number | undefined;
}

/** The plan of a pass that is being armed; undefined where there is nothing to plan. INVALID_INPUT for what cannot be. */
export function planOf(
  request: PlanRequest & { durationS: number | undefined },
  facts: {
    tapeId: TapeId;
    frameRate: Rational;
    pass(passId: PassId): Pass | undefined;
    certificateId: CertificateId | undefined;
    overruled: string | undefined;
  },
): CapturePlan | undefined {
  const { start = { on: 'operator' }, stop = {}, retakeOf, segment, durationS } = request;
  for (const timecode of [start.on === 'timecode' ? start.timecode : undefined, stop.timecode])
    if (timecode !== undefined) requireTimecode(timecode, facts.frameRate);
  if (retakeOf !== undefined && facts.pass(retakeOf)?.tapeId !== facts.tapeId) {
    throw new HelicalError('INVALID_INPUT', {
      problem: `Pass ${retakeOf} is no pass of this tape, so there is nothing to take again.`,
      safe: 'Nothing was recorded.',
      remedy: 'Look the pass up with: helical passes list.',
    });
  }
  const { certificateId, overruled } = facts;
  const plan: CapturePlan = {
    start: start.on === 'operator' ? start : { ...start, waitS: start.waitS ?? usualWaitS },
    stop: { ...stop, ...(durationS === undefined ? {} : { durationS }) },
    ...(retakeOf === undefined ? {} : { retakeOf }),
    ...(segment === undefined ? {} : { segment }),
    ...(certificateId === undefined ? {} : { certificateId }),
    ...(overruled === undefined ? {} : { overruled }),
  };
  // A length alone stands in the preparation already.
  const { start: from, stop: to, ...others } = plan;
  const { durationS: _, ...conditions } = to;
  const isPlanned =
    from.on !== 'operator' || Object.keys(conditions).length > 0 || Object.keys(others).length > 0;
  return isPlanned ? plan : undefined;
}

function requireTimecode(timecode: string, frameRate: Rational): void {
  if (parseTimecode(timecode, frameRate) !== undefined) return;
  throw new HelicalError('INVALID_INPUT', {
    problem: `There is no timecode ${timecode} at ${formatRational(frameRate)} frames a second.`,
    safe: 'Nothing was recorded.',
    remedy: 'Write it as HH:MM:SS:FF, or HH:MM:SS;FF where 29.97 is counted with drop-frame.',
  });
}
