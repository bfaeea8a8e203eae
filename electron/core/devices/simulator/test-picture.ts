import { barColours } from './bar-colours.ts';
import { setPair } from './paint.ts';
import type { Standard } from './standard.ts';
import { isClap, testPillar, testRows } from './test-signal.ts';
import type { PlanarPicture } from './v210.ts';

const plainBlack = [64, 512, 512] as const;
const plainWhite = [940, 512, 512] as const;

/**
 * The station's test picture: bars (PAL: EBU 100/0/75/0; NTSC: SMPTE EG 1 with its lower rows), over them a pillar that moves from
 * field to field, and at the top a clapper that is white for two frames every three seconds.
 */
export function drawTestSignal(picture: PlanarPicture, frame: number, standard: Standard): void {
  const { width, height } = picture;
  const bars = barColours(standard.name);
  for (let line = 0; line < height; line++) {
    const isSecondField = (line % 2 === 0) === (standard.fieldOrder === 'bff');
    const pillar = testPillar(frame * 2 + (isSecondField ? 1 : 0), width, standard);
    const colourAt = rowOfTestSignal(line / height, bars, standard);
    for (let x = 0; x < width; x += 2) {
      let colour: readonly number[] = colourAt(x / width);
      if (line / height < testRows.bars) {
        const isPillar =
          line / height >= testRows.pillar && x >= pillar.left && x < pillar.left + pillar.width;
        colour = isClap(frame) || isPillar ? plainWhite : plainBlack;
      }
      setPair(picture, x, line, colour);
    }
  }
}

function rowOfTestSignal(
  depth: number,
  bars: readonly (readonly number[])[],
  standard: Standard,
): (across: number) => readonly number[] {
  const equal = (colours: readonly (readonly number[])[]) => (across: number) =>
    colours[Math.min(colours.length - 1, Math.floor(across * colours.length))] as readonly number[];
  if (standard.name === 'PAL') return equal(bars);
  const [grey, , cyan, , magenta, , blue] = bars as [number, number, number][];
  if (depth < testRows.castellations) return equal(bars.slice(0, 7));
  if (depth < testRows.pluge) {
    return equal([blue, plainBlack, magenta, plainBlack, cyan, plainBlack, grey] as readonly number[][]);
  }
  return (across) => {
    // -I, white, +Q, black, PLUGE (4 % below black, black, 4 % above), black. -I and +Q: a fifth of full scale along
    // these axes of NTSC, with luma at black.
    if (across < 5 / 28) return [64, 624, 390];
    if (across < 10 / 28) return plainWhite;
    if (across < 15 / 28) return [64, 684, 591];
    if (across >= 5 / 7 && across < 16 / 21) return [29, 512, 512];
    if (across >= 17 / 21 && across < 18 / 21) return [99, 512, 512];
    return plainBlack;
  };
}
