/** Range decoder of RFC 9043, 3.8.1, as far as headers need it. */
export interface RangeDecoder {
  /** One bit with the adaptive state at `states[index]`. */
  bit(states: Uint8Array, index: number): boolean;
  /** An adaptive integer ("ur" or "sr" of RFC 9043, 3.8.1.2) with 32 states. Undefined for one beyond 32 bits. */
  symbol(states: Uint8Array, signed: boolean): number | undefined;
  /** How many bytes were asked for behind the end of the data. */
  readonly overreadBytes: number;
}

/** The states before anything was decoded: all 128. */
export function freshStates(count = 32): Uint8Array {
  return new Uint8Array(count).fill(128);
}

/** Decodes `data` with the default state transition table (RFC 9043, 3.8.1.4). */
export function createRangeDecoder(data: Uint8Array): RangeDecoder {
  let range = 0xff00;
  let low = ((data[0] ?? 0) << 8) | (data[1] ?? 0);
  let next = 2;
  let overreadBytes = 0;
  if (low >= 0xff00) {
    low = 0xff00;
    next = data.length;
  }

  function bit(states: Uint8Array, index: number): boolean {
    const state = states[index] ?? 128;
    const upper = (range * state) >> 8;
    range -= upper;
    const one = low >= range;
    if (one) {
      low -= range;
      range = upper;
    }
    states[index] = one ? (oneState[state] ?? 0) : 256 - (oneState[256 - state] ?? 0);
    if (range < 0x100) {
      range <<= 8;
      low <<= 8;
      if (next < data.length) low += data[next] ?? 0;
      else overreadBytes += 1;
      next += 1;
    }
    return one;
  }

  function symbol(states: Uint8Array, signed: boolean): number | undefined {
    if (bit(states, 0)) return 0;
    let exponent = 0;
    while (bit(states, 1 + Math.min(exponent, 9))) {
      exponent += 1;
      if (exponent > 31) return undefined;
    }
    let value = 1;
    for (let index = exponent - 1; index >= 0; index -= 1) {
      value = value * 2 + (bit(states, 22 + Math.min(index, 9)) ? 1 : 0);
    }
    return signed && bit(states, 11 + Math.min(exponent, 10)) ? -value : value;
  }

  return {
    bit,
    symbol,
    get overreadBytes() {
      return overreadBytes;
    },
  };
}

/** Builds the default table: each state moves a twentieth towards certainty, never beyond 248/256. */
function buildOneState(): Uint8Array {
  const table = new Uint8Array(256);
  const one = 1n << 32n;
  const factor = 214748364n; // 0.05 in 32-bit fixed point
  const highest = 248;
  let probability = one / 2n;
  let last = 0;
  for (let step = 0; step < 128; step += 1) {
    let next = Number((256n * probability + one / 2n) >> 32n);
    if (next <= last) next = last + 1;
    if (last > 0 && last < 256 && next <= highest) table[last] = next;
    probability += ((one - probability) * factor + one / 2n) >> 32n;
    last = next;
  }
  for (let state = 256 - highest; state <= highest; state += 1) {
    if (table[state]) continue;
    let start = (BigInt(state) * one + 128n) >> 8n;
    start += ((one - start) * factor + one / 2n) >> 32n;
    const next = Number((256n * start + one / 2n) >> 32n);
    table[state] = Math.min(Math.max(next, state + 1), highest);
  }
  return table;
}

const oneState = buildOneState();
