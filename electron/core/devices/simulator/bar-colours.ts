import { bt601 } from './paint.ts';
import type { Standard } from './standard.ts';

/** White, yellow, cyan, green, magenta, red, blue, black at 75 %; PAL has its white at 100 % (EBU bars 100/0/75/0). */
export function barColours(standard: Standard['name']): [number, number, number][] {
  const white = standard === 'PAL' ? 1 : 0.75;
  const colours: [number, number, number][] = [[white, white, white]];
  for (const [red, green, blue] of [
    [1, 1, 0],
    [0, 1, 1],
    [0, 1, 0],
    [1, 0, 1],
    [1, 0, 0],
    [0, 0, 1],
    [0, 0, 0],
  ] as const) {
    colours.push([red * 0.75, green * 0.75, blue * 0.75]);
  }
  return colours.map(([red, green, blue]) => bt601(red, green, blue));
}
