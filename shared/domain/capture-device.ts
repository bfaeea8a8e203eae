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
