import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { passIdSchema } from '#shared/domain/ids.ts';
import { pictureHeaderName } from '#shared/domain/picture-planes.ts';
import { answersTaken } from '../answers-taken.fixture.ts';
import { comparison } from '../comparison.ts';
import { review, useCursor } from '../cursor.ts';
import { runViewer } from './run-viewer.ts';
import { useShown } from './shown.ts';

const pass = {
  id: passIdSchema.parse('0190a0b0-0000-7000-8000-000000000001'),
  passNumber: 1,
  frames: 500,
  video: { width: 2, height: 2, frameRate: { num: 25, den: 1 }, fieldOrder: 'tff' as const },
  accessFileId: null,
};

/** What the engine was asked for and has not answered. */
let asked: { frame: number; answer: () => void }[] = [];
/** All that it was asked for. */
let fetched: number[] = [];
/** By so many frames it answers with another picture. */
let isOffBy = 0;
/** True: it answers at once. */
let isQuick = true;
let stop: () => void;

/** Answers as the engine's media route does, with the frame that was asked for. */
function engine(address: string): Promise<Response> {
  const frame = Number(/\/(\d+)$/.exec(address)?.[1]);
  fetched.push(frame);
  const header = {
    ...{
      frame: frame + isOffBy,
      frames: 500,
      width: 2,
      height: 2,
      chromaWidth: 1,
      chromaHeight: 2,
      bitDepth: 8,
    },
    ...{ range: 'limited', matrix: 'bt601', damaged: false },
  };
  const response = () =>
    new Response(new Uint8Array(8), { headers: { [pictureHeaderName]: JSON.stringify(header) } });
  if (isQuick) return Promise.resolve(response());
  return new Promise((resolve) => asked.push({ frame, answer: () => resolve(response()) }));
}

const shownFrame = () => useShown.getState().pair?.a.picture.header.frame;
const isShown = (frame: number) =>
  vi.waitFor(() => expect(shownFrame()).toBe(frame), { interval: 2, timeout: 20_000 });

beforeEach(async () => {
  asked = [];
  fetched = [];
  isQuick = true;
  isOffBy = 0;
  vi.stubGlobal('fetch', engine);
  review.open({ id: pass.id, frames: pass.frames, rate: pass.video.frameRate, events: [] }, 200);
  comparison.open(pass, { hasAccess: false, others: [] });
  stop = runViewer();
  await isShown(200);
});
afterEach(() => {
  stop();
  review.close();
  comparison.close();
  vi.unstubAllGlobals();
});

describe('the viewer', () => {
  test('moves the cursor of a shuttle only to what is shown', async () => {
    const wrong: unknown[] = [];
    const end = useCursor.subscribe(({ frame }) => {
      if (shownFrame() !== frame) wrong.push({ frame, shown: shownFrame() });
    });
    review.shuttle(-1);
    review.shuttle(-1);
    await vi.waitFor(() => expect(useCursor.getState().frame).toBeLessThan(190), {
      interval: 2,
      timeout: 20_000,
    });
    end();
    review.stop();
    expect(wrong).toEqual([]);
  });

  test('shows the cursor’s frame after a stop, whatever was still on its way', async () => {
    isQuick = false;
    review.shuttle(-1);
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0), { interval: 2, timeout: 20_000 });
    review.stop();
    for (const { answer } of asked) answer();
    await answersTaken();
    expect([useCursor.getState().frame, shownFrame()]).toEqual([200, 200]);
  });

  test('shows no picture under the number of another', async () => {
    isOffBy = 1;
    review.goTo(300);
    await vi.waitFor(() => expect(useShown.getState().failure?.cursorFrame).toBe(300), {
      interval: 2,
      timeout: 20_000,
    });
    expect(shownFrame()).toBe(200);
  });

  test('stands at the end of the tape, and there is what is shown', async () => {
    review.goTo(pass.frames - 4);
    await isShown(pass.frames - 4);
    review.shuttle(1);
    await vi.waitFor(() => expect(useCursor.getState().speed).toBe(0), { interval: 2, timeout: 20_000 });
    expect([useCursor.getState().frame, shownFrame()]).toEqual([499, 499]);
  });

  test('has the next frame there before it is asked for', async () => {
    review.step(1);
    await isShown(201);
    await vi.waitFor(() => expect(fetched).toContain(202), { interval: 2, timeout: 20_000 });
    await answersTaken();
    isQuick = false;
    review.step(1);
    // In the same task: nothing had to be waited for.
    expect([useCursor.getState().frame, shownFrame()]).toEqual([202, 202]);
  });
});
