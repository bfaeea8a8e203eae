import { fill } from './paint.ts';
import { mixSeeds, seededRandom } from './random.ts';
import type { PlacedFault, Tape } from './tape.ts';
import { groupBytes, packV210, planarPicture, v210Group, v210Stride } from './v210.ts';

/** Spoils a frame the way a tape or a deck does. */
export interface PictureFaults {
  /** Changes `v210` in place. The same frame of the same recipe always comes out the same. */
  apply(v210: Uint8Array, frame: number): void;
}

const noiseLines = 61;

/** Prepares what faults are made of: noise lines and the card's flat fields. */
export function preparePictureFaults(tape: Tape): PictureFaults {
  const { width, height, recipe } = tape;
  const stride = v210Stride(width);
  const groups = Math.floor(width / 6);
  const noise = makeNoise(width, recipe.seed);
  const streak = v210Group([880, 900, 860, 890, 870, 900]);
  const flat = {
    blue: flatField(width, height, [164, 848, 439]),
    black: flatField(width, height, [64, 512, 512]),
  };

  const noiseLine = (random: () => number) => {
    const line = Math.floor(random() * noiseLines);
    return noise.subarray(line * stride, line * stride + groups * groupBytes);
  };

  const apply: Partial<
    Record<
      PlacedFault['kind'],
      (v210: Uint8Array, fault: PlacedFault, random: () => number, frame: number) => void
    >
  > = {
    dropout(v210, fault, random) {
      const count = 1 + Math.floor(fault.strength * 24);
      for (let index = 0; index < count; index++) {
        const line = Math.floor(random() * height);
        const from = Math.floor(random() * groups);
        const to = Math.min(groups, from + 4 + Math.floor(random() * groups * 0.5));
        for (let group = from; group < to; group++) v210.set(streak, line * stride + group * groupBytes);
      }
    },
    'head-clog'(v210, fault, random) {
      // A tape head gives one field: that field breaks up, the other stays.
      for (let line = 1; line < height; line += 2) {
        if (random() < 0.2 + 0.8 * fault.strength) v210.set(noiseLine(random), line * stride);
      }
    },
    tracking(v210, fault, random, frame) {
      // Between two tracks the head reads noise, at a place that wanders slowly up and down the picture.
      const lines = Math.max(2, Math.floor(height * (0.05 + 0.2 * fault.strength)));
      const from = Math.floor((height - lines) * (0.5 + 0.5 * Math.sin(recipe.seed + frame / 40)));
      for (let line = from; line < from + lines; line++) {
        for (let group = 0; group < groups; ) {
          const length = 1 + Math.floor(random() * 12);
          const end = Math.min(groups, group + length);
          const bytes = noiseLine(random).subarray(group * groupBytes, end * groupBytes);
          if (random() < 0.6) v210.set(bytes, line * stride + group * groupBytes);
          group = end;
        }
      }
    },
    'field-swap'(v210) {
      for (let line = 0; line + 1 < height; line += 2) {
        // A copy: of a Buffer, `slice` gives none.
        const upper = new Uint8Array(v210.subarray(line * stride, (line + 1) * stride));
        v210.copyWithin(line * stride, (line + 1) * stride, (line + 2) * stride);
        v210.set(upper, (line + 1) * stride);
      }
    },
    'signal-loss'(v210, fault) {
      if (fault.kind === 'signal-loss') v210.set(flat[fault.field]);
    },
  };

  return {
    apply(v210, frame) {
      const faults = tape.faultsAt(frame);
      // Without a signal there is nothing that a head could spoil.
      const lost = faults.find((fault) => fault.kind === 'signal-loss');
      for (const [index, fault] of (lost ? [lost] : faults).entries()) {
        apply[fault.kind]?.(v210, fault, seededRandom(mixSeeds(recipe.seed, frame, index)), frame);
      }
    },
  };
}

function makeNoise(width: number, seed: number): Uint8Array {
  const picture = planarPicture(width, noiseLines);
  const random = seededRandom(mixSeeds(seed, 0xc109));
  for (let index = 0; index < picture.y.length; index++) picture.y[index] = 64 + Math.floor(random() * 877);
  picture.cb.fill(512);
  picture.cr.fill(512);
  return packV210(picture);
}

function flatField(width: number, height: number, colour: readonly [number, number, number]): Uint8Array {
  const picture = planarPicture(width, height);
  fill(picture, colour);
  return packV210(picture);
}
