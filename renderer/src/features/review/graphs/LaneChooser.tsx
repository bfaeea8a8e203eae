import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import styles from './LaneChooser.module.css';
import { type Column, choicesOf, moved } from './lane-list.ts';
import { choiceName } from './measure-words.ts';

interface LaneChooserProps {
  columns: readonly Column[];
  choices: readonly string[];
  isUsual: boolean;
  choose: (choices: readonly string[] | undefined) => void;
  onClose: () => void;
}

/** Which lanes are drawn, and in which order: kept for the person signed in. */
export function LaneChooser({ columns, choices, isUsual, choose, onClose }: LaneChooserProps) {
  const { t, i18n } = useTranslation();
  const [filter, setFilter] = useState('');
  const name = (choice: string) => choiceName(choice, i18n, t);
  const known = choicesOf(columns);
  const chosen = choices.filter((choice) => known.includes(choice));
  const found = known.filter((choice) =>
    `${name(choice)} ${choice}`.toLocaleLowerCase().includes(filter.toLocaleLowerCase()),
  );
  return (
    <section
      className={styles.chooser}
      aria-label={t('review.graph.choose')}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <header className={styles.head}>
        <input
          // The chooser is opened to choose: typing begins at once.
          // biome-ignore lint/a11y/noAutofocus: as above
          autoFocus
          type="search"
          className={styles.search}
          placeholder={t('review.graph.search')}
          aria-label={t('review.graph.search')}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <Button tone="quiet" disabled={isUsual} onClick={() => choose(undefined)}>
          {t('review.graph.usual')}
        </Button>
        <Button tone="quiet" onClick={onClose}>
          {t('review.graph.done')}
        </Button>
      </header>
      <div className={styles.lists}>
        <ol className={styles.list}>
          {chosen.map((choice, at) => (
            <li key={choice} className={styles.item}>
              <span className={styles.label}>{name(choice)}</span>
              <Button
                tone="quiet"
                className={styles.move}
                disabled={at === 0}
                aria-label={t('review.graph.up', { name: name(choice) })}
                onClick={() => choose(moved(chosen, choice, -1))}
              >
                ↑
              </Button>
              <Button
                tone="quiet"
                className={styles.move}
                disabled={at === chosen.length - 1}
                aria-label={t('review.graph.down', { name: name(choice) })}
                onClick={() => choose(moved(chosen, choice, 1))}
              >
                ↓
              </Button>
            </li>
          ))}
        </ol>
        <ul className={styles.list}>
          {found.map((choice) => (
            <li key={choice} className={styles.item}>
              <label className={styles.label}>
                <input
                  type="checkbox"
                  checked={chosen.includes(choice)}
                  onChange={({ currentTarget: { checked } }) =>
                    choose(checked ? [...chosen, choice] : chosen.filter((one) => one !== choice))
                  }
                />
                {name(choice)}
              </label>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
