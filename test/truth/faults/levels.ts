import { barColours } from '#core/devices/simulator/bar-colours.ts';
import type { Canvas } from '../tape/canvas.ts';
import { byStrength, type Fault, type FaultKind, isIn, type Place } from './fault.ts';
import { samplesOf } from './transfer.ts';

/** Levels and colours: of the recording, or of a deck that is set wrong. */
export const levelFaults: readonly FaultKind[] = [
  { check: 'black', way: 'analogue', lengths: [30, 60, 100], make: (place) => blackOut(place, 64) },
  { check: 'black', way: 'with-setup', lengths: [30, 60, 100], make: (place) => blackOut(place, 84) },
  {
    check: 'chroma-loss',
    way: 'killed',
    lengths: [30, 60, 100],
    programme: 'people',
    make: (place) => fadeChroma(place, 0),
  },
  {
    check: 'chroma-loss',
    way: 'faint',
    lengths: [30, 60, 100],
    programme: 'objects',
    make: (place) => fadeChroma(place, byStrength(place.strength, [0.1, 0.06, 0.03])),
  },
  { check: 'oversaturation', way: 'gain', lengths: [25, 50, 90], programme: 'objects', make: saturate },
  { check: 'oversaturation', way: 'red-only', lengths: [25, 50, 90], programme: 'people', make: saturateRed },
  {
    check: 'luma-over',
    way: 'gain',
    lengths: [25, 50, 90],
    programme: 'mixed',
    make: (place) => overGain(place),
  },
  {
    check: 'luma-over',
    way: 'highlights',
    lengths: [25, 50, 90],
    programme: 'objects',
    make: burnHighlights,
  },
  {
    check: 'luma-under',
    way: 'low-black',
    lengths: [25, 50, 90],
    programme: 'mixed',
    make: (place) => underLift(place),
  },
  { check: 'luma-under', way: 'crushed', lengths: [25, 50, 90], programme: 'objects', make: crush },
  { check: 'broadcast-range', way: 'luma', lengths: [25, 50, 90], programme: 'objects', make: bothEnds },
  { check: 'broadcast-range', way: 'chroma', lengths: [25, 50, 90], programme: 'objects', make: wideChroma },
  { check: 'color-bars', way: 'good', lengths: [40, 75, 110], make: (place) => bars(place, 1, 0) },
  { check: 'color-bars', way: 'misset', lengths: [40, 75, 110], make: (place) => bars(place, 1.12, 14) },
];

function eachLuma(canvas: Canvas, change: (code: number) => number): void {
  const { y } = canvas;
  for (let at = 0; at < y.length; at++) y[at] = change(y[at] as number);
}

function scaleChroma(canvas: Canvas, uGain: number, vGain: number): void {
  const { u, v } = canvas;
  for (let at = 0; at < u.length; at++) {
    u[at] = 512 + ((u[at] as number) - 512) * uGain;
    v[at] = 512 + ((v[at] as number) - 512) * vGain;
  }
}

function onRecord(
  place: Place,
  change: (canvas: Canvas, frame: number) => void,
  rest: Partial<Fault> = {},
): Fault {
  return {
    ...rest,
    record(canvas, frame) {
      if (isIn(place, frame)) change(canvas, frame);
    },
  };
}

function onOutput(place: Place, change: (canvas: Canvas) => void, alsoTrue: readonly string[]): Fault {
  const { startFrame, endFrame } = place;
  return {
    alsoTrue: alsoTrue.map((check) => ({ check, startFrame, endFrame })),
    beforeConverter(canvas, frame) {
      if (isIn(place, frame)) change(canvas);
    },
  };
}

/** Somebody recorded nothing: black with a tape's noise, below it too. */
function blackOut(place: Place, level: number): Fault {
  return onRecord(place, (canvas) => {
    canvas.y.fill(level);
    canvas.u.fill(512);
    canvas.v.fill(512);
  });
}

