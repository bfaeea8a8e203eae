import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';
import {
  type Canvas,
  type Codes,
  copyCanvas,
  copyCodes,
  createCanvas,
  createCodes,
  firstParity,
} from '../tape/canvas.ts';
import { byStrength, type Fault, type FaultKind, isIn, type Place } from './fault.ts';

/** Faults of time base corrector, converter, card and disk. */
export const transferFaults: readonly FaultKind[] = [
  {
    check: 'signal-loss',
    way: 'mute-blue',
    lengths: [8, 25, 60],
    make: (place) => mute(place, [164, 848, 456], 0),
  },
  {
    check: 'signal-loss',
    way: 'mute-grey',
    lengths: [8, 25, 60],
    make: (place) => mute(place, [400, 512, 512], 0.7),
  },
  {
    check: 'signal-loss',
    way: 'no-carrier',
    lengths: [8, 25, 60],
    make: (place) => ({
      ...mute(place, [64, 512, 512], 0),
      // The sound is gone as well, however long that is.
      alsoTrue: ['silence', 'audio-dropout'].map((check) => ({
        check,
        startFrame: place.startFrame,
        endFrame: place.endFrame,
      })),
      playSound: (sound) => silenceIn(sound, place),
    }),
  },
  { check: 'freeze', way: 'exact', lengths: [6, 16, 40], programme: 'mixed', make: freezeExactly },
  {
    check: 'freeze',
    way: 'with-noise',
    lengths: [6, 16, 40],
    programme: 'people',
    make: (place) => freezeNoisily(place, 1),
  },
  { check: 'freeze', way: 'one-field', lengths: [6, 16, 40], programme: 'pan', make: freezeField },
  {
    check: 'duplicate-frame',
    way: 'in-place-of-one',
    lengths: [1, 1, 1],
    programme: 'objects',
    make: freezeExactly,
  },
  {
    check: 'duplicate-frame',
    way: 'with-noise',
    lengths: [1, 1, 1],
    programme: 'pan',
    make: (place) => freezeNoisily(place, byStrength(place.strength, [1.2, 0.8, 0.5])),
  },
  { check: 'dropped-frame', way: 'pan', lengths: [1, 1, 1], programme: 'pan', make: drop },
  { check: 'dropped-frame', way: 'objects', lengths: [1, 1, 1], programme: 'objects', make: drop },
  {
    check: 'eight-in-ten',
    way: 'shifted',
    lengths: 'whole',
    tenBitOnly: true,
    make: () => ({ codes: (codes) => coarsen(codes, false) }),
  },
  {
    check: 'eight-in-ten',
    way: 'replicated',
    lengths: 'whole',
    tenBitOnly: true,
    make: () => ({ codes: (codes) => coarsen(codes, true) }),
  },
  {
    check: 'clamped-levels',
    way: 'legal',
    lengths: 'whole',
    programme: 'mixed',
    make: (place) => clamp(place, 64, 940),
  },
  {
    check: 'clamped-levels',
    way: 'rails',
    lengths: 'whole',
    programme: 'mixed',
    make: (place) => clamp(place, 4, 1019),
  },
  {
    check: 'clamped-levels',
    way: 'white-only',
    lengths: 'whole',
    programme: 'mixed',
    make: (place) => clamp(place, 0, 940),
  },
  { check: 'field-order', way: 'late-field', lengths: 'whole', programme: 'pan', make: swapFieldsInTime },
  { check: 'field-order', way: 'shifted-line', lengths: 'whole', programme: 'objects', make: shiftOneLine },
];

function mute(place: Place, colour: readonly [number, number, number], noise: number): Fault {
  const random = seededRandom(place.seed);
  return {
    beforeConverter(canvas, frame) {
      if (!isIn(place, frame)) return;
      const planes = [canvas.y, canvas.u, canvas.v];
      for (const [index, plane] of planes.entries()) {
        plane.fill(colour[index] as number);
        if (noise === 0) continue;
        for (let at = 0; at < plane.length; at++)
          plane[at] = (plane[at] as number) + noise * 2 * (random() - 0.5);
      }
    },
  };
}

/** Samples of a place in a sound: in step with the pictures. */
export function samplesOf(place: Pick<Place, 'startFrame' | 'endFrame' | 'raster'>): {
  from: number;
  to: number;
} {
  const { num, den } = place.raster.standard.frameRate;
  const at = (frame: number) => Math.round((frame * 48_000 * den) / num);
  return { from: at(place.startFrame), to: at(place.endFrame + 1) };
}

function silenceIn(sound: readonly Float32Array[], place: Place): void {
  const { from, to } = samplesOf(place);
  for (const channel of sound) channel.fill(0, from, to);
}

/** What was held back while the scene went on is lost. */
function lostBehind(place: Place): NonNullable<Fault['alsoTrue']> {
  const after = Math.min(place.frames - 1, place.endFrame + 1);
  return [{ check: 'dropped-frame', startFrame: place.endFrame, endFrame: after }];
}

