import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';
import type { Canvas, Raster } from './canvas.ts';
import type { TapeFormat } from './formats.ts';
import { noiseStrip } from './noise.ts';

/** Luma samples a microsecond, ITU-R BT.601. */
const lumaMhz = 13.5;
/** Pixels beside the line that filters may reach for. */
const margin = 16;

/** What a deck plays: the recorded signal, softer, with noise, trembling, and with black at its edges. */
export interface Deck {
  play(recorded: Canvas, frame: number, into: Canvas): void;
  /** More or less noise than the format's own, for a stretch: 1 is usual. */
  noiseGain: number;
}

/** A deck of a format. The same seed gives the same noise; no two frames have the same. */
export function createDeck(format: TapeFormat, raster: Raster, seed: number): Deck {
  const { width, height } = raster;
  const chromaWidth = width / 2;
  const stripLength = width * 300;
  const lumaNoise = noiseStrip(mixSeeds(seed, 1), 0.45, stripLength);
  const chromaNoise = noiseStrip(mixSeeds(seed, 2), 0.9, stripLength);
  const kernel = lowPass(format.lumaBandwidthMhz / lumaMhz);
  const memory = Math.exp((-2 * Math.PI * format.chromaBandwidthMhz) / (lumaMhz / 2));
  const line = new Float32Array(width + 2 * margin);
  const edge = Math.round(width / 80);

  const deck: Deck = {
    noiseGain: 1,
    play(recorded, frame, into) {
      const random = seededRandom(mixSeeds(seed, 7, frame));
      const frameLevel = 1 + 0.002 * (random() - 0.5);
      let wander = 0;
      for (let row = 0; row < height; row++) {
        wander = 0.8 * wander + (format.jitterNs / 1000) * lumaMhz * 2 * (random() - 0.5);
        const level = frameLevel * (1 + 0.004 * (random() - 0.5));
        playLuma(recorded.y, row, wander, level, random, into.y);
        const chromaShift = wander / 2 - ((format.chromaDelayNs / 1000) * lumaMhz) / 2;
        const noisePlace = chromaNoise.place(random, 2 * width);
        playChroma(recorded.u, row, chromaShift, noisePlace, into.u);
        playChroma(recorded.v, row, chromaShift, noisePlace + width, into.v);
      }
      blend(into, height, width);
      blank(into, random);
    },
  };

  function playLuma(
    from: Float32Array,
    row: number,
    shift: number,
    level: number,
    random: () => number,
    into: Float32Array,
  ): void {
    const at = row * width;
    fetch(from, at, width, shift);
    const noiseAt = lumaNoise.place(random, width);
    const amount = format.lumaNoiseCodes * deck.noiseGain;
    const [k0, k1, k2, k3, k4] = kernel as [number, number, number, number, number];
    for (let x = 0; x < width; x++) {
      const m = x + margin;
      const signal =
        k0 * (line[m] as number) +
        k1 * ((line[m - 1] as number) + (line[m + 1] as number)) +
        k2 * ((line[m - 2] as number) + (line[m + 2] as number)) +
        k3 * ((line[m - 3] as number) + (line[m + 3] as number)) +
        k4 * ((line[m - 4] as number) + (line[m + 4] as number));
      into[at + x] = 64 + (signal - 64) * level + amount * (lumaNoise.values[noiseAt + x] as number);
    }
  }

  function playChroma(
    from: Float32Array,
    row: number,
    shift: number,
    noiseAt: number,
    into: Float32Array,
  ): void {
    const at = row * chromaWidth;
    fetch(from, at, chromaWidth, shift);
    const amount = format.chromaNoiseCodes * deck.noiseGain;
    const take = 1 - memory;
    // Backwards first, so that the filter itself does not push the colour aside: the delay is the format's.
    let last = line[chromaWidth + margin - 1] as number;
    for (let x = chromaWidth + margin - 1; x >= margin; x--) {
      last += take * ((line[x] as number) - last);
      line[x] = last;
    }
    for (let x = 0; x < chromaWidth; x++) {
      last += take * ((line[x + margin] as number) - last);
      into[at + x] = last + amount * (chromaNoise.values[noiseAt + x] as number);
    }
  }

  /** One line, moved by a part of a pixel, with its ends drawn out. */
  function fetch(from: Float32Array, at: number, count: number, shift: number): void {
    const whole = Math.floor(shift);
    const part = shift - whole;
    let here = from[at + Math.max(0, Math.min(count - 1, whole - margin))] as number;
    for (let x = 0; x < count + 2 * margin; x++) {
      const wanted = x - margin + whole + 1;
      const next = from[at + (wanted < 0 ? 0 : wanted >= count ? count - 1 : wanted)] as number;
      line[x] = here + (next - here) * part;
      here = next;
    }
  }

  /** The delay line of a colour-under deck mixes chroma of two lines of a field. */
  function blend(into: Canvas, rows: number, lumaWidth: number): void {
    const chroma = lumaWidth / 2;
    for (const plane of [into.u, into.v]) {
      for (let at = rows * chroma - 1; at >= 2 * chroma; at--) {
        plane[at] = 0.5 * ((plane[at] as number) + (plane[at - 2 * chroma] as number));
      }
    }
  }

  /** Blanking at the sides, in the first line, and in the last. Black has its noise too. */
  function blank(into: Canvas, random: () => number): void {
    const noiseAt = lumaNoise.place(random, 2 * width);
    const black = (x: number) => 64 + 0.6 * format.lumaNoiseCodes * (lumaNoise.values[noiseAt + x] as number);
    for (let row = 0; row < height; row++) {
      const at = row * width;
      const isWhole = row === 0 || row === height - 1;
      const until = isWhole ? width / 2 : edge;
      for (let x = 0; x < until; x++) blankPixel(into, at, x, black(x + (row % 37)), x < until - 2 ? 1 : 0.5);
      if (isWhole) continue;
      for (let x = width - edge; x < width; x++) {
        blankPixel(into, at, x, black(x + (row % 37)), x > width - edge + 1 ? 1 : 0.5);
      }
    }
  }

  return deck;
}

function blankPixel(into: Canvas, at: number, x: number, black: number, cover: number): void {
  const y = into.y[at + x] as number;
  into.y[at + x] = y + (black - y) * cover;
  const chroma = (at + x) >> 1;
  into.u[chroma] = 512 + ((into.u[chroma] as number) - 512) * (1 - cover);
  into.v[chroma] = 512 + ((into.v[chroma] as number) - 512) * (1 - cover);
}

/** Half of a symmetric low pass of nine taps; `cutoff` as a share of the sample rate. Hann window, unit gain. */
function lowPass(cutoff: number): number[] {
  const taps = Array.from({ length: 5 }, (_, n) => {
    const ideal = n === 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * n) / (Math.PI * n);
    return ideal * (0.5 + 0.5 * Math.cos((Math.PI * n) / 5));
  });
  const sum = taps.reduce((total, tap, n) => total + (n === 0 ? tap : 2 * tap), 0);
  return taps.map((tap) => tap / sum);
}
