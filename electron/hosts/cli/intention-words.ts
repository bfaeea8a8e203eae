import { type Intention, rangeOn } from '#shared/domain/intention.ts';
import type { Pass } from '#shared/domain/pass.ts';

type PlayedPass = Pick<Pass, 'id' | 'passNumber' | 'programmeStartFrame'>;

/** What was said to be meant, as a line: of which pass its frames are, and, where it is asked of another one, whether it holds there. */
export function wordIntention(
  intention: Pick<Intention, 'id' | 'check' | 'channels' | 'range' | 'reason'>,
  passes: readonly PlayedPass[],
  asked?: PlayedPass,
): string {
  const { id, check, channels, range, reason } = intention;
  const of = passes.find((pass) => pass.id === range?.passId);
  const where =
    range === null
      ? 'the whole work'
      : `frames ${range.startFrame}-${range.endFrame} of pass ${of?.passNumber ?? range.passId}`;
  const on = channels === null ? '' : `, channel ${channels.join(', ')}`;
  return `${id}  ${check}${on}, ${where}${onAsked(intention, passes, asked)}: ${reason}`;
}

function onAsked(
  intention: Pick<Intention, 'range'>,
  passes: readonly PlayedPass[],
  asked: PlayedPass | undefined,
): string {
  const { range } = intention;
  if (!asked || range === null || range.passId === asked.id) return '';
  const here = rangeOn(intention, asked, passes);
  return here
    ? ` (here frames ${here.startFrame}-${here.endFrame})`
    : ` (does not hold on pass ${asked.passNumber}: it is not known of both where the programme begins)`;
}
