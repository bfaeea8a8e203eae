import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { countFrames, type FrameRange } from '#shared/domain/frame-ranges.ts';
import { passIdSchema } from '#shared/domain/ids.ts';
import { answersTaken } from '../answers-taken.fixture.ts';
import type { ShownPair } from '../viewer/presenter.ts';

const told = vi.fn<(report: { ranges: readonly FrameRange[]; ended: boolean }) => Promise<unknown>>();
vi.mock('../../../api/client.ts', () => ({
  engine: { review: { watched: (report: never) => told(report) } },
}));
// Files share a process: what they loaded before has the real engine, and what comes after shall have it.
vi.resetModules();
const { review } = await import('../cursor.ts');
const { useShown } = await import('../viewer/shown.ts');
const { isInSight, tellWatched, useWatching, watchedSteps, watchPass } = await import('./watching.ts');
afterAll(() => {
  vi.doUnmock('../../../api/client.ts');
  vi.resetModules();
});

const pal = { num: 25, den: 1 };

/** Plays so many seconds at a speed, with ticks of the screen that come unevenly, and counts what was watched. */
function playing(speed: number, seconds: number, ticksMs: readonly number[], visible = true): FrameRange[] {
  const step = watchedSteps(pal);
  const watched: FrameRange[] = [];
  let before = { frame: 1000, playing: true, visible, atMs: 0 };
  for (let tick = 0; before.atMs < seconds * 1000; tick++) {
    const atMs = before.atMs + (ticksMs[tick % ticksMs.length] as number);
    const now = {
      ...{ ...before, atMs, frame: 1000 + Math.trunc((speed * 25 * atMs) / 1000) },
      shownFrom: before.frame + 1,
    };
    const stepped = step(before, now);
    if (stepped) watched.push(stepped.watched);
    before = now;
  }
  return watched;
}

const ticks = fc.array(fc.integer({ min: 8, max: 120 }), { minLength: 1, maxLength: 12 });

test('what plays forwards at twice the speed at most is watched, however unevenly it ticks', () => {
  fc.assert(
    fc.property(fc.constantFrom(0.5, 1, 1.5, 2), ticks, (speed, ticksMs) => {
      const share = countFrames(playing(speed, 4, ticksMs)) / (speed * 25 * 4);
      expect(share).toBeGreaterThan(0.97);
    }),
    { numRuns: 200 },
  );
});

test('what plays faster is not, nor what nobody can see', () => {
  fc.assert(
    fc.property(fc.constantFrom(3, 4, 8), ticks, (speed, ticksMs) => {
      // A few frames while the speed is not known yet.
      expect(countFrames(playing(speed, 4, ticksMs))).toBeLessThan(40);
    }),
    { numRuns: 200 },
  );
  expect(playing(1, 4, [40], false)).toEqual([]);
  for (const speed of [-2, -1, -0.5]) expect(playing(speed, 4, [40])).toEqual([]);
});

test('of a step over several frames only those count that the screen was given', () => {
  const step = watchedSteps(pal);
  const at = (frame: number, atMs: number, shownFrom = frame) => ({
    ...{ frame, playing: true, visible: true, atMs, shownFrom },
  });
  expect(step(at(0, 0), at(4, 160, 1))).toEqual({
    watched: { startFrame: 0, endFrame: 4 },
    skippedFrames: 0,
  });
  expect(step(at(4, 160), at(8, 320))).toEqual({ watched: { startFrame: 8, endFrame: 8 }, skippedFrames: 3 });
  // The machine halts for two seconds, and counts again at once when it goes on.
  expect(step(at(8, 320), at(58, 2320))).toMatchObject({ watched: { startFrame: 58 }, skippedFrames: 49 });
  expect(step(at(58, 2320), at(59, 2360))).toEqual({
    watched: { startFrame: 58, endFrame: 59 },
    skippedFrames: 0,
  });
});

test('a jump while it plays is no watching', () => {
  const step = watchedSteps(pal);
  const at = (frame: number, atMs: number) => ({ frame, playing: true, visible: true, atMs });
  expect(step(at(0, 0), at(1, 40))?.watched).toEqual({ startFrame: 0, endFrame: 1 });
  expect(step(at(1, 40), at(500, 80))).toBeUndefined();
  expect(step({ ...at(0, 80), playing: false }, at(1, 120))).toBeUndefined();
});

