import { Dialog } from '@base-ui/react/dialog';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../commands/command.ts';
import { commandsOf } from '../commands/table.ts';
import { useOverlays } from '../state/overlays.ts';
import { usePlace } from '../state/place.ts';
import { Keys } from '../ui/Keys.tsx';
import styles from './Overlay.module.css';

/** The keys of the screen one is on, and those of everywhere. */
export function HelpSheet() {
  const { t } = useTranslation();
  const open = useOverlays((overlays) => overlays.help);
  const screen = usePlace((place) => place.screen);
  const sheet = useRef<HTMLDivElement>(null);
  const withKeys = commandsOf(screen).filter((command) => command.keys.length > 0);
  const groups = Map.groupBy(withKeys, ({ group, scope }) =>
    scope === 'everywhere' ? 'help.everywhere' : (group ?? (`rail.${screen}` as const)),
  );
  return (
    <Dialog.Root open={open} onOpenChange={(help) => useOverlays.setState({ help })} modal={false}>
      <Dialog.Portal>
        {/* The one button stands at the end: focused first, it would open a long sheet scrolled there. */}
        <Dialog.Popup ref={sheet} className={styles.sheet} initialFocus={sheet}>
          <Dialog.Title className={styles.title}>{t('help.title')}</Dialog.Title>
          <div className={styles.columns}>
            {[...groups].map(([title, commands]) => (
              <KeyList key={title} title={t(title)} commands={commands} />
            ))}
          </div>
          <Dialog.Close className={styles.close}>
            {t('help.close')} <kbd>Esc</kbd>
          </Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function KeyList({ title, commands }: { title: string; commands: Command[] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {commands.map((command) => (
          <div key={command.id}>
            <dt>{t(command.title)}</dt>
            <dd>
              {command.cap ? <kbd>{command.cap}</kbd> : command.keys[0] && <Keys keys={command.keys[0]} />}
              {command.hold && <span> {t('help.hold')}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
