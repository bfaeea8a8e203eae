import { parseSelection } from './selection.ts';

/** Kinds of source of which two can be open at once: a simulated deck is made for each pass, a file is only read. */
const sharable = ['simulator', 'file'];

/**
 * The device behind what an operator chose, whatever its options: `decklink:DeckLink Duo (1)` for any of its inputs.
 * All simulated decks are one, and all files. Throws HelicalError INVALID_INPUT.
 */
export function deviceOf(source: string): string {
  const { sourceId, argument } = parseSelection(source);
  return sharable.includes(sourceId) || argument === undefined ? sourceId : `${sourceId}:${argument}`;
}

/** Whether one capture has such a device to itself. */
export function isExclusive(device: string): boolean {
  return !sharable.includes(device);
}
