import { type BarPattern, barPatterns, type Code } from './bar-patterns.ts';
import type { Picture } from './picture.ts';
import type { PicturePair } from './picture-noise.ts';

/** What a chain can do wrong to bars. */
export interface BarErrors {
  /** Luma about black, chroma about grey. */
  lumaGain?: number;
  liftCodes?: number;
  chromaGain?: number;
  hueDeg?: number;
  noiseCodes?: number;
}

export const raster = { width: 192, height: 144 };
const u = (0.493 * 1.772) / 896;
const v = (0.877 * 1.402) / 896;

/** For tests: a frame of bars with known errors. Bars lie where the pattern has them, over the whole height of their band. */
export function drawBars(id: BarPattern['id'], errors: BarErrors, random: () => number): Picture {
  const { width, height } = raster;
  const pattern = barPatterns(height).find((each) => each.id === id) as BarPattern;
  const upper = pattern.bars.filter(({ patch }) => patch.top < 0.5);
  const lower = pattern.bars.filter(({ patch }) => patch.top >= 0.5);
  const picture = {
    width,
    height,
    y: new Uint16Array(width * height),
    cb: new Uint16Array((width * height) / 2),
    cr: new Uint16Array((width * height) / 2),
  };
  for (let line = 0; line < height; line++) {
    const bars = line / height > 0.75 && lower.length > 0 ? lower : upper;
    for (let x = 0; x < width; x += 2) {
      const nearest = bars.toSorted((a, b) => distance(a.patch, x / width) - distance(b.patch, x / width))[0];
      const [y, cb, cr] = spoilt((nearest as { expected: Code }).expected, errors);
      const at = line * width + x;
      picture.y[at] = legal(y + noise(errors, random));
      picture.y[at + 1] = legal(y + noise(errors, random));
      picture.cb[at >> 1] = legal(cb + noise(errors, random));
      picture.cr[at >> 1] = legal(cr + noise(errors, random));
    }
  }
  return picture;
}

/** A converter's ends: the codes beyond are the interface's own (BT.656). */
function legal(code: number): number {
  return Math.max(4, Math.min(1019, Math.round(code)));
}

function distance({ left, right }: { left: number; right: number }, x: number): number {
  return Math.abs((left + right) / 2 - x);
}

function spoilt([y, cb, cr]: Code, errors: BarErrors): Code {
  const { lumaGain = 1, liftCodes = 0, chromaGain = 1, hueDeg = 0 } = errors;
  const angle = (hueDeg * Math.PI) / 180;
  const [pu, pv] = [(cb - 512) * u * chromaGain, (cr - 512) * v * chromaGain];
  return [
    64 + (y - 64) * lumaGain + liftCodes,
    512 + (pu * Math.cos(angle) - pv * Math.sin(angle)) / u,
    512 + (pu * Math.sin(angle) + pv * Math.cos(angle)) / v,
  ];
}

function noise({ noiseCodes = 0 }: BarErrors, random: () => number): number {
  if (noiseCodes === 0) return 0;
  return noiseCodes * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** For tests: pairs of frames in which a bright pillar moves, by field; `order` is the order in which the fields are taken. */
export function movingPillar(order: 'tff' | 'bff' | 'progressive', pixelsAField: number): PicturePair[] {
  const { width, height } = raster;
  const frame = (number: number): Picture => {
    const y = new Uint16Array(width * height).fill(120);
    for (let line = 0; line < height; line++) {
      const isSecond = order === 'progressive' ? 0 : (line % 2 === 0) === (order === 'bff') ? 1 : 0;
      const left = 20 + (number * 2 + isSecond) * pixelsAField;
      y.fill(900, line * width + left, line * width + left + 24);
    }
    const chroma = new Uint16Array((width * height) / 2).fill(512);
    return { width, height, y, cb: chroma, cr: chroma };
  };
  return [0, 3, 6].map((number) => [frame(number), frame(number + 1)]);
}

export const sampleRateHz = 48_000;

/** For tests: line-up tone with beeps over it and interruptions in it, in seconds. */
export function drawSound(sound: {
  seconds: number;
  toneHz?: number;
  dbfs?: number;
  phaseDeg?: number;
  noiseDbfs?: number;
  beepsS?: readonly number[];
  gapsS?: readonly number[];
  random?: () => number;
}): Float32Array {
  const { seconds, toneHz = 1000, dbfs = -18, phaseDeg = 0, noiseDbfs, beepsS = [], gapsS = [] } = sound;
  const random = sound.random ?? Math.random;
  const peak = 10 ** (dbfs / 20);
  const noisePeak = noiseDbfs === undefined ? 0 : 10 ** (noiseDbfs / 20) * Math.sqrt(3);
  return Float32Array.from({ length: seconds * sampleRateHz }, (_, index) => {
    const time = index / sampleRateHz;
    const within = (starts: readonly number[], lengthS: number) =>
      starts.some((start) => time >= start && time < start + lengthS);
    const hertz = within(beepsS, 0.08) ? 3000 : toneHz;
    const tone = within(gapsS, 0.25)
      ? 0
      : peak * Math.cos(2 * Math.PI * hertz * time + (phaseDeg * Math.PI) / 180);
    return tone + noisePeak * (2 * random() - 1);
  });
}
