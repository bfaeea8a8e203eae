import { type Severity, severities } from '#shared/domain/qc.ts';
import type { Finding } from './check.ts';
import { lengthOf, type Run } from './runs.ts';

/** What a check found on one channel. */
export interface ChannelFinding extends Omit<Finding, 'channels' | 'message'> {
  channel: number;
  /** What must be alike on two channels for them to have one fault: a tone's frequency, say. */
  kind?: string | number;
  /** `channels`: "channel 2", "channels 1 and 2". */
  message: (channels: string) => string;
}

/**
 * One fault on several channels is one event: hum that is on both was caught once. Findings of different channels that share most of their
 * frames (or as `isSame` says) are put together, with the severity of the gravest and the evidence of the longest.
 */
export function mergeChannels(
  found: readonly ChannelFinding[],
  isSame: (one: Run, other: Run) => boolean = sharesMost,
): Finding[] {
  const groups: ChannelFinding[][] = [];
  for (const finding of found.toSorted((a, b) => lengthOf(b) - lengthOf(a))) {
    const group = groups.find(
      (one) =>
        one[0]?.kind === finding.kind &&
        one.every(({ channel }) => channel !== finding.channel) &&
        isSame(one[0] as ChannelFinding, finding),
    );
    if (group) group.push(finding);
    else groups.push([finding]);
  }
  return groups.map(toFinding).sort((a, b) => a.startFrame - b.startFrame);
}

function toFinding(group: readonly ChannelFinding[]): Finding {
  const { channel: _, kind: __, message, ...longest } = group[0] as ChannelFinding;
  const channels = group.map(({ channel }) => channel).sort((a, b) => a - b);
  return {
    ...longest,
    startFrame: Math.min(...group.map(({ startFrame }) => startFrame)),
    endFrame: Math.max(...group.map(({ endFrame }) => endFrame)),
    severity: gravest(group.map(({ severity }) => severity)),
    channels,
    message: message(inWords(channels)),
  };
}

function gravest(all: readonly Severity[]): Severity {
  return severities[Math.max(...all.map((severity) => severities.indexOf(severity)))] as Severity;
}

function inWords(channels: readonly number[]): string {
  const [last, ...others] = channels.toReversed();
  return others.length === 0 ? `channel ${last}` : `channels ${others.toReversed().join(', ')} and ${last}`;
}

/** Half of the frames of both together. */
function sharesMost(one: Run, other: Run): boolean {
  const shared = Math.min(one.endFrame, other.endFrame) - Math.max(one.startFrame, other.startFrame) + 1;
  const both = Math.max(one.endFrame, other.endFrame) - Math.min(one.startFrame, other.startFrame) + 1;
  return shared >= 0.5 * both;
}
