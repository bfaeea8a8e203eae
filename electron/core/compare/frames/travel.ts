/** Which way somebody goes through the frames of a file, from what is asked for. */
export interface Travel {
  note(frame: number): void;
  /** Frames that will probably be asked for next, the nearest first; none outside the file. */
  ahead(frames: number): number[];
}

const framesAhead = 6;
/** More than this at once is a jump, not a step: shuttle at 8 times the speed takes eight. */
const longestStep = 64;

/**
 * Behind a step go more of the same: forward, backward, by fields' pairs, in shuttle. Behind a jump it is not known which way, and
 * both neighbours are likely, the one in the way that was gone before a little more. When steps are uneven (a slow screen leaves some out), the shorter of the last two is taken.
 */
export function createTravel(): Travel {
  let [last, step, before] = [undefined as number | undefined, 0, 0];
  return {
    note(frame) {
      const moved = last === undefined ? 0 : frame - last;
      if (last !== undefined && moved === 0) return;
      last = frame;
      before = step;
      step = Math.abs(moved) <= longestStep ? moved : 0;
    },
    ahead(frames) {
      if (last === undefined) return [];
      const from = last;
      const goesOn = before !== 0 && Math.sign(before) === Math.sign(step);
      const stride = goesOn && Math.abs(before) < Math.abs(step) ? before : step;
      const towards = before < 0 ? -1 : 1;
      const wanted =
        step === 0
          ? [from + towards, from - towards]
          : Array.from({ length: framesAhead }, (_, index) => from + (index + 1) * stride);
      return wanted.filter((frame) => frame >= 0 && frame < frames);
    },
  };
}
