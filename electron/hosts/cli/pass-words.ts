import type { Pass } from '#shared/domain/pass.ts';
import { formatClock } from '#shared/domain/timecode.ts';

/** The number of a pass among those that are known; empty for none. */
export function numberOf(passId: string | undefined, passes: readonly Pass[]): string {
  if (passId === undefined) return '';
  return `pass ${passes.find(({ id }) => id === passId)?.passNumber ?? passId}`;
}

/** What a pass is to its tape, and what it was planned for, a line each. `others`: the further passes of the tape. */
export function wordPass(pass: Pass, others: readonly Pass[]): string[] {
  const { plan, programmeStartFrame, video } = pass;
  const part = plan?.segment === undefined ? 'the tape' : `segment ${plan.segment} of the tape`;
  const rivals = others.filter((other) => other.state === 'sealed' && other.plan?.segment === plan?.segment);
  const chosen = rivals.find((other) => other.chosen);
  return [
    ...(plan?.segment === undefined ? [] : [`  holds ${part}`]),
    ...(plan?.retakeOf === undefined ? [] : [`  a retake of ${numberOf(plan.retakeOf, others)}`]),
    ...(pass.chosen
      ? [`  chosen as the master of ${part}${rivals.length > 0 ? `; ${kept(rivals)}` : ''}`]
      : chosen
        ? [`  kept; pass ${chosen.passNumber} is chosen as the master of ${part}`]
        : []),
    ...(programmeStartFrame === null
      ? []
      : [
          `  programme from frame ${programmeStartFrame} (${formatClock(programmeStartFrame, video.frameRate)})`,
        ]),
    ...(plan?.certificateId === undefined ? [] : [`  under the station's self-test ${plan.certificateId}`]),
    ...(plan?.overruled === undefined ? [] : [`  insisted on although: ${plan.overruled}`]),
  ];
}

function kept(passes: readonly Pass[]): string {
  const numbers = passes.map(({ passNumber }) => passNumber).sort((a, b) => a - b);
  return numbers.length === 1 ? `pass ${numbers[0]} is kept` : `passes ${numbers.join(', ')} are kept`;
}
