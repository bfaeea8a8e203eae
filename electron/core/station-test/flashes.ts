/** Side of the grid of mean levels that flashes are looked for in. */
export const gridSide = 8;
const cells = gridSide * gridSide;

/** Codes by which a part of the picture must brighten, and how many of the 64 parts must at once. */
const brighterCodes = 200;
const leastCells = 4;
/** A flash longer than this is a cut. */
const longestS = 0.25;

/** Frames [first, end) in which part of the picture is lit. */
export interface Flash {
  first: number;
  end: number;
}

/**
 * Flashes of a clapper: a few frames in which a part of the picture is far brighter than it mostly is.
 * One that is lit from the first frame on began nobody knows when: it is left out, but for `atStart`.
 * @param grid mean levels (10-bit codes), 64 for each frame.
 */
export function findFlashes(
  grid: Uint16Array,
  framesPerS: number,
  { atStart = false }: { atStart?: boolean } = {},
): Flash[] {
  const frames = Math.floor(grid.length / cells);
  const usual = Array.from({ length: cells }, (_, cell) => {
    const levels = Array.from({ length: frames }, (_, frame) => grid[frame * cells + cell] as number);
    return levels.sort((a, b) => a - b)[frames >> 1] ?? 0;
  });
  const isLit = (frame: number): boolean => {
    let lit = 0;
    for (let cell = 0; cell < cells; cell++) {
      if ((grid[frame * cells + cell] as number) - (usual[cell] as number) >= brighterCodes) lit += 1;
    }
    return lit >= leastCells;
  };
  const flashes: Flash[] = [];
  for (let frame = 0; frame < frames; frame++) {
    if (!isLit(frame)) continue;
    const last = flashes.at(-1);
    if (last?.end === frame) last.end += 1;
    else flashes.push({ first: frame, end: frame + 1 });
  }
  return flashes.filter(({ first, end }) => (atStart || first > 0) && (end - first) / framesPerS <= longestS);
}
