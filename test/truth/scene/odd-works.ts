import { bt601 } from '#core/devices/simulator/paint.ts';
import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';
import { type Canvas, firstParity, type Raster } from '../tape/canvas.ts';
import { drawBox } from './look.ts';
import { cutTogether, type Programme, programmeOf } from './programme.ts';
import { headShot, objectsShot, panShot, peopleShot, stillShot } from './shots.ts';

/** Pictures that artists make on purpose, and that look to a machine as if something were broken. */
export type OddWork = (raster: Raster, seed: number) => Programme;

const white: readonly [number, number, number] = [900, 512, 512];

/** Paints both fields at their own moments, in frames. */
function byField(raster: Raster, paint: (canvas: Canvas, parity: 0 | 1, time: number) => void): Programme {
  const first = firstParity(raster.standard);
  return {
    paint(canvas, frame) {
      paint(canvas, first, frame);
      paint(canvas, first === 0 ? 1 : 0, frame + 0.5);
    },
  };
}

function overlaid(base: Programme, change: (canvas: Canvas, frame: number) => void): Programme {
  return {
    paint(canvas, frame) {
      base.paint(canvas, frame);
      change(canvas, frame);
    },
  };
}

function grey(canvas: Canvas, level: number): void {
  canvas.y.fill(level);
  canvas.u.fill(512);
  canvas.v.fill(512);
}

function dim(canvas: Canvas, share: number): void {
  for (let at = 0; at < canvas.y.length; at++) canvas.y[at] = 64 + ((canvas.y[at] as number) - 64) * share;
  for (let at = 0; at < canvas.u.length; at++) {
    canvas.u[at] = 512 + ((canvas.u[at] as number) - 512) * share;
    canvas.v[at] = 512 + ((canvas.v[at] as number) - 512) * share;
  }
}

export const stillRoom: OddWork = (raster, seed) => cutTogether([stillShot(raster, seed)], [9999], raster);

/** White flashes of two frames, black ones between, over people. */
export const strobe: OddWork = (raster, seed) =>
  overlaid(programmeOf('people', raster, seed), (canvas, frame) => {
    if (frame % 9 < 2) grey(canvas, 890);
    else if (frame % 9 === 4) grey(canvas, 70);
  });

/** A lamp or an old film: the whole picture breathes eight times a second. */
export const flicker: OddWork = (raster, seed) =>
  overlaid(programmeOf('interview', raster, seed), (canvas, frame) =>
    dim(canvas, 0.75 + 0.25 * Math.sin(frame * 2.1)),
  );

/** A television without a station, filmed or played: noise is the work. */
export const noiseWork: OddWork = (_raster, seed) => ({
  paint(canvas, frame) {
    const random = seededRandom(mixSeeds(seed, frame));
    for (let at = 0; at < canvas.y.length; at++) canvas.y[at] = 100 + 760 * random();
    canvas.u.fill(512);
    canvas.v.fill(512);
  },
});

export const blackPicture: OddWork = () => ({ paint: (canvas) => grey(canvas, 64) });

/** Recorded without colour: nothing is lost. */
export const monochrome: OddWork = (raster, seed) =>
  overlaid(programmeOf('mixed', raster, seed), (canvas) => {
    canvas.u.fill(512);
    canvas.v.fill(512);
  });

/** Down to black in four seconds, and up again. */
export const slowFade: OddWork = (raster, seed) =>
  overlaid(programmeOf('people', raster, seed), (canvas, frame) =>
    dim(canvas, Math.max(0, Math.min(1, Math.abs(frame - 125) / 100 - 0.1))),
  );

/** A camera that films its own screen: spirals that turn and breathe, colours that run round. */
export const feedback: OddWork = (raster) =>
  byField(raster, (canvas, parity, time) => {
    const { width, height } = canvas;
    const middleX = width * (0.5 + 0.05 * Math.sin(time / 19));
    const middleY = height * (0.5 + 0.05 * Math.cos(time / 23));
    for (let row = parity; row < height; row += 2) {
      for (let x = 0; x < width; x += 2) {
        const dx = (x - middleX) / width;
        const dy = (row - middleY) / width;
        const far = Math.log(dx * dx + dy * dy + 0.0008);
        const wave = Math.sin(3 * far + 4 * Math.atan2(dy, dx) + time / 3);
        const glow = Math.exp(-4 * (dx * dx + dy * dy));
        const at = row * width + x;
        const luma = 90 + 720 * glow * (0.5 + 0.5 * wave) * (0.5 + 0.5 * wave);
        canvas.y[at] = luma;
        canvas.y[at + 1] = luma;
        canvas.u[at >> 1] = 512 + 130 * Math.sin(2 * far - time / 7) * glow;
        canvas.v[at >> 1] = 512 + 130 * Math.cos(2 * far + time / 9) * glow;
      }
    }
  });

/** A shot is two to five frames long. */
export const fastCutting: OddWork = (raster, seed) => {
  const shots = [
    panShot(raster, mixSeeds(seed, 1), 7),
    headShot(raster, mixSeeds(seed, 2)),
    objectsShot(raster, mixSeeds(seed, 3)),
    peopleShot(raster, mixSeeds(seed, 4)),
    stillShot(raster, mixSeeds(seed, 5)),
  ];
  return cutTogether(shots, [3, 2, 5, 4, 3], raster);
};

