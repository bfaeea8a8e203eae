import { barsPicture } from '#shared/domain/reference-bars.ts';
import { readPicture } from '../../../api/media.ts';
import type { Picture } from '../../../ui/picture/picture.ts';
import { useComparison } from '../comparison.ts';
import { review, stretchOf, useCursor } from '../cursor.ts';
import { createPictureStore } from './picture-store.ts';
import { createPresenter } from './presenter.ts';
import { nothingShown, useShown } from './shown.ts';
import { frameTimeMs, shuttleFrame } from './shuttle.ts';
import { keyOf, type PictureAddress, wantedPair } from './wanted.ts';

/** A hundred pictures of SD in ten bits, a dozen pairs of HD. */
const keptBytes = 192 * 1024 ** 2;

/** From one place to the next within so many frames, it is a step that may go on. */
const longestStep = 12;

/**
 * Keeps the screen in step with the cursor and the comparison, and moves the cursor while pictures of the master run: it goes on only
 * to what is shown. Returns what ends it.
 */
export function runViewer(): () => void {
  const store = createPictureStore({ keyOf, read, maxBytes: keptBytes });
  const presenter = createPresenter(store, {
    show: (pair) =>
      useShown.setState(({ failure, videoFrame }) => ({
        pair,
        failure: failure?.cursorFrame === pair.cursorFrame ? failure : null,
        // The player's last picture stays until the master's own is there.
        videoFrame: useCursor.getState().playing ? videoFrame : null,
      })),
    fail: (failure) => useShown.setState({ failure }),
  });
  let lastFrame = useCursor.getState().frame;
  let lastStep = 1;
  let running: symbol | undefined;

  const pairAt = (frame: number) => wantedPair(useComparison.getState(), frame);

  /** Wants what belongs to the cursor, and the next of its kind. */
  const follow = async () => {
    const { frame, frames, playing } = useCursor.getState();
    const wanted = pairAt(frame);
    // While the access copy plays, its own picture is in sight.
    if (!wanted || playing) return;
    if (frame !== lastFrame && Math.abs(frame - lastFrame) <= longestStep) lastStep = frame - lastFrame;
    lastFrame = frame;
    await presenter.want(wanted);
    const next = frame + lastStep;
    const ahead = next >= 0 && next < frames ? pairAt(next) : undefined;
    if (ahead && useCursor.getState().frame === frame) presenter.ahead(ahead);
  };

  /** Shows picture after picture of the master until somebody stops it or the tape ends. */
  const runPictures = async () => {
    const me = Symbol('run');
    running = me;
    let shownAtMs = performance.now();
    while (running === me) {
      const { frame, speed, rate, playing, loops } = useCursor.getState();
      if (speed === 0 || playing) break;
      const dueMs = shownAtMs + frameTimeMs(speed, rate);
      await untilMs(dueMs);
      if (running !== me) return;
      const elapsedMs = Math.max(frameTimeMs(speed, rate), performance.now() - shownAtMs);
      const next = shuttleFrame(frame, { speed, elapsedMs, rate }, stretchOf(useCursor.getState()), loops);
      const wanted = next === undefined ? undefined : pairAt(next);
      if (next === undefined || !wanted) {
        review.stop();
        break;
      }
      shownAtMs = performance.now();
      await presenter.want(wanted);
      // Whoever went elsewhere meanwhile is not taken back.
      if (running === me && useCursor.getState().frame === frame) review.ranTo(next);
    }
    if (running === me) running = undefined;
  };

  const stopCursor = useCursor.subscribe((now, before) => {
    if (now.frame !== before.frame || now.playing !== before.playing || now.passId !== before.passId)
      void follow();
    if (now.speed !== before.speed || now.playing !== before.playing) {
      running = undefined;
      if (now.speed !== 0 && !now.playing) void runPictures();
      // What was still on its way would come after the stop: the cursor's own picture overtakes it.
      else if (now.speed === 0) void follow();
    }
  });
  const stopComparison = useComparison.subscribe((now, before) => {
    const isSame = (['subject', 'b', 'shiftFrames', 'aligning', 'field'] as const).every(
      (key) => now[key] === before[key],
    );
    if (!isSame) void follow();
  });
  void follow();
  return () => {
    stopCursor();
    stopComparison();
    running = undefined;
    presenter.dispose();
    store.dispose();
    useShown.setState(nothingShown);
  };
}

function untilMs(timeMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, timeMs - performance.now())));
}

async function read(address: PictureAddress, signal: AbortSignal): Promise<Picture> {
  if (address.kind === 'bars') return { ...barsPicture(address.pattern, address), interlacedChroma: false };
  const { pass, role, frame } = address;
  const picture = await readPicture(pass.id, role, frame, signal);
  return { ...picture, interlacedChroma: role === 'master' && pass.video.fieldOrder !== 'progressive' };
}
