import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../commands/command.ts';
import { commandsOf } from '../commands/table.ts';
import { useOverlays } from '../state/overlays.ts';
import { usePlace } from '../state/place.ts';
import { Keys } from '../ui/Keys.tsx';
import styles from './Overlay.module.css';

/** Every command by its name. Not modal: a running capture behind it stays in sight and in reach. */
export function CommandPalette() {
  const open = useOverlays((overlays) => overlays.palette);
  return (
    <Dialog.Root open={open} onOpenChange={(palette) => useOverlays.setState({ palette })} modal={false}>
      <Dialog.Portal>
        <Dialog.Popup className={styles.palette}>
          <PaletteBody />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody() {
  const { t } = useTranslation();
  const screen = usePlace((place) => place.screen);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = commandsOf(screen).filter(
    (command) =>
      !command.keyOnly &&
      (command.available?.() ?? true) &&
      t(command.title).toLowerCase().includes(text.trim().toLowerCase()),
  );
  const at = Math.min(chosen, found.length - 1);
  const run = (command: Command | undefined) => {
    if (!command) return;
    useOverlays.setState({ palette: false });
    command.run();
  };
  return (
    <>
      <Dialog.Title className="visually-hidden">{t('command.palette')}</Dialog.Title>
      <input
        // biome-ignore lint/a11y/noAutofocus: the palette is opened to be typed into.
        autoFocus
        className={styles.input}
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found[at] ? `palette-${found[at].id}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setChosen(Math.min(found.length - 1, at + 1));
          else if (event.key === 'ArrowUp') setChosen(Math.max(0, at - 1));
          else if (event.key === 'Enter') run(found[at]);
          else return;
          event.preventDefault();
        }}
      />
      <div className={styles.list} role="listbox" id="palette-list" aria-label={t('command.palette')}>
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, which keeps the focus.
          <div
            key={command.id}
            id={`palette-${command.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={styles.option}
            onClick={() => run(command)}
          >
            {t(command.title)}
            {command.keys[0] && <Keys keys={command.keys[0]} />}
          </div>
        ))}
        {found.length === 0 && <p className={styles.none}>{t('palette.none')}</p>}
      </div>
    </>
  );
}
