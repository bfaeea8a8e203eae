const names: Record<string, string> = {
  arrowleft: '←',
  arrowright: '→',
  enter: '⏎',
  backspace: '⌫',
  shift: '⇧',
  alt: 'Alt',
  home: 'Home',
  end: 'End',
  arrowup: '↑',
  arrowdown: '↓',
  pageup: 'Page ↑',
  pagedown: 'Page ↓',
  escape: 'Esc',
  space: 'Space',
};

const isMac = () => globalThis.navigator?.platform.startsWith('Mac') ?? false;

/** The keycaps of `mod+k`: one for each part. */
export function keycaps(keys: string): string[] {
  return keys
    .split(/\+(?=.)/)
    .map((part) => (part === 'mod' ? (isMac() ? '⌘' : 'Ctrl') : (names[part] ?? part.toUpperCase())));
}

/** A key or a chord, drawn as keycaps. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span>
      {keycaps(keys).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
