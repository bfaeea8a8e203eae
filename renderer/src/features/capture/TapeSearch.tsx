import { Combobox } from '@base-ui/react/combobox';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tape } from '#shared/domain/tape.ts';
import { api } from '../../api/client.ts';
import { Icon } from '../../ui/Icon.tsx';
import { TapeStanding } from '../../ui/StateWord.tsx';
import styles from './TapeSearch.module.css';

/** Finds a registered tape by any of its words. The register is asked as one types. */
export function TapeSearch({ tape, onChoose }: { tape: Tape | null; onChoose: (tape: Tape | null) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const filter = tape && text === label(tape) ? '' : text;
  const found = useQuery(
    api.tapes.list.queryOptions({ input: { filter, limit: 50 }, placeholderData: keepPreviousData }),
  );
  return (
    <Combobox.Root
      items={found.data?.rows ?? []}
      filter={null}
      value={tape}
      onValueChange={onChoose}
      onInputValueChange={setText}
      itemToStringLabel={label}
      isItemEqualToValue={(a, b) => a.id === b.id}
    >
      <div className={styles.group}>
        <Combobox.Input
          className={styles.input}
          placeholder={t('capture.tapePlaceholder')}
          id="capture-tape"
        />
        <Combobox.Clear className={styles.clear} aria-label={t('capture.clearTape')}>
          <Icon name="cross" size={12} />
        </Combobox.Clear>
      </div>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={2} className={styles.positioner}>
          <Combobox.Popup className={styles.popup}>
            <Combobox.Empty className={styles.none}>
              {found.isPending ? '' : t('tapes.noMatch')}
            </Combobox.Empty>
            <Combobox.List>
              {(item: Tape) => (
                <Combobox.Item key={item.id} value={item} className={styles.item}>
                  <strong>{item.identifier}</strong>
                  <span>{[item.title, item.artist].filter(Boolean).join(', ')}</span>
                  <TapeStanding tape={item} />
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

function label(tape: Tape): string {
  return tape.identifier;
}
