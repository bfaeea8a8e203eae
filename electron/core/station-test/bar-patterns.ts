import type { Patch } from './picture.ts';

/** Y, Cb, Cr as 10-bit codes. */
export type Code = readonly [y: number, cb: number, cr: number];

/** One bar, the inner part of it that is measured, and what it should hold. */
export interface Bar {
  name: BarName;
  patch: Patch;
  expected: Code;
}
export const colourBars = ['yellow', 'cyan', 'green', 'magenta', 'red', 'blue'] as const;
export type BarName = 'white' | 'grey' | (typeof colourBars)[number] | 'black';

export interface BarPattern {
  id: 'ebu-100-0-75-0' | '75-0-75-0' | '100-0-100-0' | 'smpte-75';
  bars: readonly Bar[];
}

/** Where all bars of every pattern stand, clear of frame numbers above and of PLUGE below. */
const band = { top: 0.35, bottom: 0.6 };
/** The pedestals under SMPTE bars: white and black lie there. */
const lowestBand = { top: 0.8, bottom: 0.95 };
/** Part of a bar that is left out at either side: blanking shifts bars by up to 9 of 88 pixels, edges ring. */
const margin = 0.25;

/**
 * Colour bars as they should come out. EBU bars 100/0/75/0 and the bars 75/0/75/0 and 100/0/100/0 are those of ITU-R BT.471,
 * eight of one width; SMPTE bars (EG 1) have seven, with white and black underneath. Codes by ITU-R BT.601, in HD BT.709.
 */
export function barPatterns(height: number): readonly BarPattern[] {
  const code = height >= 720 ? codes(0.2126, 0.0722) : codes(0.299, 0.114);
  const coloured = (level: number): [BarName, Code][] =>
    (
      [
        ['yellow', 1, 1, 0],
        ['cyan', 0, 1, 1],
        ['green', 0, 1, 0],
        ['magenta', 1, 0, 1],
        ['red', 1, 0, 0],
        ['blue', 0, 0, 1],
      ] as const
    ).map(([name, red, green, blue]) => [name, code(red * level, green * level, blue * level)]);
  const black: [BarName, Code] = ['black', code(0, 0, 0)];
  const eight = (id: BarPattern['id'], white: number, level: number): BarPattern => ({
    id,
    bars: row([['white', code(white, white, white)], ...coloured(level), black], band),
  });
  return [
    eight('ebu-100-0-75-0', 1, 0.75),
    eight('75-0-75-0', 0.75, 0.75),
    eight('100-0-100-0', 1, 1),
    {
      id: 'smpte-75',
      bars: [
        ...row([['grey', code(0.75, 0.75, 0.75)], ...coloured(0.75)], band),
        { name: 'white', expected: code(1, 1, 1), patch: inner(5 / 28, 10 / 28, lowestBand) },
        { name: 'black', expected: code(0, 0, 0), patch: inner(6 / 7, 1, lowestBand) },
      ],
    },
  ];
}

function row(colours: readonly [BarName, Code][], lines: Pick<Patch, 'top' | 'bottom'>): Bar[] {
  return colours.map(([name, expected], index) => ({
    name,
    expected,
    patch: inner(index / colours.length, (index + 1) / colours.length, lines),
  }));
}

function inner(left: number, right: number, lines: Pick<Patch, 'top' | 'bottom'>): Patch {
  const cut = (right - left) * margin;
  return { left: left + cut, right: right - cut, ...lines };
}

/** R'G'B' of 0 to 1 as 10-bit codes, by the weights of red and blue in luma. */
function codes(kr: number, kb: number) {
  return (red: number, green: number, blue: number): Code => {
    const luma = kr * red + (1 - kr - kb) * green + kb * blue;
    return [
      Math.round(64 + 876 * luma),
      Math.round(512 + (896 * (blue - luma)) / (2 * (1 - kb))),
      Math.round(512 + (896 * (red - luma)) / (2 * (1 - kr))),
    ];
  };
}
