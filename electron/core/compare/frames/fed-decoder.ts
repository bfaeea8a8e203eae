import { fedClusterHead, fedHead } from './fed-matroska.ts';
import { type PictureProcessEnd, startPictureProcess } from './picture-process.ts';
import type { PlaneMemory } from './plane-memory.ts';

/** What became of a frame that was fed. */
export type FedPicture =
  | {
      planes: Uint8Array;
      isWhole: boolean;
      /** It has taken all that was fed: no good frame, fed again to ask for this one, is on its way still. */
      hasTakenAll: boolean;
    }
  /** It will not come: what was fed after it came, or the decoder has given all it had. */
  | 'none'
  /** The decoder has gone by itself. */
  | 'died';

/** A decoder that is fed frame by frame. */
export interface FedDecoder {
  readonly hasEnded: boolean;
  readonly ended: Promise<PictureProcessEnd>;
  /** One at a time. A frame that came whole is kept, to be fed again until the next one came whole. */
  pass(codedFrame: Buffer): Promise<FedPicture>;
  kill(): void;
}

export interface FedDecoderOptions {
  ffmpegPath: string;
  track: { entry: Buffer; number: number };
  pixelFormat: string;
  pictureBytes: number;
  memory: PlaneMemory;
}

/** From one frame to the next, whatever their numbers are. */
const stepMs = 40;
/** Without a word for so long, it is asked whether the frame will come: at the cost of one more frame, or of a new decoder. */
const askByFrameAfterMs = 2_000;
const askByEndAfterMs = 5_000;
/** A complaint is most often about a frame that comes all the same. */
const askAfterComplaintMs = 50;
/** Without an answer for so long, it hangs. */
const hangsAfterMs = 20_000;

/**
 * Starts a decoder that takes the frames of a track in any order, each under a time of our own. Whether one that does not come is
 * only late is never guessed: a frame that decodes is fed after it, and comes instead of it (or the feed is ended, and all comes
 * that will). With one frame at a time in it, a complaint is about that frame.
 */
export async function startFedDecoder({ track, ...options }: FedDecoderOptions): Promise<FedDecoder> {
  let timeMs = -stepMs;
  let hasEnded = false;
  let isFeedEnded = false;
  let complaints = 0;
  /** A frame that came out well. */
  let goodFrame: Buffer | undefined;
  let hasAsked = false;
  let wantedMs = Number.NaN;
  let came: Uint8Array | 'none' | undefined;
  let notice = () => {};

  const process = await startPictureProcess({
    ...options,
    // Nothing is guessed: the first frame says all.
    input: [
      '-probesize',
      '32',
      '-analyzeduration',
      '0',
      '-fpsprobesize',
      '0',
      '-f',
      'matroska',
      '-i',
      'pipe:0',
    ],
    isFed: true,
    onPicture(planes, timeS) {
      const ms = Math.round(timeS * 1000);
      const isWanted = ms === wantedMs && came === undefined;
      if (!isWanted) options.memory.release(planes);
      if (ms < wantedMs) return;
      came ??= isWanted ? planes : 'none';
      notice();
    },
    onComplaint() {
      complaints += 1;
      notice();
    },
  });
  void process.ended.then(({ isKilled }) => {
    hasEnded = true;
    came ??= isFeedEnded && !isKilled ? 'none' : undefined;
    notice();
  });
  process.feed(fedHead(track.entry));

  function feed(codedFrame: Buffer): number {
    timeMs += stepMs;
    process.feed(fedClusterHead(track.number, timeMs, codedFrame.length), codedFrame);
    return timeMs;
  }

  async function arrival(codedFrame: Buffer): Promise<Uint8Array | 'none' | 'died'> {
    came = undefined;
    wantedMs = feed(codedFrame);
    const before = complaints;
    hasAsked = false;
    const ask = () => {
      hasAsked = true;
      if (goodFrame) return void feed(goodFrame);
      isFeedEnded = true;
      process.endFeed();
    };
    let asking = setTimeout(ask, goodFrame ? askByFrameAfterMs : askByEndAfterMs);
    let isHurried = false;
    const hanging = setTimeout(() => process.kill(), hangsAfterMs);
    try {
      while (came === undefined && !hasEnded) {
        const { promise, resolve } = Promise.withResolvers<void>();
        notice = resolve;
        await promise;
        if (complaints === before || isHurried) continue;
        isHurried = true;
        clearTimeout(asking);
        asking = setTimeout(ask, askAfterComplaintMs);
      }
      return came ?? 'died';
    } finally {
      clearTimeout(asking);
      clearTimeout(hanging);
    }
  }

  return {
    get hasEnded() {
      return hasEnded || isFeedEnded;
    },
    ended: process.ended,
    async pass(codedFrame) {
      const before = complaints;
      const planes = await arrival(codedFrame);
      if (typeof planes === 'string') return planes;
      const isWhole = complaints === before;
      if (isWhole) goodFrame = codedFrame;
      return { planes, isWhole, hasTakenAll: !hasAsked };
    },
    kill: process.kill,
  };
}
