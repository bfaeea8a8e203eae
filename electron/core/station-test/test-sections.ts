import type { Section } from './decode-section.ts';

/** Longest stretch that is measured in one go: its sound is held in memory. */
const sectionS = 30;

/** What is decoded of a test: all of a short one; of a long one its first and last half minute. */
export function testSections(frames: number, framesPerS: number): Section[] {
  const longest = Math.round(sectionS * framesPerS);
  if (frames <= 2 * longest) return [{ firstFrame: 0, frames }];
  return [
    { firstFrame: 0, frames: longest },
    { firstFrame: frames - longest, frames: longest },
  ];
}
