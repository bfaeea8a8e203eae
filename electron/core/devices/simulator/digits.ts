import { groupBytes, groupPixels, v210Group, v210Stride } from './v210.ts';

/** Five by seven dots per character, a row per number, most significant bit left. */
const font: Record<string, readonly number[]> = {
  '0': [14, 17, 19, 21, 25, 17, 14],
  '1': [4, 12, 4, 4, 4, 4, 14],
  '2': [14, 17, 1, 2, 4, 8, 31],
  '3': [31, 2, 4, 2, 1, 17, 14],
  '4': [2, 6, 10, 18, 31, 2, 2],
  '5': [31, 16, 30, 1, 1, 17, 14],
  '6': [6, 8, 16, 30, 17, 17, 14],
  '7': [31, 1, 2, 4, 8, 8, 8],
  '8': [14, 17, 17, 14, 17, 17, 14],
  '9': [14, 17, 17, 15, 1, 2, 12],
  ':': [0, 4, 0, 0, 0, 4, 0],
};

/** Pixels of one character: five dots and a gap, each dot two pixels wide and two lines high (one per field). */
const characterPixels = 12;
/** Lines of one row of characters, with a gap. */
const characterLines = 16;

const glyphs = new Map(Object.entries(font).map(([character, rows]) => [character, rows.map(glyphLine)]));
const blankLine = glyphLine(0);

/** Writes digits and colons, white on black, into a v210 picture. `x` must be a multiple of six. Others are skipped; so is a text that does not fit. */
export function drawDigits(v210: Uint8Array, width: number, x: number, y: number, text: string): void {
  if (x + text.length * characterPixels > width) return;
  const stride = v210Stride(width);
  let at = y * stride + (x / groupPixels) * groupBytes;
  for (const character of text) {
    const lines = glyphs.get(character);
    if (lines) {
      for (let line = 0; line < characterLines; line++) {
        v210.set(lines[line >> 1] ?? blankLine, at + line * stride);
      }
    }
    at += (characterPixels / groupPixels) * groupBytes;
  }
}

function glyphLine(row: number): Uint8Array {
  const luma = Array.from({ length: characterPixels }, (_, pixel) => {
    const dot = pixel >> 1;
    return dot < 5 && (row >> (4 - dot)) & 1 ? 800 : 64;
  });
  const line = new Uint8Array(groupBytes * 2);
  line.set(v210Group(luma.slice(0, groupPixels)));
  line.set(v210Group(luma.slice(groupPixels)), groupBytes);
  return line;
}
