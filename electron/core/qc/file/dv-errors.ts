import type { DvFrameErrors } from '#core/essence/dv-blocks.ts';
import type { DvTally, QcEvent } from '#shared/domain/qc.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { evidenceNumber, findRuns, lengthOf, type Run } from '../runs.ts';

/** Own: faults of one place on the tape come in bursts; half a second without one ends the burst. */
const bridgeSeconds = 0.5;
/** Own: a hundredth of the blocks made up is seen; below that a trained eye finds it in single frames. */
const warnShare = 0.01;
/** Own: a tenth of the picture made up for a second is content that is lost. */
const fail = { share: 0.1, seconds: 1 };
/**
 * One of two heads is clogged where nearly all blocks of every other DIF sequence are bad and the others good: about half the
 * picture, steadily. Own numbers, on the rule of dvrescue (mipops/dvrescue): steadily about 50 % concealed is one head.
 */
const clog = { bad: 0.5, good: 0.1, seconds: 0.4 };

/** Collects what the frames of a DV stream say, and tells it as events. Ten numbers a second and parity are all that is kept. */
export function createDvErrors(frameRate: Rational): {
  add(errors: DvFrameErrors): void;
  tally(): DvTally;
  events(): QcEvent[];
} {
  const frames: { even: number; odd: number; audio: number }[] = [];
  const blocks = { even: 0, odd: 0 };
  const framesIn = (seconds: number) => Math.max(1, Math.round((seconds * frameRate.num) / frameRate.den));

  function sumOf(run: Run) {
    const sum = { even: 0, odd: 0, audio: 0 };
    for (const frame of frames.slice(run.startFrame, run.endFrame + 1)) {
      sum.even += frame.even;
      sum.odd += frame.odd;
      sum.audio += frame.audio;
    }
    const share = (parity: 'even' | 'odd') =>
      blocks[parity] === 0 ? 0 : (sum[parity] * frames.length) / (blocks[parity] * lengthOf(run));
    return { ...sum, evenShare: share('even'), oddShare: share('odd') };
  }

  function eventOf(run: Run): QcEvent {
    const { even, odd, audio, evenShare, oddShare } = sumOf(run);
    const share = (evenShare + oddShare) / 2;
    const [lesser, graver] = [Math.min(evenShare, oddShare), Math.max(evenShare, oddShare)];
    const isClogged = graver >= clog.bad && lesser <= clog.good && lengthOf(run) >= framesIn(clog.seconds);
    const isLost = share >= fail.share && lengthOf(run) >= framesIn(fail.seconds);
    const percent = (value: number) => `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} %`;
    return {
      check: 'dv-errors',
      ...run,
      severity: isClogged || isLost ? 'fail' : share >= warnShare || audio > 0 ? 'warn' : 'info',
      // The deck itself said so: nothing is inferred but that it is one head.
      confidence: isClogged ? 0.95 : 1,
      evidence: {
        frames: lengthOf(run),
        badVideoBlocks: even + odd,
        badAudioBlocks: audio,
        shareOfBlocks: evidenceNumber(share),
        evenShare: evidenceNumber(evenShare),
        oddShare: evidenceNumber(oddShare),
        limitShare: warnShare,
      },
      message: isClogged
        ? `One head gave nothing: ${percent(graver)} of the blocks of every other track were not read. Clean the heads and play the tape again.`
        : `${percent(share)} of the picture's blocks${audio > 0 ? ` and ${audio} blocks of sound` : ''} were not read and made up by the deck. Clean the heads and play this place again.`,
    };
  }

  return {
    add({ even, odd, badAudioBlocks }) {
      frames.push({ even: even.bad, odd: odd.bad, audio: badAudioBlocks });
      blocks.even += even.blocks;
      blocks.odd += odd.blocks;
    },
    tally() {
      const whole = sumOf({ startFrame: 0, endFrame: frames.length - 1 });
      return {
        frames: frames.length,
        faultyFrames: frames.filter(({ even, odd, audio }) => even + odd + audio > 0).length,
        videoBlocks: blocks.even + blocks.odd,
        badVideoBlocks: whole.even + whole.odd,
        evenShare: frames.length === 0 ? 0 : whole.evenShare,
        oddShare: frames.length === 0 ? 0 : whole.oddShare,
        badAudioBlocks: whole.audio,
      };
    },
    events() {
      const isFaulty = (frame: number) => {
        const { even = 0, odd = 0, audio = 0 } = frames[frame] ?? {};
        return even + odd + audio > 0;
      };
      return findRuns(frames.length, isFaulty, { bridgeFrames: framesIn(bridgeSeconds) }).map(eventOf);
    },
  };
}
