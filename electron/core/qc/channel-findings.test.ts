import { expect, it } from 'vitest';
import { type ChannelFinding, mergeChannels } from './channel-findings.ts';
import { overlaps } from './runs.ts';

const on = (
  channel: number,
  startFrame: number,
  endFrame: number,
  more: Partial<ChannelFinding> = {},
): ChannelFinding => ({
  ...{ channel, startFrame, endFrame, severity: 'info', confidence: 0.9, evidence: {} },
  message: (channels) => `Heard on ${channels}.`,
  ...more,
});

it('makes one event of what several channels share, in the words and with the severity of all', () => {
  expect(mergeChannels([on(1, 10, 99), on(2, 12, 99, { severity: 'warn' }), on(4, 5, 90)])).toMatchObject([
    {
      startFrame: 5,
      endFrame: 99,
      severity: 'warn',
      channels: [1, 2, 4],
      message: 'Heard on channels 1, 2 and 4.',
    },
  ]);
  expect(mergeChannels([on(2, 0, 9)])).toMatchObject([{ channels: [2], message: 'Heard on channel 2.' }]);
});

it('keeps apart what differs in time or kind, and two events of one channel', () => {
  expect(mergeChannels([on(1, 0, 99), on(2, 60, 199)])).toHaveLength(2);
  expect(mergeChannels([on(1, 0, 99, { kind: 50 }), on(2, 0, 99, { kind: 60 })])).toHaveLength(2);
  expect(mergeChannels([on(1, 0, 99), on(1, 0, 80)])).toHaveLength(2);
  expect(mergeChannels([on(1, 60, 199), on(2, 60, 61)], overlaps)).toHaveLength(1);
});