/** Behind the deck's colour killer there is no chroma, and none of its noise. */
function fadeChroma(place: Place, left: number): Fault {
  return onOutput(place, (canvas) => scaleChroma(canvas, left, left), []);
}

/** Colours beyond what any camera or bars give: 100 % bars reach a saturation of 473 codes. */
function saturate(place: Place): Fault {
  const gain = byStrength(place.strength, [3.4, 4.2, 5.5]);
  return onOutput(place, (canvas) => scaleChroma(canvas, gain, gain), ['broadcast-range']);
}

function saturateRed(place: Place): Fault {
  const gain = byStrength(place.strength, [4.5, 6, 8]);
  return onOutput(place, (canvas) => scaleChroma(canvas, 1.5, gain), ['broadcast-range']);
}

function overGain(place: Place): Fault {
  const gain = byStrength(place.strength, [1.25, 1.35, 1.5]);
  return onOutput(place, (canvas) => eachLuma(canvas, (code) => 64 + (code - 64) * gain), [
    'broadcast-range',
  ]);
}

/** An automatic gain that overshoots: the bright parts alone go through the ceiling. */
function burnHighlights(place: Place): Fault {
  const gain = byStrength(place.strength, [1.6, 2, 2.6]);
  return onOutput(
    place,
    (canvas) => eachLuma(canvas, (code) => (code > 480 ? 480 + (code - 480) * gain : code)),
    ['broadcast-range'],
  );
}

function underLift(place: Place): Fault {
  const lift = byStrength(place.strength, [-60, -85, -120]);
  return onOutput(place, (canvas) => eachLuma(canvas, (code) => code + lift), ['broadcast-range', 'black']);
}

function crush(place: Place): Fault {
  const gain = byStrength(place.strength, [1.25, 1.45, 1.8]);
  return onOutput(
    place,
    (canvas) => eachLuma(canvas, (code) => (code < 330 ? 330 - (330 - code) * gain : code)),
    ['broadcast-range'],
  );
}

function bothEnds(place: Place): Fault {
  const gain = byStrength(place.strength, [1.7, 1.9, 2.3]);
  return onOutput(place, (canvas) => eachLuma(canvas, (code) => 420 + (code - 420) * gain), [
    'luma-over',
    'luma-under',
  ]);
}

function wideChroma(place: Place): Fault {
  const gain = byStrength(place.strength, [4, 5, 6.5]);
  return onOutput(place, (canvas) => scaleChroma(canvas, gain, gain), ['oversaturation']);
}

/** Bars with the tone that goes with them: the tone is true as well. */
function bars(place: Place, gain: number, lift: number): Fault {
  const colours = barColours(place.raster.standard.name);
  const { startFrame, endFrame } = place;
  return onRecord(
    place,
    (canvas) => {
      const { width, height } = canvas;
      for (let x = 0; x < width; x++) {
        const [y, u, v] = colours[Math.min(7, Math.floor((x * 8) / width))] as [number, number, number];
        canvas.y[x] = 64 + (y - 64) * gain + lift;
        canvas.u[x >> 1] = 512 + (u - 512) * gain;
        canvas.v[x >> 1] = 512 + (v - 512) * gain;
      }
      for (let row = 1; row < height; row++) {
        canvas.y.copyWithin(row * width, 0, width);
        canvas.u.copyWithin((row * width) / 2, 0, width / 2);
        canvas.v.copyWithin((row * width) / 2, 0, width / 2);
      }
    },
    {
      alsoTrue: [{ check: 'reference-tone', startFrame, endFrame }],
      recordSound(sound) {
        const { from, to } = samplesOf(place);
        for (const channel of sound) {
          for (let at = from; at < Math.min(to, channel.length); at++) {
            channel[at] = 0.126 * Math.sin((2 * Math.PI * 1000 * at) / 48_000);
          }
        }
      },
    },
  );
}
