/** Luma, U and V of one bar on the 10-bit scale. */
export type BarColour = readonly [y: number, u: number, v: number];

export interface BarsSet {
  name: string;
  /** From left to right, all of one width. */
  bars: readonly BarColour[];
}

const white75: BarColour = [721, 512, 512];
const white100: BarColour = [940, 512, 512];
const black: BarColour = [64, 512, 512];

/** BT.601 codes of yellow, cyan, green, magenta, red and blue at an amplitude of 0 to 1. */
function coloursAt(amplitude: number): BarColour[] {
  const primaries = [
    [1, 1, 0],
    [0, 1, 1],
    [0, 1, 0],
    [1, 0, 1],
    [1, 0, 0],
    [0, 0, 1],
  ] as const;
  return primaries.map(([red, green, blue]) => {
    const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    return [
      64 + 876 * amplitude * luma,
      512 + 896 * amplitude * ((blue - luma) / 1.772),
      512 + 896 * amplitude * ((red - luma) / 1.402),
    ];
  });
}

/**
 * Colour bars that tapes begin with, by the number that `barsSet` holds less one. The upper part of the SMPTE pattern has no
 * black bar; the others have eight.
 */
export const barsSets: readonly BarsSet[] = [
  { name: 'SMPTE 75 %', bars: [white75, ...coloursAt(0.75)] },
  { name: 'EBU 75 % (100/0/75/0)', bars: [white100, ...coloursAt(0.75), black] },
  { name: '75 % (75/0/75/0)', bars: [white75, ...coloursAt(0.75), black] },
  { name: '100 % (100/0/100/0)', bars: [white100, ...coloursAt(1), black] },
];
