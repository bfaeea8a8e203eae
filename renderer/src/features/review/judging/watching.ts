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
interface Watching {
  ranges: readonly FrameRange[];
  /** Of them what was seen as pictures of the master itself; the others were the access copy. */
  masterRanges: readonly FrameRange[];
  /** Frames that went by while it played and that the screen was not given: the machine could not keep up. */
  skippedFrames: number;
}
const nothingWatched: Watching = { ranges: [], masterRanges: [], skippedFrames: 0 };

export const useWatching = create<Watching>()(() => nothingWatched);

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
  /** The first of the frames that the screen surely was given on the way to this one; undefined: this one alone. */
  shownFrom?: number | undefined;
  /** It is a picture of the master itself, not of its access copy. */
  isMaster?: boolean;
  atMs: number;
}

/** What one step of the cursor came to. */
interface Step {
  watched: FrameRange;
  /** Frames in between that nobody saw. */
  skippedFrames: number;
}

/**
 * Tells what is truly watched: of each step of the playing cursor, the frames that went by and were on the screen, or nothing where they
 * went by too fast, backwards, in a hidden window, or by a jump. Backwards a cut, a repeat or a lip that is late looks like nothing. Time
 * is earned at twice the speed and spent on frames, so that what plays faster is never counted, whatever it is called.
 */
export function watchedSteps(rate: Rational): (before: Moment, now: Moment) => Step | undefined {
  const perMs = (fastestWatched * rate.num) / rate.den / 1000;
  const most = Math.max(2, (bunchS * fastestWatched * rate.num) / rate.den);
  let earned = 2;
  return (before, now) => {
    if (!before.playing || !now.playing || !before.visible || !now.visible) return undefined;
    const steps = now.frame - before.frame;
    // A debt is paid off before anything counts again: a speed that is too high never does. A machine that halted has earned what it
    // stepped over.
    const left = earned + (now.atMs - before.atMs) * perMs - Math.max(0, steps);
    earned = Math.min(most, Math.max(-most, left));
    if (steps <= 0 || earned < 0) return undefined;
    const shownFrom = now.shownFrom ?? now.frame;
    const skippedFrames = Math.max(0, shownFrom - before.frame - 1);
    // The frame before was seen too: as a picture of the same file, or it counted when it came.
    const isWhole = skippedFrames === 0 && before.isMaster === now.isMaster;
    const startFrame = isWhole ? before.frame : shownFrom;
    return { watched: { startFrame, endFrame: now.frame }, skippedFrames };
  };
}

/** Reports what is watched of a pass, until the returned function is called: then the sitting is over. */
export function watchPass(passId: PassId): () => void {
  const step = watchedSteps(useCursor.getState().rate);
  let pending: FrameRange[] = [];
  let pendingOfMaster: FrameRange[] = [];
  let unseen: Watching = nothingWatched;
  useWatching.setState(nothingWatched);
  let before = momentNow();
  // From here on the engine counts the time in which frames can have been played.
  let onTheWay: Promise<unknown> = engine.review
    .watched({ passId, ranges: [], masterRanges: [], ended: false })
    .catch(
      // A link that is broken now is told of by the status line, and by the next report.
      () => undefined,
    );
  /** Answers with what a report failed with, null where it did not. */
  const report = (ended: boolean): Promise<unknown> => {
    if (pending.length === 0 && !ended) return Promise.resolve(null);
    const ranges = mergeRanges(pending);
    const masterRanges = mergeRanges(pendingOfMaster);
    [pending, pendingOfMaster] = [[], []];
    const told = engine.review.watched({ passId, ranges, masterRanges, ended }).then(
      () => null,
      (error: unknown) => {
        // What could not be told goes with the next report: the engine counts no frame twice.
        pending = [...ranges, ...pending];
        pendingOfMaster = [...masterRanges, ...pendingOfMaster];
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
    const stepped = step(before, now);
    if (stepped) {
      const { watched, skippedFrames } = stepped;
      const ofMaster = now.isMaster ? [watched] : [];
      pending.push(watched);
      pendingOfMaster.push(...ofMaster);
      unseen = {
        ranges: [...unseen.ranges, watched],
        masterRanges: [...unseen.masterRanges, ...ofMaster],
        skippedFrames: unseen.skippedFrames + skippedFrames,
      };
    }
    before = now;
  });
  let shown = 0;
  const timer = setInterval(() => {
    const fresh = unseen;
    unseen = nothingWatched;
    if (fresh.ranges.length > 0)
      useWatching.setState(({ ranges, masterRanges, skippedFrames }) => ({
        ranges: mergeRanges([...ranges, ...fresh.ranges]),
        masterRanges: mergeRanges([...masterRanges, ...fresh.masterRanges]),
        skippedFrames: skippedFrames + fresh.skippedFrames,
      }));
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
  const { pair, videoFrame, videoFrom } = useShown.getState();
  const drawn = pair?.a.address;
  return {
    frame,
    playing: playing || speed !== 0,
    visible: document.visibilityState === 'visible' && isInSight({ passId, frame }, pair, videoFrame),
    shownFrom: videoFrame === null ? frame : (videoFrom ?? videoFrame),
    isMaster: videoFrame === null && drawn?.kind === 'frame' && drawn.role === 'master',
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
