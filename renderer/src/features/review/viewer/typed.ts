/** What is being typed, and what a lone figure at its start changed already. */
export interface Typed<Mode> {
  text: string;
  /** The mode before the first figure chose another; null where it chose none. */
  modeBefore: Mode | null;
  /** When the last character came, in milliseconds; 0: it was pasted or Enter came, and nothing is added to it. */
  atMs: number;
}

/** How long a lone figure waits for more of a number: after that it was a choice of the mode and nothing else. */
const loneFigureMs = 1_200;

/** As many as `HH:MM:SS:FF` has. */
const mostCharacters = 11;

export function nothingTyped<Mode>(): Typed<Mode> {
  return { text: '', modeBefore: null, atMs: 0 };
}

/**
 * How long what is being typed waits, in milliseconds; undefined: it stays until Enter, Escape or a move. Only a figure that chose a mode
 * is ever forgotten: of a number read off paper no figure may get lost, since what is left of it is another place.
 */
export function typedWaitMs({ text, modeBefore }: Typed<unknown>): number | undefined {
  return text.length === 1 && modeBefore !== null ? loneFigureMs : undefined;
}

/**
 * One more character. A figure from 1 on that stands alone chooses the view mode of that place at once and begins a number too; when the number
 * goes on, the mode before comes back.
 */
export function afterTyping<Mode>(
  before: Typed<Mode>,
  mode: Mode,
  event: { character: string; atMs: number; modes: readonly Mode[] },
): { typed: Typed<Mode>; mode: Mode } {
  const { character, atMs, modes } = event;
  const isOver = before.atMs === 0 || atMs - before.atMs > (typedWaitMs(before) ?? Number.POSITIVE_INFINITY);
  const text = isOver ? '' : before.text;
  if (text === '') {
    const chosen = modes[Number(character) - 1];
    const typed = { text: character, modeBefore: chosen === undefined ? null : mode, atMs };
    return { typed, mode: chosen ?? mode };
  }
  return {
    typed: { text: (text + character).slice(0, mostCharacters), modeBefore: null, atMs },
    mode: before.modeBefore ?? mode,
  };
}

/** Enter: the number counts, and the mode is the one before it was begun. */
export function afterEnter<Mode>(before: Typed<Mode>, mode: Mode): { typed: Typed<Mode>; mode: Mode } {
  return { typed: nothingTyped(), mode: before.modeBefore ?? mode };
}

/** A character taken back: the number is being typed again. The mode stays as it is. */
export function afterErasing<Mode>(before: Typed<Mode>, atMs: number): Typed<Mode> {
  return { text: before.text.slice(0, -1), modeBefore: null, atMs };
}
