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
 * The passes that stand for the tape: one, or one for each of its segments in their order. Where somebody chose, that counts:
 * a whole playing, or segments. Where nobody did, a sealed pass of the whole tape comes before segments. Empty where none is
 * sealed.
 */
export function masterPasses(passes: readonly Pass[]): Pass[] {
  const sealed = sealedPasses(passes);
  const chosen = sealed.filter((pass) => pass.chosen);
  const whole = sealed.filter((pass) => segmentOf(pass) === undefined);
  const areSegments = (chosen.length > 0 ? chosen : whole).every((pass) => segmentOf(pass) !== undefined);
  const parts = areSegments ? segmentsOf(sealed) : [undefined];
  return parts.flatMap((segment) => {
    const ofPart = sealed.filter((pass) => segmentOf(pass) === segment);
    return ofPart.find((pass) => pass.chosen) ?? fullestPass(ofPart) ?? [];
  });
}

/** The part of the tape that a pass was recorded for, from 1; undefined for the whole tape. */
export function segmentOf({ plan }: Pass): number | undefined {
  return plan?.segment;
}

/** Segments that are missing among these passes, up to the last one that is there. */
export function missingSegments(passes: readonly Pass[]): number[] {
  const there = segmentsOf(passes);
  const all = Array.from({ length: there.at(-1) ?? 0 }, (_, index) => index + 1);
  return all.filter((segment) => !there.includes(segment));
}

/** Sealed passes, the newest first. */
export function sealedPasses(passes: readonly Pass[]): Pass[] {
  return passes.filter((pass) => pass.state === 'sealed').sort((a, b) => b.passNumber - a.passNumber);
}

/**
 * The newest of sealed passes, but never one that is more than 2 % shorter than another one which lost no more frames;
 * undefined where each falls short of another.
 */
function fullestPass(sealed: readonly Pass[]): Pass | undefined {
  return sealed.find((pass) => !sealed.some((other) => lost(other) <= lost(pass) && isShorter(pass, other)));
}

function segmentsOf(passes: readonly Pass[]): number[] {
  const segments = passes.flatMap((pass) => segmentOf(pass) ?? []);
  return [...new Set(segments)].sort((a, b) => a - b);
}

function lost(pass: Pass): number {
  return pass.droppedFrames + pass.lostFrames;
}
