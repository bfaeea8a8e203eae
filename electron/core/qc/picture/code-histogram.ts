/** How often each code of a plane occurs: in the active area, and around it. */
export interface CodeHistogram {
  active: Uint32Array;
  border: Uint32Array;
  clear(): void;
  /** Reads both; the figures below are of the last reading. `samples`: of the active area. */
  read(samples: number): void;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  /** With the border. */
  readonly wholeMinimum: number;
  readonly wholeMaximum: number;
  /** The lowest code that so large a share of the samples reaches or stays below. */
  percentile(share: number): number;
  /** How many of the bits of a code are set in any of them. */
  bitsInUse(): number;
  /** Of the codes in use, as a share of what all codes used alike would give. */
  entropy(): number;
}

export function createCodeHistogram(bitDepth: number): CodeHistogram {
  const active = new Uint32Array(2 ** bitDepth);
  const border = new Uint32Array(2 ** bitDepth);
  let counted = 1;
  const histogram = {
    active,
    border,
    minimum: 0,
    maximum: 0,
    mean: 0,
    wholeMinimum: 0,
    wholeMaximum: 0,
    clear() {
      active.fill(0);
      border.fill(0);
    },
    read(samples: number) {
      counted = samples;
      let [sum, low, high, wholeLow, wholeHigh] = [0, -1, 0, -1, 0];
      for (let code = 0; code < active.length; code++) {
        const count = active[code] as number;
        if (count === 0 && border[code] === 0) continue;
        if (wholeLow < 0) wholeLow = code;
        wholeHigh = code;
        if (count === 0) continue;
        if (low < 0) low = code;
        high = code;
        sum += code * count;
      }
      Object.assign(histogram, { minimum: low, maximum: high, mean: sum / samples });
      Object.assign(histogram, { wholeMinimum: wholeLow, wholeMaximum: wholeHigh });
    },
    percentile(share: number) {
      const wanted = Math.round(counted * share);
      let passed = 0;
      for (let code = histogram.minimum; code <= histogram.maximum; code++) {
        passed += active[code] as number;
        if (passed >= wanted) return code;
      }
      return histogram.maximum;
    },
    bitsInUse() {
      let [mask, bits] = [0, 0];
      for (let code = histogram.minimum; code <= histogram.maximum; code++) {
        if (active[code] !== 0) mask |= code;
      }
      for (; mask > 0; mask >>= 1) bits += mask & 1;
      return bits;
    },
    entropy() {
      let bits = 0;
      for (let code = histogram.minimum; code <= histogram.maximum; code++) {
        const share = (active[code] as number) / counted;
        if (share > 0) bits -= share * Math.log2(share);
      }
      return bits / Math.log2(active.length);
    },
  };
  return histogram;
}
