import type { Measure } from './measures.ts';
import { pictureInstruments } from './picture/registry.ts';
import { soundInstruments } from './sound/registry.ts';

/**
 * On the last picture alone: how many pictures' worth of sound come behind it. It is always the last column, and has to be one, since a
 * store holds nothing behind its last picture.
 */
const soundBeyond: Measure = { id: 'soundBeyond', medium: 'audio', unit: 'count', key: undefined };

/** Every measure of a file with so many audio channels, in the order of the store's columns: the picture's first. */
export function measuresFor(channels: number): Measure[] {
  const sound =
    channels === 0 ? [] : [...soundInstruments.flatMap((kind) => kind.measures(channels)), soundBeyond];
  return [...pictureInstruments.flatMap((kind) => kind.measures), ...sound];
}
