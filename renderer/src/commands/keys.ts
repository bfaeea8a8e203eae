/** A single character is what the keyboard produces (a French keyboard has its comma elsewhere); anything longer is a named key. */
export function isCharacter(keys: string): boolean {
  const last = keys.split('+').at(-1) ?? '';
  return last.length === 1;
}
