import type { Picture } from './picture.ts';
import type { PicturePair } from './picture-noise.ts';

/** Codes by which a pixel must change to count as moved: far above any tape's noise. */
const moved = 100;
/** Pixels that must have moved in a band before anything is said of it. */
const leastMoved = 60;
/** The picture is looked at in bands: figures that are burnt in change with each frame, not each field, and say nothing. */
const bands = 16;
/** From this on a band says something of the fields. */
const leastScore = 0.25;
/** The fields of one frame are one period apart, as the near ones of two frames are: half of that is asked for. */
const leastCombed = 0.5;
/** Part of the pairs that must say the same. */
const agreement = 0.75;

/** One band of one pair of frames. */
interface Motion {
  pixels: number;
  /** How far the bottom field is from the next frame's top field, and the top field from the next frame's bottom field. */
  bottomToTop: number;
  topToBottom: number;
  /** How far the two fields of the first frame are apart: what moves by field is combed, what changes by frame is not. */
  combed: number;
}

const nothing: Motion = { pixels: 0, bottomToTop: 0, topToBottom: 0, combed: 0 };

/**
 * The order in which the two fields were taken, from what moves: -1 to 1, positive for top field first. Between the last field
 * of a frame and the first of the next lies one field period; between the other two lie three. Steady motion therefore gives
 * about 0.5 or -0.5. Undefined where nothing moves, or only from frame to frame (film, titles, a burnt-in timecode).
 */
export function fieldMotion(pairs: readonly PicturePair[]): number | undefined {
  const motions = pairs.map((pair) => motionOf(pair));
  const found = Array.from({ length: bands }, (_, band) => {
    const seen = motions.map((motion) => motion[band] as Motion).filter(({ pixels }) => pixels > 0);
    const all = seen.reduce(added, { ...nothing });
    const score = scoreOf(all);
    const isCombed = all.combed >= leastCombed * Math.min(all.bottomToTop, all.topToBottom);
    const agreeing = seen.filter((motion) => scoreOf(motion) * Math.sign(score) >= leastScore);
    const isTelling =
      all.pixels >= leastMoved &&
      Math.abs(score) >= leastScore &&
      isCombed &&
      agreeing.length >= agreement * seen.length;
    return { score, weight: isTelling ? Math.abs(all.topToBottom - all.bottomToTop) : 0 };
  });
  const [clearest] = found.sort((a, b) => b.weight - a.weight);
  return clearest && clearest.weight > 0 ? clearest.score : undefined;
}

function motionOf([one, other]: PicturePair): Motion[] {
  const found: Motion[] = Array.from({ length: bands }, () => ({ ...nothing }));
  const { width, height } = one;
  for (let line = 2; line + 3 < height; line += 2) {
    const band = found[Math.floor((line * bands) / height)] as Motion;
    for (let x = 0; x < width; x++) {
      const at = line * width + x;
      const below = at + width;
      if (!hasMoved(one, other, at) && !hasMoved(one, other, below)) continue;
      band.pixels += 1;
      band.bottomToTop += apart(other, at, one, width);
      band.topToBottom += apart(other, below, one, width);
      band.combed += (apart(one, at, one, width) + apart(one, below, one, width)) / 2;
    }
  }
  return found;
}

function added(sum: Motion, motion: Motion): Motion {
  return {
    pixels: sum.pixels + motion.pixels,
    bottomToTop: sum.bottomToTop + motion.bottomToTop,
    topToBottom: sum.topToBottom + motion.topToBottom,
    combed: sum.combed + motion.combed,
  };
}

/** With the top field first, the bottom field of a frame and the top field of the next are the near ones. */
function scoreOf({ bottomToTop, topToBottom }: Motion): number {
  const both = topToBottom + bottomToTop;
  return both === 0 ? 0 : (topToBottom - bottomToTop) / both;
}

function hasMoved(one: Picture, other: Picture, at: number): boolean {
  return Math.abs((one.y[at] as number) - (other.y[at] as number)) > moved;
}

/** A pixel against the other field of the frame before: the line above or below it there, whichever is nearer. */
function apart(now: Picture, at: number, before: Picture, width: number): number {
  const level = now.y[at] as number;
  return Math.min(
    Math.abs(level - (before.y[at - width] as number)),
    Math.abs(level - (before.y[at + width] as number)),
  );
}
