/**
 * Where what is found comes from: the carrier, this playing of it, the chain behind the deck, the coding, whoever worked the
 * deck, or what was recorded already with the fault in it. That the artist meant it is said apart (intention.ts), since it
 * holds for the work, not for this pass.
 */
export const origins = [
  'tape',
  'playback',
  'transfer',
  'encoding',
  'operator',
  'recorded-in',
  'unknown',
] as const;
export type Origin = (typeof origins)[number];