test('a frame is seen where its picture is drawn or played, not where the cursor alone came to it', () => {
  const shown = (frame: number, passId = 'p1') =>
    ({ cursorFrame: frame, a: { address: { kind: 'frame', pass: { id: passId } } } }) as unknown as ShownPair;
  const cursor = { passId: 'p1', frame: 7 };
  expect(isInSight(cursor, shown(7), null)).toBe(true);
  expect(isInSight(cursor, shown(6), null)).toBe(false);
  expect(isInSight(cursor, shown(7, 'p2'), null)).toBe(false);
  expect(isInSight(cursor, null, null)).toBe(false);
  expect(isInSight(cursor, shown(2), 7)).toBe(true);
  expect(isInSight(cursor, shown(7), 6)).toBe(false);
});

const passId = passIdSchema.parse('0190a0b0-0000-7000-8000-000000000001');
/** Plays up to a frame, with its picture in sight. */
function playTo(frame: number): void {
  useShown.setState({ videoFrame: frame });
  review.ranTo(frame);
}

beforeEach(() => {
  told.mockReset().mockResolvedValue(undefined);
  const listens = { addEventListener: vi.fn(), removeEventListener: vi.fn() };
  vi.stubGlobal('document', { visibilityState: 'visible', ...listens });
  for (const [name, stub] of Object.entries(listens)) vi.stubGlobal(name, stub);
  review.open({ id: passId, frames: 500, rate: pal, events: [], hasAccess: true }, 10);
  useShown.setState({ videoFrame: 10 });
  review.run(1);
});
afterEach(() => {
  review.close();
  useShown.setState({ videoFrame: null, videoFrom: null, pair: null });
  vi.unstubAllGlobals();
});

test('what was watched since the last report can be told at once, and fails aloud and is kept where it cannot', async () => {
  const stop = watchPass(passId);
  playTo(11);
  // The engine counts time from the beginning on.
  expect(told.mock.calls).toEqual([[{ passId, ranges: [], masterRanges: [], ended: false }]]);
  await tellWatched();
  expect(told.mock.lastCall).toEqual([
    { passId, ranges: [{ startFrame: 10, endFrame: 11 }], masterRanges: [], ended: false },
  ]);
  await tellWatched();
  expect(told).toHaveBeenCalledTimes(2);

  playTo(12);
  told.mockRejectedValueOnce(new Error('no link'));
  await expect(tellWatched()).rejects.toThrow('no link');
  await tellWatched();
  expect(told.mock.lastCall?.[0].ranges).toEqual([{ startFrame: 11, endFrame: 12 }]);
  stop();
  expect(told.mock.lastCall?.[0].ended).toBe(true);
});

test('pictures of the master are told apart from the access copy, and what was not shown is counted', async () => {
  vi.useFakeTimers();
  const stop = watchPass(passId);
  vi.advanceTimersByTime(200);
  useShown.setState({ videoFrame: 14, videoFrom: 12 });
  review.ranTo(14);
  vi.advanceTimersByTime(200);
  useShown.setState({ videoFrame: null, pair: { ...shownOf(15) } });
  review.ranTo(15);
  vi.advanceTimersByTime(1_000);
  expect(useWatching.getState()).toEqual({
    ranges: [{ startFrame: 12, endFrame: 15 }],
    masterRanges: [{ startFrame: 15, endFrame: 15 }],
    skippedFrames: 1,
  });
  stop();
  expect(told.mock.lastCall?.[0]).toMatchObject({ masterRanges: [{ startFrame: 15, endFrame: 15 }] });
  vi.useRealTimers();
});

/** A picture of the master that is drawn. */
function shownOf(frame: number): ShownPair {
  return {
    cursorFrame: frame,
    a: { address: { kind: 'frame', role: 'master', pass: { id: passId } } },
  } as unknown as ShownPair;
}

test('a report that is on its way is waited for', async () => {
  const stop = watchPass(passId);
  told.mockClear();
  let answer = (): void => undefined;
  told.mockImplementationOnce(() => new Promise<void>((resolve) => (answer = resolve)));
  playTo(11);
  const first = tellWatched();
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1), { interval: 1 });
  let isTold = false;
  const second = tellWatched().then(() => (isTold = true));
  await answersTaken();
  expect(isTold).toBe(false);
  answer();
  await Promise.all([first, second]);
  expect(told).toHaveBeenCalledTimes(1);
  stop();
});
