import type { Measure } from './measures.ts';
import { pictureInstruments } from './picture/registry.ts';
import { soundInstruments } from './sound/registry.ts';

/** Every measure of a file with so many audio channels, in the order of the store's columns: the picture's first. */
export function measuresFor(channels: number): Measure[] {
  const sound = channels === 0 ? [] : soundInstruments.flatMap((kind) => kind.measures(channels));
  return [...pictureInstruments.flatMap((kind) => kind.measures), ...sound];
}
