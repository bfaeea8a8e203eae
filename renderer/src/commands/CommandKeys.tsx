import { useHotkeys } from 'react-hotkeys-hook';
import { useOverlays } from '../state/overlays.ts';
import { usePlace } from '../state/place.ts';
import { useHold } from '../ui/useHold.ts';
import type { Command } from './command.ts';
import { useHeld } from './held.ts';
import { chordOf, isCharacter } from './keys.ts';
import { commandsOf } from './table.ts';

/** Listens for the keys of the screen's commands. Keys typed into a field belong to the field. */
export function CommandKeys() {
  const screen = usePlace((place) => place.screen);
  const heard = commandsOf(screen).filter((command) => !command.isNative);
  return heard.flatMap((command) =>
    command.keys.map((keys) =>
      command.hold ? (
        <HeldKey key={command.id + keys} command={command} keys={keys} />
      ) : (
        <PressedKey key={command.id + keys} command={command} keys={keys} />
      ),
    ),
  );
}

interface KeyProps {
  command: Command;
  keys: string;
}

// What joins keys is never typed: the comma, the plus and the brackets are keys themselves here.
const options = (keys: string) => ({
  useKey: isCharacter(keys),
  delimiter: ' ',
  splitKey: '\u0001',
  sequenceSplitKey: '\u0002',
});
const joined = (keys: string) => chordOf(keys).join('\u0001');

/**
 * Enter and Backspace belong to whatever control has the focus, where one has. So does the space bar, but not among the choices of how
 * pictures are looked at: somebody who has just chosen one wants to play, and not to choose it again. Home and End mean nothing to a button.
 */
function belongsToControl({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const isIn = (controls: string) => target.closest(controls) !== null;
  if (key === 'Home' || key === 'End') return isIn('[role="option"], video');
  if (key === ' ' && isIn('[data-space="plays"]')) return false;
  return ['Enter', ' ', 'Backspace'].includes(key) && isIn('button, a, [role="option"], video');
}

function PressedKey({ command, keys }: KeyProps) {
  useHotkeys(
    joined(keys),
    (event) => {
      const { palette, help } = useOverlays.getState();
      if ((palette || help) && command.scope !== 'everywhere') return;
      event.preventDefault();
      command.run(event.key);
    },
    {
      ...options(keys),
      // Choices of the pictures are buttons: they take no letters.
      enableOnFormTags: keys.startsWith('mod+') || ['radio'],
      ignoreEventWhen: (event) => belongsToControl(event) && command.claimsKey?.() !== true,
    },
  );
  return null;
}

function HeldKey({ command, keys }: KeyProps) {
  const { begin, letGo } = useHold(() => {
    useHeld.setState({ id: null });
    command.run();
  });
  useHotkeys(
    joined(keys),
    (event) => {
      if (event.type === 'keydown' && !event.repeat) {
        begin();
        useHeld.setState({ id: command.id });
      } else if (event.type === 'keyup') {
        letGo();
        useHeld.setState({ id: null });
      }
    },
    { ...options(keys), keydown: true, keyup: true },
  );
  return null;
}
