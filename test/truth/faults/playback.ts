import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';
import { shiftLine, switchHeads } from '../tape/head-switching.ts';
import { byStrength, type Fault, type FaultKind, isIn, type Place } from './fault.ts';
import { bandNoise, repeatLine, streak, weakenLine } from './lines.ts';

/** Faults of tape, heads and transport. */
export const playbackFaults: readonly FaultKind[] = [
  { check: 'video-dropout', way: 'white', lengths: [6, 10, 20], make: (place) => dropouts(place, 'white') },
  { check: 'video-dropout', way: 'black', lengths: [6, 10, 20], make: (place) => dropouts(place, 'black') },
  {
    check: 'video-dropout',
    way: 'compensated',
    lengths: [6, 10, 20],
    make: (place) => dropouts(place, 'repeat'),
  },
  { check: 'head-clog', way: 'noise', lengths: [12, 30, 60], make: (place) => clog(place, 'noise') },
  { check: 'head-clog', way: 'grey', lengths: [12, 30, 60], make: (place) => clog(place, 'grey') },
  { check: 'head-clog', way: 'weak', lengths: [12, 30, 60], make: (place) => clog(place, 'weak') },
  { check: 'tracking-error', way: 'still', lengths: [15, 40, 75], make: (place) => track(place, 0) },
  { check: 'tracking-error', way: 'moving', lengths: [15, 40, 75], make: (place) => track(place, 1) },
  {
    check: 'head-switching',
    way: 'bottom',
    lengths: 'whole',
    make: (place) => switching(place, [8, 12, 16]),
  },
  {
    check: 'head-switching',
    way: 'too-early',
    lengths: 'whole',
    make: (place) => switching(place, [14, 20, 28]),
  },
  { check: 'sync-loss', way: 'torn', lengths: [5, 15, 40], make: tear },
  { check: 'sync-loss', way: 'roll', lengths: [5, 15, 40], make: roll },
  { check: 'skew-error', way: 'hook', lengths: [20, 50, 90], make: (place) => skew(place, 1) },
  { check: 'skew-error', way: 'flag-waving', lengths: [20, 50, 90], make: (place) => skew(place, -1) },
];

/** Streaks in about every second field of the stretch: oxide that is missing does not come in even steps. */
function dropouts(place: Place, kind: 'white' | 'black' | 'repeat'): Fault {
  const { width, height } = place.raster;
  return {
    playback(canvas, frame) {
      if (!isIn(place, frame)) return;
      const random = seededRandom(mixSeeds(place.seed, frame));
      const isEdge = frame === place.startFrame || frame === place.endFrame;
      if (!isEdge && random() < 0.15) return;
      const count = byStrength(place.strength, [2, 5, 12]) * (0.6 + 0.8 * random());
      for (let one = 0; one < count; one++) {
        const parity = random() < 0.5 ? 0 : 1;
        const row = ((12 + Math.floor(random() * (height - 50))) & ~1) | parity;
        const lines = random() < 0.3 ? 2 : 1;
        const length = width * byStrength(place.strength, [0.08, 0.18, 0.4]) * (0.6 + 0.9 * random());
        const left = Math.floor(width * 0.04 + random() * (width * 0.9 - length));
        for (let line = 0; line < lines; line++) {
          const at = row + 2 * line;
          if (kind === 'repeat') repeatLine(canvas, at, left, length);
          else streak(canvas, at, left, length, kind, random);
        }
      }
    },
  };
}

/** One head of two gives nothing: every second field, always the same one. */
function clog(place: Place, kind: 'noise' | 'grey' | 'weak'): Fault {
  const parity = place.seed % 2;
  return {
    playback(canvas, frame) {
      if (!isIn(place, frame)) return;
      const random = seededRandom(mixSeeds(place.seed, frame));
      const share = byStrength(place.strength, [0.55, 0.8, 1]);
      const first = Math.floor(canvas.height * (1 - share) * 0.5);
      for (let row = parity; row < canvas.height; row += 2) {
        const isHit = row >= first && row < first + canvas.height * share;
        if (!isHit) continue;
        if (kind === 'noise') bandNoise(canvas, row, 1, random);
        else if (kind === 'grey') bandNoise(canvas, row, 0.12, random, 330);
        else weakenLine(canvas, row, byStrength(place.strength, [0.35, 0.5, 0.7]), random);
      }
    },
  };
}