/** Words that run through from right to left over a still: long level edges. */
export const crawl: OddWork = (raster, seed) => {
  const still = stillShot(raster, seed);
  const letters = lettersOf(seed, 80);
  return byField(raster, (canvas, parity, time) => {
    still.paint(canvas, parity, time);
    const top = canvas.height * 0.78;
    drawBox(canvas, { left: 0, top, right: canvas.width, bottom: top + 70 }, [120, 620, 480], parity);
    drawLetters(canvas, letters, canvas.width - time * 6, top + 12, 44, parity);
  });
};

/** White words on black, one card after the other. */
export const titles: OddWork = (raster, seed) => ({
  paint(canvas, frame) {
    grey(canvas, 66);
    const card = Math.floor(frame / 60);
    if (frame % 60 > 52) return;
    for (const parity of [0, 1] as const) {
      for (let line = 0; line < 3; line++) {
        const letters = lettersOf(mixSeeds(seed, card, line), 14);
        drawLetters(canvas, letters, raster.width * 0.2, raster.height * (0.3 + 0.15 * line), 46, parity);
      }
    }
  },
});

/** Slats of a blind, level and bright, that tilt: lines that are unlike their neighbours on purpose. */
export const blinds: OddWork = (raster, seed) => {
  const still = stillShot(raster, seed);
  return byField(raster, (canvas, parity, time) => {
    still.paint(canvas, parity, time);
    const open = 3 + 2.5 * Math.sin(time / 21);
    for (let top = 20; top < canvas.height; top += 14) {
      drawBox(canvas, { left: 60, top, right: canvas.width - 60, bottom: top + open }, white, parity);
    }
  });
};

/** Each picture was shown twice before it was recorded: two frames alike, each with its own noise. */
export const slowMotion: OddWork = (raster, seed) => {
  const base = programmeOf('objects', raster, seed);
  return { paint: (canvas, frame) => base.paint(canvas, Math.floor(frame / 2)) };
};

/** Drawn on twos: every second picture new, both fields of one moment. */
export const onTwos: OddWork = (raster, seed) => {
  const shot = objectsShot(raster, seed, 5);
  return {
    paint(canvas, frame) {
      const time = Math.floor(frame / 2) * 2;
      shot.paint(canvas, 0, time);
      shot.paint(canvas, 1, time);
    },
  };
};

/** Rain in front of a lamp, and glitter: short bright streaks and points, new in each field. */
export const rain: OddWork = (raster, seed) => {
  const base = peopleShot(raster, seed, 3);
  return byField(raster, (canvas, parity, time) => {
    base.paint(canvas, parity, time);
    const random = seededRandom(mixSeeds(seed, Math.round(time * 2)));
    for (let drop = 0; drop < 90; drop++) {
      const x = Math.floor(random() * (canvas.width - 20)) + 8;
      const top = Math.floor(random() * canvas.height * 0.9);
      const isGlitter = random() < 0.4;
      const across = isGlitter ? 4 : 2;
      const down = isGlitter ? 4 : 16 + 16 * random();
      const bright: readonly [number, number, number] = [600 + 280 * random(), 520, 505];
      drawBox(canvas, { left: x, top, right: x + across, bottom: top + down }, bright, parity);
    }
  });
};

/** A film in its own shape: black above and below. */
export const letterbox: OddWork = (raster, seed) =>
  overlaid(programmeOf('pan', raster, seed), (canvas) => {
    const bar = canvas.height * 0.14;
    for (const parity of [0, 1] as const) {
      drawBox(canvas, { left: 0, top: 0, right: canvas.width, bottom: bar }, [64, 512, 512], parity);
      drawBox(
        canvas,
        { left: 0, top: canvas.height - bar, right: canvas.width, bottom: canvas.height },
        [64, 512, 512],
        parity,
      );
    }
  });

/** Colours at the edge of what a camera gives: a work of the eighties from an analogue synthesiser. */
export const colourWork: OddWork = (raster) =>
  byField(raster, (canvas, parity, time) => {
    for (let row = parity; row < canvas.height; row += 2) {
      const phase = row / 60 + time / 15;
      const colour = bt601(
        0.4 + 0.35 * Math.sin(phase),
        0.4 + 0.35 * Math.sin(phase + 2.1 + time / 40),
        0.4 + 0.35 * Math.sin(phase + 4.2),
      );
      const lumaAt = row * canvas.width;
      canvas.y.fill(colour[0], lumaAt, lumaAt + canvas.width);
      canvas.u.fill(colour[1], lumaAt >> 1, (lumaAt + canvas.width) >> 1);
      canvas.v.fill(colour[2], lumaAt >> 1, (lumaAt + canvas.width) >> 1);
    }
  });

/** Letters as rows of five bits; any will do. */
function lettersOf(seed: number, count: number): number[][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: 7 }, () => (random() < 0.12 ? 0 : Math.floor(random() * 31) + 1)),
  );
}

function drawLetters(
  canvas: Canvas,
  letters: readonly number[][],
  left: number,
  top: number,
  size: number,
  parity: 0 | 1,
): void {
  const cell = size / 7;
  for (const [index, rows] of letters.entries()) {
    const x = left + index * size * 0.85;
    if (x < -size || x > canvas.width) continue;
    for (const [row, bits] of rows.entries()) {
      for (let bit = 0; bit < 5; bit++) {
        if (!((bits >> bit) & 1)) continue;
        const at = { left: x + bit * cell, top: top + row * cell };
        drawBox(canvas, { ...at, right: at.left + cell, bottom: at.top + cell }, white, parity);
      }
    }
  }
}
