import { black } from './checks/black.ts';
import { onScaleOf, type Series } from './series.ts';

/**
 * Frames that other checks should look at with care or not at all: one byte a frame, 1 where the gate holds. Each is
 * worked out when it is first asked for.
 */
export interface Gates {
  /** A test signal stands in the picture: its level extremes and still lines are meant. */
  readonly bars: Uint8Array;
  /** Every part of the picture is black, noise allowed for; a single frame is enough. */
  readonly black: Uint8Array;
  /** A field of one colour, with or without noise: no structure that a measure of lines could rest on. */
  readonly flat: Uint8Array;
  /** The picture has nothing to do with the one before: an edit. The first frame of the new shot is marked. */
  readonly cut: Uint8Array;
}

/** Own: on the 10-bit scale. */
const flatLimits = {
  /** Nothing that went through an analogue path is this even: a field that a machine made. */
  machineCodes: 8,
  /** 10th to 90th percentile of luma: 2.56 times the noise, so up to 25 codes of noise, which is a very bad tape. */
  spreadCodes: 64,
  /** Gaussian noise reaches 3.5 to 4 times as far as from its 10th to its 90th percentile; a lit object reaches further. */
  mostReach: 5,
  /** An even gradient reaches 1.25 times as far: a sky is no flat field. */
  leastReach: 2,
};

/** Own. A cut differs from the frame before by clearly more than motion and noise in the shots on both sides do. */
const cutLimits = {
  ratio: 1.8,
  codes: 12,
  /** Frames on each side whose median says what is usual. */
  neighbours: 7,
  /** Damage of one frame differs from what comes before and after alike; behind a cut the picture holds. */
  mostNext: 0.6,
  /** An edit on the second field takes two frames, and the mean levels stay where they went. */
  levelCodes: 12,
};

const known = new WeakMap<Series, { frames: number; gates: Gates }>();

/** The gates of a series. Asked again for the same series (and as many frames) it gives the same masks. */
export function createGates(series: Series): Gates {
  const before = known.get(series);
  if (before && before.frames === series.frames) return before.gates;
  const made: Partial<Record<keyof Gates, Uint8Array>> = {};
  const gates: Gates = {
    get bars() {
      made.bars ??= barsMask(series);
      return made.bars;
    },
    get black() {
      made.black ??= blackMask(series);
      return made.black;
    },
    get flat() {
      made.flat ??= flatMask(series);
      return made.flat;
    },
    get cut() {
      made.cut ??= cutMask(series);
      return made.cut;
    },
  };
  known.set(series, { frames: series.frames, gates });
  return gates;
}

function barsMask(series: Series): Uint8Array {
  const set = series.column('barsSet');
  return Uint8Array.from({ length: series.frames }, (_, frame) => ((set[frame] as number) > 0 ? 1 : 0));
}

function blackMask(series: Series): Uint8Array {
  const [maximum, high, low] = [series.column('yMax'), series.column('yHigh'), series.column('yLow')];
  const code = (limit: { value: number }) => onScaleOf(series, limit.value);
  const [mostMaximum, mostHigh, mostLow] = [
    code(black.limits.maximumCodes),
    code(black.limits.highCodes),
    code(black.limits.lowCodes),
  ];
  const mask = new Uint8Array(series.frames);
  for (let frame = 0; frame < mask.length; frame++) {
    if (
      (maximum[frame] as number) < mostMaximum &&
      (high[frame] as number) < mostHigh &&
      (low[frame] as number) < mostLow
    )
      mask[frame] = 1;
  }
  return mask;
}

function flatMask(series: Series): Uint8Array {
  const [minimum, low, high, maximum] = [
    series.column('yMin'),
    series.column('yLow'),
    series.column('yHigh'),
    series.column('yMax'),
  ];
  const machine = onScaleOf(series, flatLimits.machineCodes);
  const most = onScaleOf(series, flatLimits.spreadCodes);
  const mask = new Uint8Array(series.frames);
  for (let frame = 0; frame < mask.length; frame++) {
    const spread = (high[frame] as number) - (low[frame] as number);
    const reach = (maximum[frame] as number) - (minimum[frame] as number);
    const isNoise =
      spread < most &&
      reach < machine + flatLimits.mostReach * spread &&
      reach > flatLimits.leastReach * spread;
    if (reach < machine || isNoise) mask[frame] = 1;
  }
  return mask;
}

function cutMask(series: Series): Uint8Array {
  const difference = series.column('yDif');
  const levels = ['yAvg', 'uAvg', 'vAvg'].map((id) => series.column(id));
  const least = onScaleOf(series, cutLimits.codes);
  const leastLevel = onScaleOf(series, cutLimits.levelCodes);
  const mask = new Uint8Array(series.frames);

  const rises = (frame: number) => {
    const value = difference[frame] as number;
    if (!(value > least)) return false;
    const usual = Math.max(
      medianOf(difference, frame - 1 - cutLimits.neighbours, frame - 2),
      medianOf(difference, frame + 2, frame + 1 + cutLimits.neighbours),
    );
    return value >= cutLimits.ratio * usual + least;
  };
  const hasMoved = (from: number, to: number) => {
    let moved = 0;
    for (const level of levels) moved += Math.abs((level[to] as number) - (level[from] as number));
    return moved >= leastLevel;
  };
  // Damage of two frames moves them as far; but behind it they are back, and where it ends they had moved just before.
  const holdsAfter = (frame: number) =>
    hasMoved(frame - 1, frame + 1) &&
    (frame + 2 >= mask.length || hasMoved(frame - 1, frame + 2)) &&
    !(frame >= 2 && hasMoved(frame - 2, frame - 1));

  for (let frame = 1; frame < mask.length; frame++) {
    if (!rises(frame)) continue;
    const value = difference[frame] as number;
    const isAlone =
      !((difference[frame - 1] as number) > cutLimits.mostNext * value) &&
      !((difference[frame + 1] as number) > cutLimits.mostNext * value);
    if (isAlone) mask[frame] = 1;
    else if (frame + 1 < mask.length && rises(frame + 1) && holdsAfter(frame)) {
      mask[frame] = 1;
      mask[frame + 1] = 1;
    }
  }
  return mask;
}

/** Median of what was measured between two frames, both inclusive; 0 where nothing was. */
function medianOf(column: Float32Array, from: number, to: number): number {
  const values: number[] = [];
  for (let frame = Math.max(0, from); frame <= to && frame < column.length; frame++) {
    const value = column[frame] as number;
    if (!Number.isNaN(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}