/** A band across the picture where the head leaves its track: noise in streaks, lines that swing. */
function track(place: Place, linesPerFrame: number): Fault {
  const { height } = place.raster;
  const band = height * byStrength(place.strength, [0.05, 0.1, 0.2]);
  const start = height * (0.3 + ((place.seed >>> 4) % 100) / 200);
  return {
    playback(canvas, frame) {
      if (!isIn(place, frame)) return;
      const random = seededRandom(mixSeeds(place.seed, frame));
      const step = (frame - place.startFrame) * linesPerFrame * (height / 240);
      const middle = ((start + step) % (height * 0.92)) + 2 * (random() - 0.5);
      for (
        let row = Math.max(0, Math.floor(middle - band / 2));
        row < Math.min(height - 1, middle + band / 2);
        row++
      ) {
        const depth = 1 - Math.abs(row - middle) / (band / 2);
        shiftLine(canvas, row, (random() - 0.5) * 10 * depth);
        if (random() < 0.35 + 0.65 * depth) weakenLine(canvas, row, 0.25 + 0.6 * depth, random);
      }
    },
  };
}

/** More lines than usual, further aside: a deck out of adjustment. */
function switching(place: Place, most: readonly [number, number, number]): Fault {
  const lines = byStrength(place.strength, most);
  const amount = byStrength(place.strength, [1, 1.6, 2.5]);
  return { playback: (canvas, frame) => switchHeads(canvas, lines, frame, place.seed, amount) };
}

/** The time base corrector has lost its line: blocks of lines lie far aside and hop from field to field. */
function tear(place: Place): Fault {
  return {
    playback(canvas, frame) {
      if (!isIn(place, frame)) return;
      const random = seededRandom(mixSeeds(place.seed, frame));
      const most = canvas.width * byStrength(place.strength, [0.1, 0.25, 0.5]);
      for (let row = 0; row < canvas.height; ) {
        const lines = 4 + Math.floor(random() * 40);
        const shift = (random() - 0.5) * 2 * most;
        const slope = (random() - 0.5) * (most / 20);
        for (let line = 0; line < lines && row < canvas.height; line++, row++) {
          shiftLine(canvas, row, shift + slope * line + 3 * (random() - 0.5));
        }
      }
    },
  };
}

/** The picture runs through from below, with the blanking between two pictures in it. */
function roll(place: Place): Fault {
  return {
    playback(canvas, frame) {
      if (!isIn(place, frame)) return;
      const speed = byStrength(place.strength, [0.06, 0.11, 0.23]);
      const up = Math.floor((canvas.height * (((frame - place.startFrame + 1) * speed) % 1)) / 2) * 2;
      for (const [plane, width, black] of [
        [canvas.y, canvas.width, 64],
        [canvas.u, canvas.width / 2, 512],
        [canvas.v, canvas.width / 2, 512],
      ] as const) {
        const copy = plane.slice();
        const at = up * width;
        plane.set(copy.subarray(at));
        plane.set(copy.subarray(0, at), plane.length - at);
        const bar = Math.floor(canvas.height * 0.04) * width;
        plane.fill(black, Math.max(0, plane.length - at - bar), plane.length - at);
      }
    },
  };
}

/** Tension is wrong: the top of the picture hooks to one side and comes back over its first lines. */
function skew(place: Place, direction: 1 | -1): Fault {
  return {
    playback(canvas, frame) {
      if (!isIn(place, frame)) return;
      const random = seededRandom(mixSeeds(place.seed, frame));
      const lines = canvas.height * byStrength(place.strength, [0.03, 0.06, 0.1]);
      const wave = direction === -1 ? Math.sin(frame * 0.9) : 1;
      const far =
        byStrength(place.strength, [8, 18, 40]) * (canvas.width / 720) * (0.85 + 0.3 * random()) * wave;
      for (let row = 0; row < lines * 3; row++)
        shiftLine(canvas, row, far * Math.exp(-row / lines) * direction);
    },
  };
}
