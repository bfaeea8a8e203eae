import { hash } from 'node:crypto';
import { mkdir, statfs } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { canonicalJson } from '#core/log/chain.ts';
import type { Budget } from '#shared/domain/budget.ts';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import type { Session } from '#shared/domain/live.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import { formatRational, toNumber } from '#shared/domain/rational.ts';
import {
  type BudgetFacts,
  type CaptureLoad,
  comfortableSpeed,
  judgeBudget,
  type KnownFigure,
} from './budget.ts';
import { measureMachine, measurementBytes } from './machine-figure.ts';

/** A capture that somebody would like to begin. */
export interface WishedCapture {
  video: VideoFormat;
  audio: AudioFormat | undefined;
  profile: MasterProfile;
  durationS: number | undefined;
}

/** What this machine is known to hold. */
export interface BudgetBook {
  /**
   * Measures, unless that could harm a capture: one that is behind, one that begins meanwhile, or one whose disk has no room to
   * spare. Then it reckons from the last figure.
   */
  measure(wished: WishedCapture): Promise<Budget>;
  /** From the last figure of such a picture; undefined where there is none. */
  reckon(wished: WishedCapture): Promise<Budget | undefined>;
}

/** From so much lag on a capture is left alone. */
const behindS = 1;
const lookEveryMs = 200;
/** Beside a recorder the measurement takes what is left over. */
const politeNice = 10;
/** A measurement begins where so many times what it writes is free beside all reserves: captures write on meanwhile. */
const roomMargin = 2;
/** Another day the machine may be another one: its disk fuller, its programs others. */
const figureLastsMs = 24 * 3_600_000;

export function createBudgetBook(options: {
  ffmpegPath: string;
  mastersDir: string;
  reserve: { seconds: number; floorBytes: number };
  /** Every capture of this engine. */
  sessions(): Session[];
  /** Milliseconds of a clock that is never set; left out: the system's. */
  steadyMs?: () => number;
  /** Bytes that are free on the disk of the masters; left out: what the system says. */
  freeBytes?: () => Promise<number>;
}): BudgetBook {
  const { steadyMs = () => performance.now(), freeBytes = freeOf(options.mastersDir) } = options;
  const figures = new Map<string, KnownFigure & { atMs: number }>();
  let measuring: Promise<unknown> = Promise.resolve();

  const running = () =>
    options.sessions().filter(({ state }) => state === 'recording' || state === 'stopping');
  const isAnyBehind = () =>
    running().some(({ lagS, untilLossS }) => (lagS ?? 0) > behindS || (untilLossS ?? Infinity) < 20);

  /** What the captures that run, or are armed, and perhaps one more, need so that all can be ended in order. */
  function reserveOf(loads: readonly CaptureLoad[], captures: number): number {
    const { seconds, floorBytes } = options.reserve;
    const rates = loads.reduce((sum, { bytesPerS }) => sum + (bytesPerS ?? 0), 0);
    return rates * seconds + floorBytes * captures;
  }

  async function hasRoomToMeasure({ video, audio }: WishedCapture): Promise<boolean> {
    const loads = running().map(loadOf);
    const needed = reserveOf(loads, Math.max(1, loads.length)) + roomMargin * measurementBytes(video, audio);
    return (await freeBytes()) > needed;
  }

  function knownFigure(wished: WishedCapture): KnownFigure | undefined {
    const known = figures.get(keyOf(wished));
    return known && steadyMs() - known.atMs < figureLastsMs ? known : undefined;
  }

  async function figureNow(wished: WishedCapture): Promise<KnownFigure | undefined> {
    const ranThen = running().map(loadOf);
    const done = new AbortController();
    const breakOff = new AbortController();
    const guard = (async () => {
      while (!done.signal.aborted) {
        const reserve = reserveOf(running().map(loadOf), Math.max(1, running().length));
        // A disk that cannot be asked says why when it is asked for the answer.
        const isRoomy = await freeBytes().then(
          (free) => free > reserve,
          () => false,
        );
        // A tape that began to play meanwhile finds a machine that is taken, and what is measured from now on is half of it.
        const hasBegun = running().length > ranThen.length;
        if (hasBegun || isAnyBehind() || !isRoomy) breakOff.abort();
        await wait(lookEveryMs, undefined, { signal: done.signal }).catch(() => {});
      }
    })();
    try {
      const figure = await measureMachine({
        ...wished,
        ffmpegPath: options.ffmpegPath,
        mastersDir: options.mastersDir,
        nice: ranThen.length > 0 ? politeNice : 0,
        isAlone: ranThen.length === 0,
        comfortableSpeed,
        signal: breakOff.signal,
      });
      return figure && { ...figure, ranThen };
    } finally {
      done.abort();
      await guard;
    }
  }

  async function judged(
    wished: WishedCapture,
    isFresh: boolean,
    unmeasured: BudgetFacts['unmeasured'],
  ): Promise<Budget> {
    await mkdir(options.mastersDir, { recursive: true });
    const sessions = options.sessions();
    const loads = sessions
      .filter(({ state }) => ['prepared', 'recording', 'stopping'].includes(state))
      .map(loadOf);
    return judgeBudget({
      figure: knownFigure(wished),
      isFresh,
      unmeasured,
      pixelsPerS: pixelsPerS(wished.video),
      durationS: wished.durationS,
      running: loads,
      followers: sessions.filter(({ state }) => state === 'following' || state === 'interrupted').length,
      diskFreeBytes: await freeBytes(),
      reserveBytes: reserveOf(loads, loads.length + 1),
    });
  }

  return {
    measure(wished) {
      // One at a time: two would measure each other.
      const next = measuring.then(async () => {
        await mkdir(options.mastersDir, { recursive: true });
        const isRoomy = await hasRoomToMeasure(wished);
        const figure = isAnyBehind() || !isRoomy ? undefined : await figureNow(wished);
        if (figure) figures.set(keyOf(wished), { ...figure, atMs: steadyMs() });
        return judged(wished, figure !== undefined, isRoomy ? 'behind' : 'room');
      });
      measuring = next.catch(() => {});
      return next;
    },
    async reckon(wished) {
      return knownFigure(wished) ? judged(wished, false, 'behind') : undefined;
    },
  };
}

function freeOf(folder: string): () => Promise<number> {
  return async () => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  };
}

function keyOf({ video, audio, profile }: WishedCapture): string {
  const { width, height, frameRate, pixelFormat } = video;
  // A profile that was changed keeps its name, and asks for other work.
  const profileSha256 = hash('sha256', canonicalJson(profile));
  return [profileSha256, width, height, formatRational(frameRate), pixelFormat, audio?.channels ?? 0].join(
    '/',
  );
}

function loadOf({ video, masterBitsPerSecond, frames, durationS }: Session): CaptureLoad {
  const playedS = frames / toNumber(video.frameRate);
  return {
    pixelsPerS: pixelsPerS(video),
    bytesPerS: masterBitsPerSecond > 0 ? masterBitsPerSecond / 8 : undefined,
    leftS: durationS === null ? undefined : Math.max(0, durationS - playedS),
  };
}

function pixelsPerS({ width, height, frameRate }: VideoFormat): number {
  return width * height * toNumber(frameRate);
}
