/** Line frequencies of 625 and 525 lines, and how far from them a whistle is still theirs. */
const lineHz = [15_625, 15_734.27];
const lineReachHz = 60;

/** What line-up oscillators give (IEC 60268, EBU, SMPTE), and how far off the speed of a deck may be. */
const oscillatorsHz = [400, 1000, 3000, 3150, 10_000];
const speedShare = 0.005;

export function isOscillator(hertz: number): boolean {
  return oscillatorsHz.some((one) => Math.abs(hertz - one) <= speedShare * one);
}

/** Whether it is the whistle of a television's lines. */
export function isOfLines(hertz: number): boolean {
  return lineHz.some((line) => Math.abs(hertz - line) <= lineReachHz);
}

/** Whether no note is played at such a frequency. */
export function isKnownTone(hertz: number): boolean {
  return isOscillator(hertz) || isOfLines(hertz);
}

/** Own: buzz of mains reaches so far; the twentieth of 50 Hz is an oscillator's. */
export const mostBuzz = 19;

/** Whether a tone is an overtone of another, up to an order: mains wander. */
export function isHarmonic(hertz: number, baseHz: number, most: number): boolean {
  const order = Math.round(hertz / baseHz);
  return order <= most && Math.abs(hertz / order - baseHz) <= 0.004 * baseHz;
}
