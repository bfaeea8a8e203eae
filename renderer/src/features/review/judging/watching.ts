import { create } from 'zustand';
import type { FrameRange } from '#shared/domain/frame-ranges.ts';
import { mergeRanges } from '#shared/domain/frame-ranges.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { fastestWatched } from '#shared/domain/watched-speed.ts';
import { engine } from '../../../api/client.ts';
import { useCursor } from '../cursor.ts';
import type { ShownPair } from '../viewer/presenter.ts';
import { useShown } from '../viewer/shown.ts';

/** Frames may come in bunches, as long as they are not more than this part of a second. */
const bunchS = 0.25;
/** The screen shows it this often, and the engine is told every fourth time. */
const showEveryMs = 1_000;
const reportEvery = 4;

/** What was watched in this sitting, for the screen: the engine keeps it beside the log until the sitting ends. */
export const useWatching = create<{ ranges: readonly FrameRange[] }>()(() => ({ ranges: [] }));

let tellPending: () => Promise<void> = () => Promise.resolve();

/** Tells the engine now what was watched up to here: a verdict rests on it. Throws with the engine's words where it cannot be told. */
export function tellWatched(): Promise<void> {
  return tellPending();
}

/** What the cursor does while it plays, at one moment. */
interface Moment {
  frame: number;
  playing: boolean;
  /** The window is in sight, and the picture of this frame is in it. */
  visible: boolean;
  atMs: number;
}

/**
 * Tells what is truly watched: of each step of the playing cursor, the frames that went by, or nothing where they went by too
 * fast, backwards, in a hidden window, or by a jump. Backwards a cut, a repeat or a lip that is late looks like nothing. Time is earned at twice the speed and spent on frames, so that what plays faster is
 * never counted, whatever it is called.
 */
export function watchedSteps(rate: Rational): (before: Moment, now: Moment) => FrameRange | undefined {
  const perMs = (fastestWatched * rate.num) / rate.den / 1000;
  const most = Math.max(2, (bunchS * fastestWatched * rate.num) / rate.den);
  let earned = 2;
  return (before, now) => {
    if (!before.playing || !now.playing || !before.visible || !now.visible) return undefined;
    earned = Math.min(most, earned + (now.atMs - before.atMs) * perMs);
    const steps = now.frame - before.frame;
    if (steps <= 0) return undefined;
    // A debt is paid off before anything counts again: a speed that is too high never does.
    earned = Math.max(-most, earned - steps);
    if (earned < 0) return undefined;
    return { startFrame: before.frame, endFrame: now.frame };
  };
}

/** Reports what is watched of a pass, until the returned function is called: then the sitting is over. */
export function watchPass(passId: PassId): () => void {
  const step = watchedSteps(useCursor.getState().rate);
  let pending: FrameRange[] = [];
  let unseen: FrameRange[] = [];
  useWatching.setState({ ranges: [] });
  let before = momentNow();
  // From here on the engine counts the time in which frames can have been played.
  let onTheWay: Promise<unknown> = engine.review.watched({ passId, ranges: [], ended: false }).catch(
    // A link that is broken now is told of by the status line, and by the next report.
    () => undefined,
  );
  /** Answers with what a report failed with, null where it did not. */
  const report = (ended: boolean): Promise<unknown> => {
    if (pending.length === 0 && !ended) return Promise.resolve(null);
    const ranges = mergeRanges(pending);
    pending = [];
    const told = engine.review.watched({ passId, ranges, ended }).then(
      () => null,
      (error: unknown) => {
        // What could not be told goes with the next report: the engine counts no frame twice.
        pending = [...ranges, ...pending];
        return error;
      },
    );
    onTheWay = Promise.all([onTheWay, told]);
    return told;
  };
  const tell = async (): Promise<void> => {
    // What is on its way is part of it; where it fails, it is told once more.
    await onTheWay;
    const error = await report(false);
    if (error !== null) throw error;
  };
  tellPending = tell;
  const unsubscribe = useCursor.subscribe((cursor) => {
    if (cursor.passId !== passId) return;
    const now = momentNow();
    const watched = step(before, now);
    if (watched) {
      pending.push(watched);
      unseen.push(watched);
    }
    before = now;
  });
  let shown = 0;
  const timer = setInterval(() => {
    const fresh = unseen;
    unseen = [];
    if (fresh.length > 0)
      useWatching.setState(({ ranges }) => ({ ranges: mergeRanges([...ranges, ...fresh]) }));
    shown += 1;
    if (shown % reportEvery === 0) void report(false);
  }, showEveryMs);
  const leave = () => void report(true);
  const seen = () => {
    before = momentNow();
    if (document.visibilityState === 'hidden') void report(false);
  };
  addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', seen);
  return () => {
    if (tellPending === tell) tellPending = () => Promise.resolve();
    unsubscribe();
    clearInterval(timer);
    removeEventListener('pagehide', leave);
    document.removeEventListener('visibilitychange', seen);
    leave();
  };
}

function momentNow(): Moment {
  const { passId, frame, playing, speed } = useCursor.getState();
  const { pair, videoFrame } = useShown.getState();
  return {
    frame,
    playing: playing || speed !== 0,
    visible: document.visibilityState === 'visible' && isInSight({ passId, frame }, pair, videoFrame),
    atMs: performance.now(),
  };
}

/** Whether a frame's picture is what is drawn or played: the cursor goes on where one cannot be had, and nobody saw that. */
export function isInSight(
  { passId, frame }: { passId: string | null; frame: number },
  pair: ShownPair | null,
  videoFrame: number | null,
): boolean {
  if (videoFrame !== null) return videoFrame === frame;
  if (pair?.cursorFrame !== frame || pair.a.address.kind !== 'frame') return false;
  return pair.a.address.pass.id === passId;
}
