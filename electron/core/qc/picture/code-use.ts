import { activeAreaBorder } from './active-area.ts';
import type { Picture, PictureInstrumentKind, PictureRaster } from './instrument.ts';

/** Fewer codes than this are a graphic or a flat field: eight bits would do for it whatever the chain is. */
const leastCodes = 48;
/** A plateau at an end of the scale: so many times as many samples as a code next to it has, on average. */
const leastPlateau = 2.5;
/**
 * Or so many times as many as the two codes next to it let expect, falling off as they do: a converter that stops within such a slope adds
 * all that would lie beyond. Where the codes run out, the last one is always the rarest.
 */
const leastStep = 1.25;
/** The same, in standard deviations of two counts: a few samples are chance. */
const leastSigmas = 3;
/** Codes next to the end, on the 10-bit scale, that say how the picture goes on there. */
const neighbourCodes = 8;
/** Of the samples at the end: so many next to it show that a picture was cut off. A drawn black has none. */
const leastTail = 0.002;
/** Levels of eight bits next to the end, all of which occur: noise that was cut off goes on there, a drawing has some levels and nothing between. */
const levelsInside = 2;
/**
 * A code that occurs so many times as often as those beside it, up to four away, is a flat colour without noise: a converter that stopped
 * leaves one at an end of the scale, a drawing has them everywhere. Of all samples between the ends so many may stand at such codes.
 */
const [leastSpike, spikeReach, mostSpikes] = [16, 4, 0.2];

/**
 * Which codes of its scale luma uses, on the active area.
 *
 * `eightBitShare`: samples that a chain of eight bits could have given, for files of more: all low bits alike (shifted
 * values), or low bits that repeat the high ones (replicated values).
 * A chain that is true to its depth gives a quarter at 10 bit. NaN for 8-bit files and where few codes occur.
 *
 * `floorPile`, `ceilingPile`: samples that stand at the very lowest or highest code there is, where they form a plateau
 * that cuts noise off; 0 where the codes run out gently, as analogue noise does, and where only some levels occur. Lines of one
 * code (letterbox) are left out.
 */
export const codeUse: PictureInstrumentKind = {
  name: 'code use',
  measures: [
    { id: 'eightBitShare', medium: 'video', unit: 'share', key: undefined },
    { id: 'floorPile', medium: 'video', unit: 'share', key: undefined },
    { id: 'ceilingPile', medium: 'video', unit: 'share', key: undefined },
  ],
  open(raster) {
    const counts = new Uint32Array(2 ** raster.bitDepth);
    return {
      measure(picture, _previous, into, at) {
        const samples = countCodes(picture, raster, counts);
        into[at] = eightBitShare(counts, samples, raster.bitDepth);
        into[at + 1] = pileAt(counts, samples, raster.bitDepth, 1);
        into[at + 2] = pileAt(counts, samples, raster.bitDepth, -1);
      },
    };
  },
};

/** Every other pair of lines, so that both fields count. */
function countCodes({ y }: Picture, { width, height }: PictureRaster, counts: Uint32Array): number {
  counts.fill(0);
  const border = activeAreaBorder({ width, height });
  let samples = 0;
  for (let row = border; row < height - border; row += 1 + 2 * (row & 1)) {
    const start = row * width + border;
    const end = start + width - 2 * border;
    if (isOneCode(y, start, end)) continue;
    for (let place = start; place < end; place++) {
      const code = y[place] as number;
      counts[code] = (counts[code] as number) + 1;
    }
    samples += width - 2 * border;
  }
  return samples;
}

/** A line without any noise was drawn by a machine, over the picture or where it has none. */
function isOneCode(y: Picture['y'], start: number, end: number): boolean {
  const code = y[start];
  let place = start + 1;
  while (place < end && y[place] === code) place++;
  return place === end;
}

function eightBitShare(counts: Uint32Array, samples: number, bitDepth: number): number {
  const shift = bitDepth - 8;
  if (shift <= 0) return Number.NaN;
  const residues = new Uint32Array(1 << shift);
  const mask = residues.length - 1;
  let replicated = 0;
  let used = 0;
  for (let code = 0; code < counts.length; code++) {
    const count = counts[code] as number;
    if (count === 0) continue;
    used++;
    residues[code & mask] = (residues[code & mask] as number) + count;
    if ((code & mask) === code >> 8) replicated += count;
  }
  if (used < leastCodes) return Number.NaN;
  let most = replicated;
  for (const count of residues) if (count > most) most = count;
  return most / samples;
}

/** `direction` 1 looks up from the lowest code that occurs, -1 down from the highest. */
function pileAt(counts: Uint32Array, samples: number, bitDepth: number, direction: 1 | -1): number {
  let end = direction > 0 ? 0 : counts.length - 1;
  while (end >= 0 && end < counts.length && counts[end] === 0) end += direction;
  const count = counts[end] ?? 0;
  const neighbours = Math.max(2, neighbourCodes >> Math.max(0, 10 - bitDepth));
  let near = 0;
  for (let step = 1; step <= neighbours; step++) near += counts[end + direction * step] ?? 0;
  const next = counts[end + direction] ?? 0;
  const expected = next * Math.min(1, next / (counts[end + 2 * direction] || next));
  const isStep =
    count >= leastStep * expected && count - expected >= leastSigmas * Math.sqrt(count + expected);
  const standsOut = count >= leastPlateau * (near / neighbours) || isStep;
  const isPlateau = standsOut && near >= leastTail * count;
  return isPlateau && isFilledInside(counts, end, direction, bitDepth) && !isDrawing(counts)
    ? count / samples
    : 0;
}

/** Whether each of the levels next to an end occurs. */
function isFilledInside(counts: Uint32Array, end: number, direction: 1 | -1, bitDepth: number): boolean {
  const codes = 1 << Math.max(0, bitDepth - 8);
  for (let level = 0; level < levelsInside; level++) {
    let inLevel = 0;
    for (let code = 1; code <= codes; code++)
      inLevel += counts[end + direction * (level * codes + code)] ?? 0;
    if (inLevel === 0) return false;
  }
  return true;
}

/** Whether flat colours make up much of a picture, without its darkest and its brightest code. */
function isDrawing(counts: Uint32Array): boolean {
  const lowest = counts.findIndex((count) => count > 0);
  const highest = counts.findLastIndex((count) => count > 0);
  let [between, spikes] = [0, 0];
  for (let code = lowest + 1; code < highest; code++) {
    const count = counts[code] as number;
    between += count;
    let beside = 0;
    for (let away = 1; away <= spikeReach; away++) {
      // The ends stand out by themselves, and would hide what is next to them.
      if (code - away > lowest) beside += counts[code - away] as number;
      if (code + away < highest) beside += counts[code + away] as number;
    }
    if (count * 2 * spikeReach >= leastSpike * beside) spikes += count;
  }
  return spikes > mostSpikes * between;
}
