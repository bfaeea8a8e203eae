import { mkdir, statfs } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Budget } from '#shared/domain/budget.ts';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import type { Session } from '#shared/domain/live.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import { formatRational, toNumber } from '#shared/domain/rational.ts';
import { type CaptureLoad, comfortableSpeed, judgeBudget, type KnownFigure } from './budget.ts';
import { measureMachine } from './machine-figure.ts';

/** A capture that somebody would like to begin. */
export interface WishedCapture {
  video: VideoFormat;
  audio: AudioFormat | undefined;
  profile: MasterProfile;
  durationS: number | undefined;
}

/** What this machine is known to hold. */
export interface BudgetBook {
  /** Measures, unless that could harm a capture that is behind; then reckons from the last figure. */
  measure(wished: WishedCapture): Promise<Budget>;
  /** From the last figure of such a picture; undefined where there is none. */
  reckon(wished: WishedCapture): Promise<Budget | undefined>;
}

/** From so much lag on a capture is left alone. */
const behindS = 1;
const lookEveryMs = 200;
/** Beside a recorder the measurement takes what is left over. */
const politeNice = 10;

export function createBudgetBook(options: {
  ffmpegPath: string;
  mastersDir: string;
  reserve: { seconds: number; floorBytes: number };
  /** Every capture of this engine. */
  sessions(): Session[];
}): BudgetBook {
  const figures = new Map<string, KnownFigure>();
  let measuring: Promise<unknown> = Promise.resolve();

  const running = () =>
    options.sessions().filter(({ state }) => state === 'recording' || state === 'stopping');
  const isAnyBehind = () =>
    running().some(({ lagS, untilLossS }) => (lagS ?? 0) > behindS || (untilLossS ?? Infinity) < 20);

  async function figureNow(wished: WishedCapture): Promise<KnownFigure | undefined> {
    const ranThen = running().map(loadOf);
    const done = new AbortController();
    const breakOff = new AbortController();
    const guard = (async () => {
      while (!done.signal.aborted) {
        if (isAnyBehind()) breakOff.abort();
        await wait(lookEveryMs, undefined, { signal: done.signal }).catch(() => {});
      }
    })();
    try {
      const figure = await measureMachine({
        ...wished,
        ffmpegPath: options.ffmpegPath,
        mastersDir: options.mastersDir,
        nice: ranThen.length > 0 ? politeNice : 0,
        comfortableSpeed,
        signal: breakOff.signal,
      });
      return figure && { ...figure, ranThen };
    } finally {
      done.abort();
      await guard;
    }
  }

  async function judged(wished: WishedCapture, isFresh: boolean): Promise<Budget> {
    await mkdir(options.mastersDir, { recursive: true });
    const disk = await statfs(options.mastersDir);
    const sessions = options.sessions();
    const loads = sessions
      .filter(({ state }) => ['prepared', 'recording', 'stopping'].includes(state))
      .map(loadOf);
    const { seconds, floorBytes } = options.reserve;
    const rates = loads.reduce((sum, { bytesPerS }) => sum + (bytesPerS ?? 0), 0);
    return judgeBudget({
      figure: figures.get(keyOf(wished)),
      isFresh,
      pixelsPerS: pixelsPerS(wished.video),
      durationS: wished.durationS,
      running: loads,
      followers: sessions.filter(({ state }) => state === 'following' || state === 'interrupted').length,
      diskFreeBytes: disk.bavail * disk.bsize,
      reserveBytes: rates * seconds + floorBytes,
    });
  }

  return {
    measure(wished) {
      // One at a time: two would measure each other.
      const next = measuring.then(async () => {
        await mkdir(options.mastersDir, { recursive: true });
        const figure = isAnyBehind() ? undefined : await figureNow(wished);
        if (figure) figures.set(keyOf(wished), figure);
        return judged(wished, figure !== undefined);
      });
      measuring = next.catch(() => {});
      return next;
    },
    async reckon(wished) {
      return figures.has(keyOf(wished)) ? judged(wished, false) : undefined;
    },
  };
}

function keyOf({ video, audio, profile }: WishedCapture): string {
  const { width, height, frameRate, pixelFormat } = video;
  return [profile.id, width, height, formatRational(frameRate), pixelFormat, audio?.channels ?? 0].join('/');
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
