import type { Picture } from '../../../ui/picture/picture.ts';
import type { PictureStore } from './picture-store.ts';
import type { PictureAddress, WantedPair } from './wanted.ts';

/** A picture that is drawn, and which one it is. */
export interface ShownPicture {
  address: PictureAddress;
  picture: Picture;
}

/** What is drawn: both sides belong to the same place of the cursor, always. */
export interface ShownPair {
  cursorFrame: number;
  a: ShownPicture;
  b: ShownPicture | null | 'missing' | 'failed';
}

/** What could not be had. */
export interface Failure {
  cursorFrame: number;
  address: PictureAddress;
  error: unknown;
}

export interface PresenterEvents {
  show(pair: ShownPair): void;
  fail(failure: Failure): void;
}

export interface Presenter {
  /** Wants this pair shown, as soon as both of it are there; resolves when it, or one wanted later, is shown or cannot be. */
  want(pair: WantedPair): Promise<void>;
  /** Fetches a pair that will be wanted next, when nothing else is on its way. */
  ahead(pair: WantedPair): void;
  dispose(): void;
}

/** Pairs on their way at the same time: the one before may still be shown while the newest is fetched. */
const mostAtOnce = 2;

/**
 * Brings pairs of pictures to the screen. A pair is shown when both sides are there and never before; pairs come in the order in which they
 * were wanted, and while some are on their way only the newest of those that wait is fetched.
 */
export function createPresenter(
  store: Pick<PictureStore<PictureAddress>, 'peek' | 'load'>,
  { show, fail }: PresenterEvents,
): Presenter {
  let wantedCount = 0;
  let shownCount = 0;
  let fetching = 0;
  let waiting: { pair: WantedPair; count: number; done: () => void } | undefined;
  let isOver = false;

  const bring = (count: number, pair: ShownPair) => {
    if (isOver || count < shownCount) return;
    shownCount = count;
    show(pair);
  };

  const loadSide = async (pair: WantedPair, address: PictureAddress) => {
    try {
      return { address, picture: await store.load(address) };
    } catch (error) {
      if (!isOver) fail({ cursorFrame: pair.cursorFrame, address, error });
      return undefined;
    }
  };

  const fetchPair = async (pair: WantedPair, count: number, done: () => void) => {
    fetching += 1;
    const [a, b] = await Promise.all([
      loadSide(pair, pair.a),
      pair.b === null || pair.b === 'missing' ? pair.b : loadSide(pair, pair.b),
    ]);
    fetching -= 1;
    if (a) bring(count, { cursorFrame: pair.cursorFrame, a, b: b === undefined ? 'failed' : b });
    done();
    const next = waiting;
    waiting = undefined;
    if (next && !isOver) void fetchPair(next.pair, next.count, next.done);
    else next?.done();
  };

  const atHand = ({ cursorFrame, a, b }: WantedPair): ShownPair | undefined => {
    const pictureA = store.peek(a);
    if (!pictureA) return undefined;
    const shownA = { address: a, picture: pictureA };
    if (b === null || b === 'missing') return { cursorFrame, a: shownA, b };
    const pictureB = store.peek(b);
    return pictureB && { cursorFrame, a: shownA, b: { address: b, picture: pictureB } };
  };

  return {
    want(pair) {
      wantedCount += 1;
      const count = wantedCount;
      const ready = atHand(pair);
      if (ready) {
        waiting?.done();
        waiting = undefined;
        bring(count, ready);
        return Promise.resolve();
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      if (fetching < mostAtOnce) void fetchPair(pair, count, resolve);
      else {
        waiting?.done();
        waiting = { pair, count, done: resolve };
      }
      return promise;
    },
    ahead(pair) {
      if (fetching > 0 || isOver) return;
      for (const address of [pair.a, pair.b]) {
        // What fails ahead of time is told when it is really wanted.
        if (address && address !== 'missing') store.load(address).catch(() => undefined);
      }
    },
    dispose() {
      isOver = true;
      waiting?.done();
      waiting = undefined;
    },
  };
}
