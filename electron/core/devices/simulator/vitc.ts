import { vitcBits } from '#core/essence/vitc.ts';
import { drawVitcLine } from '#core/essence/vitc-line.ts';
import type { Tape } from './tape.ts';
import { packV210, planarPicture, v210Stride } from './v210.ts';

/** VITC takes the first lines, twice in each field; the frame-number stamp begins below them. */
const lines = [0, 1, 2, 3] as const;

/** Draws a frame's vertical interval timecode into a v210 picture, in place, where the tape has it there. */
export function drawVitc(tape: Tape, v210: Uint8Array, frame: number): void {
  const timecode = tape.timecodeOn(frame);
  const { standard, width, recipe } = tape;
  if (timecode === undefined || !['vitc', 'both'].includes(recipe.timecode)) return;
  const stride = v210Stride(width);
  const picture = planarPicture(width, 1);
  picture.cb.fill(512);
  picture.cr.fill(512);
  for (const line of lines) {
    const isFirst = (line % 2 === 0) === (standard.fieldOrder === 'tff');
    const bits = vitcBits({ timecode, field: isFirst ? 1 : 2, userBits: recipe.userBits }, standard.name);
    picture.y.set(drawVitcLine(bits, width, standard.name));
    v210.set(packV210(picture), line * stride);
  }
}
