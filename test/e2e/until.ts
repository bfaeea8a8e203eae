import { setTimeout as wait } from 'node:timers/promises';

/** Long enough for two cores that do much else. */
export const patientMs = 45_000;

/** Waits for a condition; fails with what is waited for, and with what was last seen, when it does not come about. */
export async function until<T>(
  what: string,
  look: () => Promise<T>,
  isGood: (seen: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + patientMs;
  for (;;) {
    const seen = await look();
    if (isGood(seen)) return seen;
    if (Date.now() > deadline)
      throw new Error(`it did not happen in ${patientMs} ms: ${what}; last: ${seen}`);
    await wait(50);
  }
}
