import { expect, test } from 'vitest';
import type { SealingProgress, Session } from '#shared/domain/live.ts';
import { rendered, textOf } from '../../ui/rendered.testbed.tsx';
import { SealPanel } from './SealPanel.tsx';

/** What the panel reads of a capture: every frame is proved, and the seal waits for what is told. */
const sealing = (progress: SealingProgress | null): Session => {
  const read: Partial<Session> = {
    ...{ state: 'following', frames: 1000, droppedFrames: 0, endReason: 'operator', sealChecks: [] },
    ...{ masterBytes: 5000, sealing: progress },
    follower: { state: 'finished', frames: 1000, provedFrames: 1000, restarts: 0 },
  };
  return read as Session;
};

test('what gave way is made up behind the tape: what, how far, and that the frames are safe', () => {
  const session = sealing({ work: 'making-up', readBytes: 5000, madeUpFrames: 250 });
  const said = textOf(<SealPanel session={session} />);
  expect(said).toContain('1,000 frames');
  expect(said).toContain('What gave way while the tape played is being made: frame 250 of 1,000.');
  expect(rendered(<SealPanel session={session} />)).toContain('<progress value="0.25" max="1">');
});

test.each([
  [null, 'The master is read once more for its digests.'],
  ['judging', 'What was measured is being judged.'],
  ['files', 'The pass’s files are put in their places.'],
] as const)('the seal says what it waits for: %s', (work, words) => {
  const session = sealing({ work, readBytes: work === null ? 2500 : 5000, madeUpFrames: 0 });
  expect(textOf(<SealPanel session={session} />)).toContain(words);
  // Of what cannot be counted the bar has no value.
  const value = work === null ? ' value="0.5"' : '';
  expect(rendered(<SealPanel session={session} />)).toContain(`<progress${value} max="1">`);
});
