import { HelicalError } from '#shared/domain/errors.ts';
import { toNumber } from '#shared/domain/rational.ts';
import type { DescribedFile } from './described-file.ts';
import { type PictureProcess, startPictureProcess } from './picture-process.ts';
import type { DecodedPicture, PictureSource } from './picture-source.ts';
import type { PlaneMemory } from './plane-memory.ts';
import { isSelfContained } from './self-contained.ts';

export interface RunningSourceOptions {
  ffmpegPath: string;
  path: string;
  described: DescribedFile;
  frames: number;
  pictureBytes: number;
  memory: PlaneMemory;
  /** Pictures that were decoded on the way to the one that is wanted. */
  onAlso(picture: DecodedPicture): void;
}

/** Pictures that wait to be taken: beyond them the decoder is held back. */
const waitingAtMost = 8;
/** Further ahead than this it is quicker to start anew. */
const readOnFrames = 100;
/** No picture at all for so long: it hangs. */
const hangsAfterMs = 20_000;
/** Others than these can be entered at no key picture without a lead-in; our access copies have closed groups. */
const hasClosedGroups = /^h264$/;
/** Longer than a group of pictures of HDV: what needs pictures before its group is right again by then. */
const leadInS = 1;

interface Run {
  process: PictureProcess;
  hasEnded: boolean;
  /** It came to the end of the file. */
  isAtEnd: boolean;
  /** So many pictures from now on may be damaged. */
  doubtful: number;
  /** Frames below are not to be trusted. */
  trustedFrom: number;
  waiting: DecodedPicture[];
  lastFrame: number;
  notice: () => void;
}

/**
 * Frames of a file whose frames need each other, from a decoder that runs forward: entered before the frame that is wanted, and held
 * back by its own pipe when it is far enough ahead. A frame's number is its time on the file's clock, which has to be even (constant
 * rate): a picture off that clock is refused, since its number would be a guess.
 */
export function createRunningSource(options: RunningSourceOptions): PictureSource {
  const { described, path, frames, memory } = options;
  const rate = toNumber(described.frameRate);
  const hasLeadIn = !isSelfContained(described.codec) && !hasClosedGroups.test(described.codec);
  // Damage goes on to the end of a group of pictures. Which picture a complaint was about is not known to one: two of them are in doubt.
  const doubtfulFrames = isSelfContained(described.codec) ? 2 : Math.ceil(rate);
  let run: Run | undefined;
  let isClosed = false;

  async function start(seekFrame: number, trustedFrom: number): Promise<Run> {
    const seekS = Math.max(0, (seekFrame - 0.5) / rate);
    const state: Omit<Run, 'process'> = {
      ...{ hasEnded: false, isAtEnd: false, doubtful: 0, trustedFrom },
      ...{ waiting: [], lastFrame: -1, notice() {} },
    };
    const process = await startPictureProcess({
      ...options,
      pixelFormat: described.pixelFormat,
      // Not accurate on purpose: what lies between the key picture and the one that is wanted is decoded anyhow, and is kept.
      input: [...(seekS > 0 ? ['-noaccurate_seek', '-ss', seekS.toFixed(6)] : []), '-i', path],
      isFed: false,
      onPicture(planes, timeS) {
        const place = (timeS - described.startS) * rate;
        const frame = Math.round(place);
        const isOnClock = Math.abs(place - frame) < 0.25;
        state.lastFrame = Math.max(state.lastFrame, frame);
        if (isOnClock && frame >= state.trustedFrom) {
          state.waiting.push({ frame, planes, damaged: state.doubtful > 0 });
        } else memory.release(planes);
        state.doubtful = Math.max(0, state.doubtful - 1);
        if (state.waiting.length >= waitingAtMost) process.setPaused(true);
        state.notice();
      },
      onComplaint() {
        state.doubtful = doubtfulFrames;
      },
    });
    void process.ended.then(({ isClean }) => {
      state.hasEnded = true;
      state.isAtEnd = isClean;
      state.notice();
    });
    return Object.assign(state, { process });
  }

  async function stop(): Promise<void> {
    const ending = run;
    run = undefined;
    ending?.process.kill();
    await ending?.process.ended;
    for (const { planes } of ending?.waiting ?? []) memory.release(planes);
  }

  /** Reads on up to a frame. 'behind': the run has passed it, or began after it. 'end': the file ends before it. */
  async function readUpTo(current: Run, frame: number): Promise<DecodedPicture | 'behind' | 'end' | 'died'> {
    const hanging = setTimeout(() => current.process.kill(), hangsAfterMs);
    try {
      for (;;) {
        for (let next = current.waiting.shift(); next; next = current.waiting.shift()) {
          if (next.frame === frame) return next;
          if (next.frame > frame) {
            current.waiting.unshift(next);
            return 'behind';
          }
          options.onAlso(next);
        }
        if (current.lastFrame > frame) return 'behind';
        if (current.hasEnded) return current.isAtEnd ? 'end' : 'died';
        const { promise, resolve } = Promise.withResolvers<void>();
        current.notice = resolve;
        current.process.setPaused(false);
        await promise;
        hanging.refresh();
      }
    } finally {
      clearTimeout(hanging);
    }
  }

  return {
    frames,
    get isRunning() {
      return run !== undefined && !run.hasEnded;
    },
    async decode(frame) {
      if (run && (frame > run.lastFrame + readOnFrames || frame < run.trustedFrom)) await stop();
      if (run) {
        const read = await readUpTo(run, frame);
        if (typeof read !== 'string') return read;
        await stop();
      }
      // A container may enter behind what was asked for: then from further ahead, and from the beginning in the end.
      let deaths = 0;
      for (const aheadS of [0, 2, 10, Number.POSITIVE_INFINITY]) {
        if (isClosed) break;
        const seekFrame = Math.max(0, Math.floor(frame - (aheadS + (hasLeadIn ? leadInS : 0)) * rate));
        run = await start(seekFrame, hasLeadIn && seekFrame > 0 ? frame : 0);
        const read = await readUpTo(run, frame);
        if (typeof read !== 'string') return read;
        await stop();
        if (read === 'died') deaths += 1;
        if (deaths > 1) throw decoderDied(frame);
        if (seekFrame === 0 || read === 'end') break;
      }
      return undefined;
    },
    rest: stop,
    async close() {
      isClosed = true;
      await stop();
    },
  };
}

function decoderDied(frame: number): HelicalError {
  return new HelicalError('FFMPEG_FAILED', {
    problem: `The decoder ended before frame ${frame}, twice.`,
    safe: 'The file was not changed.',
    remedy: 'Ask for another frame, or for this one again.',
  });
}
