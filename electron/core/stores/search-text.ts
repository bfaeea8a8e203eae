/**
 * What the filter of the tapes screen looks through and for: lower case, without accents, so that `kruger` finds
 * Krüger. Every word has to occur, anywhere.
 */
export function searchText(tape: {
  identifier: string;
  title: string;
  artist: string;
  format: string;
  location: string;
}): string {
  return fold([tape.identifier, tape.title, tape.artist, tape.format, tape.location].join('\n'));
}

/** The words of a filter, folded as the tapes' texts are. */
export function searchWords(filter: string): string[] {
  return fold(filter).split(/\s+/).filter(Boolean);
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
