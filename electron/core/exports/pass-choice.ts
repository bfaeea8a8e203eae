import type { Pass } from '#shared/domain/pass.ts';

/** How much shorter a playing may be than another before it is taken for a part of the tape: decks start by hand. */
const toleratedShortfall = 0.02;

/** Length of a pass in seconds. */
export function durationOf({ frames, video }: Pick<Pass, 'frames' | 'video'>): number {
  return (frames * video.frameRate.den) / video.frameRate.num;
}

/** Whether `pass` holds noticeably less of the tape than `other`. */
export function isShorter(pass: Pass, other: Pass): boolean {
  return durationOf(pass) < durationOf(other) * (1 - toleratedShortfall);
}

/**
 * The pass that stands for the tape: the newest sealed one, but never one that is more than 2 % shorter than another
 * sealed one which lost no more frames. Undefined where none is sealed.
 */
export function chosenPass(passes: readonly Pass[]): Pass | undefined {
  const sealed = sealedPasses(passes);
  return sealed.find((pass) => !sealed.some((other) => lost(other) <= lost(pass) && isShorter(pass, other)));
}

/** Sealed passes, the newest first. */
export function sealedPasses(passes: readonly Pass[]): Pass[] {
  return passes.filter((pass) => pass.state === 'sealed').sort((a, b) => b.passNumber - a.passNumber);
}

function lost(pass: Pass): number {
  return pass.droppedFrames + pass.lostFrames;
}
