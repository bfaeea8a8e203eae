const blockBytes = 80;
/** Pack of the source of sound (AAUX source, IEC 61834-4). */
const soundSourcePack = 0x50;
/** Its sampling frequency: bits 5 to 3 of the last byte. */
const ratesHz: readonly (number | undefined)[] = [48_000, 44_100, 32_000];

/** A frame from which on a tape's sound has another sampling frequency. */
export interface SoundModeChange {
  frame: number;
  fromHz: number;
  toHz: number;
}

/**
 * The sampling frequency of the sound in one frame of DV, in hertz: what most of its packs say. Undefined where there is no sound,
 * where it is damaged, or where no two packs agree.
 */
export function dvSampleRateHz(frame: Uint8Array): number | undefined {
  const counts = new Map<number, number>();
  for (let at = 0; at + blockBytes <= frame.length; at += blockBytes) {
    // Section type 3 is sound: three bytes of identity, then a pack, then samples.
    if ((frame[at] as number) >> 5 !== 3 || frame[at + 3] !== soundSourcePack) continue;
    const rateHz = ratesHz[((frame[at + 7] as number) >> 3) & 7];
    if (rateHz !== undefined) counts.set(rateHz, (counts.get(rateHz) ?? 0) + 1);
  }
  let best: [number, number] | undefined;
  for (const entry of counts) if (entry[1] > (best?.[1] ?? 1)) best = entry;
  return best?.[0];
}

/** Follows the sampling frequency from frame to frame; frames that do not say it are passed over. */
export function createSoundModeWatch(): {
  add(frame: number, data: Uint8Array): void;
  readonly changes: readonly SoundModeChange[];
} {
  const changes: SoundModeChange[] = [];
  let lastHz: number | undefined;
  return {
    changes,
    add(frame, data) {
      const rateHz = dvSampleRateHz(data);
      if (rateHz === undefined) return;
      if (lastHz !== undefined && rateHz !== lastHz) changes.push({ frame, fromHz: lastHz, toHz: rateHz });
      lastHz = rateHz;
    },
  };
}
