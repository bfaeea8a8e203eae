/** Samples a second at which sounds are held against each other: up to 4 kHz they are coded truly, above it coders put in noise of their own. */
export const listenRateHz = 8_000;

/** What has been decoded of a track and is not forgotten yet, sample by sample of all channels in turn. */
export function createSoundQueue(channels: number) {
  let samples = new Float32Array(channels * 8 * listenRateHz);
  let first = 0;
  let count = 0;
  let rest = Buffer.alloc(0);
  return {
    /** Signed 16 bits, the low byte first; a chunk may end in the middle of a sample. */
    add(chunk: Buffer): void {
      const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const added = Math.floor(all.length / (2 * channels));
      const needed = (count + added) * channels;
      if (needed > samples.length) {
        const wider = new Float32Array(2 * needed);
        wider.set(samples.subarray(0, count * channels));
        samples = wider;
      }
      const start = count * channels;
      for (let at = 0; at < added * channels; at++) samples[start + at] = all.readInt16LE(2 * at) / 32_768;
      count += added;
      rest = Buffer.from(all.subarray(2 * channels * added));
    },
    /** Samples of each channel that have come so far. */
    end: () => first + count,
    /** One channel; what is not there is silent. */
    channel(channel: number, from: number, length: number): Float32Array {
      const taken = new Float32Array(length);
      const begin = Math.max(0, first - from);
      const stop = Math.min(length, first + count - from);
      for (let at = begin; at < stop; at++) {
        taken[at] = samples[(from + at - first) * channels + channel] as number;
      }
      return taken;
    },
    forget(before: number): void {
      const gone = Math.min(count, Math.max(0, before - first));
      samples.copyWithin(0, gone * channels, count * channels);
      first += gone;
      count -= gone;
    },
  };
}
