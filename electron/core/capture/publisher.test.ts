import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PassId } from '#shared/domain/ids.ts';
import type { Session } from '#shared/domain/live.ts';
import { createPublisher } from './publisher.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a thousand changes a second are ten messages, and the last state is told', () => {
  const passId = 'pass' as PassId;
  let frames = 0;
  const publisher = createPublisher(() => ({ passId, frames }) as Session);
  const told: number[] = [];
  const listening = publisher.add((session) => told.push(session.frames));
  for (let millisecond = 0; millisecond < 1000; millisecond++) {
    frames = millisecond;
    publisher.changed(passId);
    vi.advanceTimersByTime(1);
  }
  vi.advanceTimersByTime(200);
  expect(told.length).toBeLessThanOrEqual(11);
  expect(told.at(-1)).toBe(999);
  listening[Symbol.dispose]();
  publisher.changed(passId);
  vi.advanceTimersByTime(200);
  expect(told.at(-1)).toBe(999);
  publisher.close();
});

test('what is gone is told at once, and nothing of it afterwards', () => {
  const passId = 'pass' as PassId;
  const publisher = createPublisher(() => ({ passId }) as Session);
  const told: boolean[] = [];
  publisher.add((_, gone) => told.push(gone));
  publisher.changed(passId);
  publisher.gone({ passId } as Session);
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([true]);
});