function freezeExactly(place: Place): Fault {
  let held: Codes | undefined;
  return {
    alsoTrue: lostBehind(place),
    codes(codes, frame) {
      if (frame === place.startFrame - 1) {
        held ??= createCodes(place.raster, codes.bits);
        copyCodes(codes, held);
      }
      if (held && isIn(place, frame)) copyCodes(held, codes);
    },
  };
}

/** The corrector repeats its memory through a converter of its own, and the noise of what comes behind lies over it. */
function freezeNoisily(place: Place, noise: number): Fault {
  const held = createCanvas(place.raster);
  return {
    alsoTrue: lostBehind(place),
    beforeConverter(canvas, frame) {
      if (frame === place.startFrame - 1) copyCanvas(canvas, held);
      if (!isIn(place, frame)) return;
      copyCanvas(held, canvas);
      addNoise(canvas, noise, mixSeeds(place.seed, frame));
    },
  };
}

function addNoise(canvas: Canvas, deviation: number, seed: number): void {
  const random = seededRandom(seed);
  for (const plane of [canvas.y, canvas.u, canvas.v]) {
    for (let at = 0; at < plane.length; at++) {
      plane[at] = (plane[at] as number) + 2 * deviation * (random() + random() + random() - 1.5);
    }
  }
}

/** A field memory: both fields show the same lines, and stand still. */
function freezeField(place: Place): Fault {
  const held = createCanvas(place.raster);
  return {
    alsoTrue: lostBehind(place),
    beforeConverter(canvas, frame) {
      if (frame === place.startFrame - 1) copyCanvas(canvas, held);
      if (!isIn(place, frame)) return;
      for (const [from, into, width] of [
        [held.y, canvas.y, canvas.width],
        [held.u, canvas.u, canvas.width / 2],
        [held.v, canvas.v, canvas.width / 2],
      ] as const) {
        for (let row = 0; row < canvas.height; row++) {
          const source = (row & ~1) * width;
          into.set(from.subarray(source, source + width), row * width);
        }
      }
      addNoise(canvas, 0.6, mixSeeds(place.seed, frame));
    },
  };
}

function drop(place: Place): Fault {
  const lost = byStrength(place.strength, [1, 3, 8]);
  return { sourceFrame: (frame) => (frame >= place.startFrame ? frame + lost : frame) };
}

function coarsen(codes: Codes, isReplicated: boolean): void {
  for (const plane of [codes.y, codes.u, codes.v]) {
    for (let at = 0; at < plane.length; at++) {
      const eight = ((plane[at] as number) + 2) >> 2;
      const most = Math.min(eight, 254);
      plane[at] = (most << 2) | (isReplicated ? most >> 6 : 0);
    }
  }
}

/** A level set too high in front of a converter that stops: the stronger, the more picture piles up at the stop. */
function clamp(place: Place, floor: number, ceiling: number): Fault {
  const isRail = ceiling > 1000;
  const gain = byStrength(place.strength, isRail ? [1.3, 1.45, 1.7] : [1.12, 1.22, 1.4]);
  const lift = floor > 0 ? byStrength(place.strength, isRail ? [-100, -120, -150] : [-30, -45, -70]) : 0;
  const whole = { startFrame: 0, endFrame: place.frames - 1 };
  return {
    alsoTrue: isRail
      ? ['luma-over', 'luma-under', 'broadcast-range', 'oversaturation'].map((check) => ({ check, ...whole }))
      : [{ check: 'oversaturation', ...whole }],
    beforeConverter(canvas) {
      const { y } = canvas;
      for (let at = 0; at < y.length; at++) {
        const value = 64 + ((y[at] as number) - 64) * gain + lift;
        y[at] = value < floor ? floor : Math.min(value, ceiling);
      }
    },
  };
}

/** The later field is stored first: what belongs to the next frame lies in this one. */
function swapFieldsInTime(place: Place): Fault {
  const late = firstParity(place.raster.standard) === 0 ? 1 : 0;
  const held = createCanvas(place.raster);
  let hasHeld = false;
  return {
    beforeConverter(canvas) {
      // The second field of the frame before, with the first field of this one: in time the wrong one comes first.
      const now = createCanvas(place.raster);
      copyCanvas(canvas, now);
      if (hasHeld) copyField(held, canvas, late);
      copyCanvas(now, held);
      hasHeld = true;
    },
  };
}

function copyField(from: Canvas, into: Canvas, parity: 0 | 1): void {
  for (const [source, target, width] of [
    [from.y, into.y, into.width],
    [from.u, into.u, into.width / 2],
    [from.v, into.v, into.width / 2],
  ] as const) {
    for (let row = parity; row < into.height; row += 2) {
      target.set(source.subarray(row * width, (row + 1) * width), row * width);
    }
  }
}

/** A crop by one line, or a card that counts from the wrong one: all lines one lower, the fields change places. */
function shiftOneLine(): Fault {
  return {
    beforeConverter(canvas) {
      for (const [plane, width] of [
        [canvas.y, canvas.width],
        [canvas.u, canvas.width / 2],
        [canvas.v, canvas.width / 2],
      ] as const) {
        plane.copyWithin(width, 0, (canvas.height - 1) * width);
      }
    },
  };
}
