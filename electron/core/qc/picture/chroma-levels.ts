import type { Area } from './active-area.ts';
import { createCodeHistogram } from './code-histogram.ts';
import { createHueTable } from './hue-table.ts';
import type { Picture, PictureRaster } from './instrument.ts';

/** Codes of both chroma planes, saturation and hue of each sample. */
export function createChromaLevels({ chromaWidth, chromaHeight, bitDepth }: PictureRaster, area: Area) {
  const u = createCodeHistogram(bitDepth);
  const v = createCodeHistogram(bitDepth);
  // The largest distance from no colour is 0.71 of all codes.
  const saturation = createCodeHistogram(bitDepth);
  const [uActive, vActive, ofSaturation] = [u.active, v.active, saturation.active];
  const { table, hueBits, shift, bits, hueAt } = createHueTable(bitDepth);
  const ofHue = new Uint32Array(360);
  const neutral = 2 ** (bitDepth - 1);
  const samples = (area.right - area.left) * (area.bottom - area.top);
  // The table of hues has a place for each pair of codes; deeper ones share places, and are added sample by sample.
  const isCollected = shift === 0 && samples < 2 ** (31 - hueBits);
  const one = 2 ** hueBits;
  const pairs = new Int32Array(isCollected ? samples : 0);
  let found = 0;
  let borderSquare = 0;

  function countBorder(uPlane: Uint16Array, vPlane: Uint16Array, from: number, to: number): void {
    const [uBorder, vBorder] = [u.border, v.border];
    let highest = 0;
    for (let at = from; at < to; at++) {
      const uCode = uPlane[at] as number;
      const vCode = vPlane[at] as number;
      uBorder[uCode] = ((uBorder[uCode] as number) + 1) | 0;
      vBorder[vCode] = ((vBorder[vCode] as number) + 1) | 0;
      const across = uCode - neutral;
      const up = vCode - neutral;
      const now = across * across + up * up;
      if (now > highest) highest = now;
    }
    if (highest > borderSquare) borderSquare = highest;
  }

  /** A tape has some ten thousand different pairs of codes, and ten times as many samples: all but the count is reckoned pair by pair. */
  function collect(uPlane: Uint16Array, vPlane: Uint16Array, from: number, to: number): void {
    let count = found;
    for (let at = from; at < to; at++) {
      const place = ((uPlane[at] as number) << bits) | (vPlane[at] as number);
      const before = table[place] as number;
      table[place] = (before + one) | 0;
      if (before < one) pairs[count++] = place;
    }
    found = count;
  }

  function addCollected(): void {
    const mask = (1 << bits) - 1;
    for (let at = 0; at < found; at++) {
      const place = pairs[at] as number;
      const entry = table[place] as number;
      table[place] = entry & (one - 1);
      add(place >> bits, place & mask, entry >> hueBits);
    }
    found = 0;
  }

  function add(uCode: number, vCode: number, count: number): void {
    uActive[uCode] = ((uActive[uCode] as number) + count) | 0;
    vActive[vCode] = ((vActive[vCode] as number) + count) | 0;
    const across = uCode - neutral;
    const up = vCode - neutral;
    const distance = Math.floor(Math.sqrt(across * across + up * up));
    ofSaturation[distance] = ((ofSaturation[distance] as number) + count) | 0;
    const place = ((uCode >> shift) << bits) + (vCode >> shift);
    const hue = hueAt(place);
    ofHue[hue] = ((ofHue[hue] as number) + count) | 0;
  }

  const levels = {
    u,
    v,
    /** Of the active area; its border is not counted. */
    saturation,
    saturationWholeMaximum: 0,
    hueMedian: 0,
    hueMean: 0,
    measure({ u: uPlane, v: vPlane }: Picture): void {
      u.clear();
      v.clear();
      saturation.clear();
      ofHue.fill(0);
      borderSquare = 0;
      for (let row = 0; row < chromaHeight; row++) {
        const start = row * chromaWidth;
        const end = start + chromaWidth;
        const isActive = row >= area.top && row < area.bottom;
        const from = isActive ? start + area.left : end;
        const to = isActive ? start + area.right : end;
        countBorder(uPlane, vPlane, start, from);
        if (isCollected) collect(uPlane, vPlane, from, to);
        else for (let at = from; at < to; at++) add(uPlane[at] as number, vPlane[at] as number, 1);
        countBorder(uPlane, vPlane, to, end);
      }
      addCollected();
      u.read(samples);
      v.read(samples);
      saturation.read(samples);
      levels.saturationWholeMaximum = Math.max(saturation.maximum, Math.floor(Math.sqrt(borderSquare)));
      levels.hueMedian = medianHue();
      levels.hueMean = meanHue();
    },
  };

  function medianHue(): number {
    const half = Math.floor(samples / 2);
    let hue = 0;
    for (let passed = ofHue[0] as number; hue < 359 && passed <= half; ) {
      hue += 1;
      passed += ofHue[hue] as number;
    }
    return hue;
  }

  /** Of the degrees as they are counted, as signalstats has it: of hues around 0 it says nothing. */
  function meanHue(): number {
    let sum = 0;
    for (let hue = 1; hue < 360; hue++) sum += hue * (ofHue[hue] as number);
    return sum / samples;
  }
  return levels;
}
