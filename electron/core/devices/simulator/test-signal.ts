import { nominalFrameRate } from '#shared/domain/timecode.ts';
import { firstSampleOf, type Standard, sampleRateHz } from './standard.ts';

/** Seconds after which the test signal comes round: a clap at its start, the left channel interrupted in its middle. */
const loopS = 3;
const clapFrames = 2;
const beepHz = 3000;

/** Frames of one round of the test signal. */
export function testSignalFrames(standard: Standard): number {
  return nominalFrameRate(standard.frameRate) * loopS;
}

/** Samples of the same, exactly: 1 kHz and the beep come out in whole cycles in both standards. */
export function testSignalSamples(standard: Standard): number {
  return firstSampleOf(testSignalFrames(standard), standard.frameRate);
}

/** Whether the clapper is closed in a frame of the round: the top of the picture is white, the beep sounds. */
export function isClap(frame: number): boolean {
  return frame < clapFrames;
}

/** The rows of the test picture, in parts of its height: clapper and frame number, the moving pillar, bars below. */
export const testRows = { pillar: 0.14, bars: 0.25, castellations: 0.67, pluge: 0.75 } as const;

/** Left edge of the pillar at a field, in pixels: twice across in a round, so that a field's step is a few pixels. */
export function testPillar(
  field: number,
  width: number,
  standard: Standard,
): { left: number; width: number } {
  const fields = testSignalFrames(standard) * 2;
  const left = Math.floor(((2 * field * width) / fields / 2) % (width / 2)) * 2;
  return { left, width: Math.floor(width / 32) * 2 };
}

/**
 * Line-up sound as a part of full scale: tone in all channels, the first interrupted for 250 ms every three seconds so that
 * left is known from right (EBU Tech 3304), and a beep instead of it with each clap.
 */
export function lineUpSound(
  sample: number,
  channel: number,
  tone: { hertz: number; peak: number },
  standard: Standard,
): number {
  const time = sample / sampleRateHz;
  const beepEnd = firstSampleOf(clapFrames, standard.frameRate);
  const hertz = sample < beepEnd ? beepHz : tone.hertz;
  const isInterrupted = channel === 0 && time >= loopS / 2 && time < loopS / 2 + 0.25;
  return isInterrupted ? 0 : tone.peak * Math.sin(2 * Math.PI * hertz * time);
}
