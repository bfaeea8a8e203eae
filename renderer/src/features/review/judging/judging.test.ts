import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { passIdSchema } from '#shared/domain/ids.ts';
import type { QueuedPass } from '#shared/domain/pass-review.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import { linkDown, linkUp } from '../../../api/connection.ts';
import { review } from '../cursor.ts';
import { judging, nextInQueue, useJudging } from './judging.ts';

const called = vi.fn(async (_path: readonly string[], _input: unknown) => undefined);

const passId = passIdSchema.parse('0190a0b0-0000-7000-8000-000000000001');
const clog = { check: 'head-clog', startFrame: 5, endFrame: 9, severity: 'fail' } as ShownEvent;
const saidOf = (judgement: 'accepted' | 'dismissed') =>
  ({ ...clog, judged: { judgement, origin: 'playback' } }) as ShownEvent;

beforeEach(() => {
  called.mockClear();
  linkUp({ call: called as never });
  review.open({ id: passId, frames: 20, rate: { num: 25, den: 1 }, events: [] }, 6);
});

afterEach(() => {
  review.close();
  judging.close();
  linkDown('lost');
});

test.each([
  ['agrees with the origin that stands', saidOf('accepted'), 'playback'],
  ['has none of a finding that was dismissed', saidOf('dismissed'), null],
  ['has none where nobody spoke', clog, null],
])('a word that it is there %s', async (_, event, origin) => {
  useJudging.setState({ passId, events: [event], isPending: false });
  judging.decide('accepted');
  await vi.waitFor(() => expect(called).toHaveBeenCalledOnce());
  expect(called.mock.lastCall?.slice(0, 2)).toMatchObject([
    ['review', 'decide'],
    { judgement: 'accepted', origin },
  ]);
  await vi.waitFor(() => expect(useJudging.getState().isPending).toBe(false));
  judging.decide('accepted', 'transfer');
  await vi.waitFor(() => expect(called).toHaveBeenCalledTimes(2));
  expect(called.mock.lastCall?.[1]).toMatchObject({ origin: 'transfer' });
});

test('the next in the queue is what is asked of me, then what nobody has, then what I have', () => {
  const pass = (tapeIdentifier: string, heldBy: string | null, askedOf: string[] = []) =>
    ({
      ...{ tapeIdentifier, askedOf: askedOf.map((id) => ({ id, name: id })) },
      heldBy: heldBy === null ? null : { id: heldBy, name: heldBy },
    }) as QueuedPass;
  const [mine, hers, free] = [pass('mine', 'me'), pass('hers', 'her'), pass('free', null)];
  const next = (...queue: QueuedPass[]) => nextInQueue(queue, 'me')?.tapeIdentifier;
  expect(next(mine, hers, free)).toBe('free');
  expect(next(mine, free, pass('asked', 'her', ['me']))).toBe('asked');
  expect(next(hers, mine)).toBe('mine');
  expect(next(hers)).toBeUndefined();
});
