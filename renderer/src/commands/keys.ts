/** A single character is what the keyboard produces (a French keyboard has its comma elsewhere); anything longer is a named key. */
export function isCharacter(keys: string): boolean {
  return chordOf(keys).at(-1)?.length === 1;
}

/** The keys of a chord: `shift+r` is two, `shift++` are the shift key and the plus. */
export function chordOf(keys: string): string[] {
  return keys.split(/\+(?=.)/);
}
