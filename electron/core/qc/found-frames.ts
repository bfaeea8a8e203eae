import type { Finding } from './check.ts';

/** One byte a frame: 1 where one of the named checks has found something. `around` frames on either side count too. */
export function framesFoundBy(
  earlier: ReadonlyMap<string, readonly Finding[]>,
  checks: readonly string[],
  frames: number,
  around = 0,
): Uint8Array {
  const mask = new Uint8Array(frames);
  for (const check of checks) {
    for (const { startFrame, endFrame } of earlier.get(check) ?? [])
      mask.fill(1, Math.max(0, startFrame - around), endFrame + 1 + around);
  }
  return mask;
}
