import { beforeEach, expect, test, vi } from 'vitest';
import { passIdSchema } from '#shared/domain/ids.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';

const decide = vi.hoisted(() => vi.fn(async (_decision: { origin: string | null }) => undefined));
vi.mock('../../../api/client.ts', () => ({ engine: { review: { decide } } }));

const { review } = await import('../cursor.ts');
const { judging, useJudging } = await import('./judging.ts');

const passId = passIdSchema.parse('0190a0b0-0000-7000-8000-000000000001');
const clog = { check: 'head-clog', startFrame: 5, endFrame: 9, severity: 'fail' } as ShownEvent;
const saidOf = (judgement: 'accepted' | 'dismissed') =>
  ({ ...clog, judged: { judgement, origin: 'playback' } }) as ShownEvent;

beforeEach(() => {
  decide.mockClear();
  review.open({ id: passId, frames: 20, rate: { num: 25, den: 1 }, events: [] }, 6);
});

test.each([
  ['agrees with the origin that stands', saidOf('accepted'), 'playback'],
  ['has none of a finding that was dismissed', saidOf('dismissed'), null],
  ['has none where nobody spoke', clog, null],
])('a word that it is there %s', async (_, event, origin) => {
  useJudging.setState({ passId, events: [event], isPending: false });
  judging.decide('accepted');
  expect(decide.mock.lastCall?.[0]).toMatchObject({ judgement: 'accepted', origin });
  await vi.waitFor(() => expect(useJudging.getState().isPending).toBe(false));
  judging.decide('accepted', 'transfer');
  expect(decide.mock.lastCall?.[0]).toMatchObject({ origin: 'transfer' });
});
