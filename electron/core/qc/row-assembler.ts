/** Brings the values of picture and sound together: one row of the store a picture. */
export interface RowAssembler {
  /** The row of a picture, to write into; pictures come in order, with gaps. */
  picture(frame: number): Float32Array;
  /** The same for its sound; undefined for a picture that was given out already. */
  sound(frame: number): Float32Array | undefined;
  /** No more pictures, no more sound. */
  pictureEnded(): void;
  soundEnded(): void;
}

/**
 * Rows are given out in order, each when both its picture and its sound have passed; what was not measured is NaN. A store
 * has as many rows as there are pictures, or, without any, as many as there are pieces of sound. Where there are both, the last
 * row waits for both ends: its last column says how many pieces of sound came behind it.
 */
export function createRowAssembler(
  columns: number,
  has: { picture: boolean; sound: boolean },
  onRow: (row: Float32Array) => void,
): RowAssembler {
  const waiting = new Map<number, Float32Array>();
  const free: Float32Array[] = [];
  let next = 0;
  /** Frames before these have their picture, or their sound. */
  let picturesTo = has.picture ? 0 : Number.POSITIVE_INFINITY;
  let soundTo = has.sound ? 0 : Number.POSITIVE_INFINITY;
  let frames = 0;
  let soundFrames = 0;
  let [hasPictureEnded, hasSoundEnded] = [!has.picture, !has.sound];

  function row(frame: number): Float32Array {
    let found = waiting.get(frame);
    if (!found) {
      found = (free.pop() ?? new Float32Array(columns)).fill(Number.NaN);
      waiting.set(frame, found);
    }
    return found;
  }

  function giveOut(): void {
    const to = Math.min(picturesTo, soundTo, frames);
    for (; next < to; next++) {
      const values = row(next);
      onRow(values);
      waiting.delete(next);
      if (free.length < 64) free.push(values);
    }
  }

  function endTogether(): void {
    if (!hasPictureEnded || !hasSoundEnded) return;
    if (has.picture && has.sound && frames > next) {
      row(frames - 1)[columns - 1] = Math.max(0, soundFrames - frames);
    }
    picturesTo = Number.POSITIVE_INFINITY;
    soundTo = Number.POSITIVE_INFINITY;
    giveOut();
  }

  return {
    // What is before this frame is complete: its own values are being written only now.
    picture(frame) {
      picturesTo = frame;
      frames = Math.max(frames, frame);
      giveOut();
      frames = Math.max(frames, frame + 1);
      return row(frame);
    },
    sound(frame) {
      soundTo = frame;
      soundFrames = Math.max(soundFrames, frame + 1);
      if (!has.picture) frames = Math.max(frames, frame);
      giveOut();
      if (frame < next || (has.picture && hasPictureEnded && frame >= frames)) return undefined;
      if (!has.picture) frames = Math.max(frames, frame + 1);
      return row(frame);
    },
    pictureEnded() {
      hasPictureEnded = true;
      endTogether();
    },
    soundEnded() {
      hasSoundEnded = true;
      // Pictures go on without it.
      soundTo = Number.POSITIVE_INFINITY;
      giveOut();
      endTogether();
    },
  };
}
