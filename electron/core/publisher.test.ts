import { describe, expect, it } from 'vitest';
import type { LiveMessage, Session } from '#shared/domain/live.ts';
import { createPublisher } from './publisher.ts';

const log = { seq: 1, verifiedSeq: 0, ok: true };
const session = (passId: string, frames: number) => ({ passId, frames }) as Session;

async function next(messages: AsyncGenerator<LiveMessage, void, void>): Promise<LiveMessage> {
  const { value } = await messages.next();
  if (!value) throw new Error('the stream ended');
  return value;
}

describe('publisher', () => {
  it('gives a snapshot, then only what changed, numbered without a gap', async () => {
    const publisher = createPublisher({ log }, 1);
    publisher.sessionChanged(session('a', 1), false);
    const messages = publisher.subscribe();
    expect(await next(messages)).toMatchObject({
      kind: 'snapshot',
      seq: 0,
      state: { sessions: [{ frames: 1 }], log },
    });
    publisher.sessionChanged(session('b', 5), false);
    expect(await next(messages)).toMatchObject({
      seq: 1,
      sessions: [{ passId: 'b' }],
      work: null,
      log: null,
    });
    publisher.logChanged({ ...log, seq: 2 });
    publisher.sessionChanged(session('b', 5), true);
    expect(await next(messages)).toMatchObject({
      seq: 2,
      sessions: [],
      goneSessions: ['b'],
      log: { seq: 2 },
    });
    publisher.close();
    expect((await messages.next()).done).toBe(true);
  });

  it('coalesces what happens within the interval', async () => {
    const publisher = createPublisher({ log }, 100);
    const messages = publisher.subscribe();
    await next(messages);
    const startedMs = performance.now();
    const timer = setInterval(() => publisher.sessionChanged(session('a', Math.random()), false), 1);
    const count = 5;
    for (let received = 0; received < count; received += 1) await next(messages);
    clearInterval(timer);
    // Node's timers may fire up to a millisecond early.
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(count * 99);
    publisher.close();
  });

  it('shows long work until it ends', async () => {
    const publisher = createPublisher({ log }, 1);
    const work = publisher.beginWork({ id: 'w', kind: 'export', label: 'T-1', total: 10, unit: 'bytes' });
    work.progress(4);
    expect(publisher.state().work).toMatchObject([{ done: 4, total: 10 }]);
    work.end();
    expect(publisher.state().work).toEqual([]);
  });

  it('ends for a subscriber who leaves', async () => {
    const publisher = createPublisher({ log });
    const leaving = new AbortController();
    const messages = publisher.subscribe(leaving.signal);
    await next(messages);
    const waiting = messages.next();
    leaving.abort();
    expect((await waiting).done).toBe(true);
  });
});
