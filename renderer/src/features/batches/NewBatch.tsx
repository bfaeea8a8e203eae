import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tapeStandings } from '#shared/domain/tape.ts';
import { api } from '../../api/client.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Field, TextLine } from '../../ui/Field.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { TapeStanding } from '../../ui/StateWord.tsx';
import table from '../../ui/Table.module.css';
import styles from './BatchesScreen.module.css';

/** Makes a batch out of tapes that were captured. */
export function NewBatch({ onMade }: { onMade: (batchId: string) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [filter, setFilter] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const tapes = useQuery(
    api.tapes.list.queryOptions({
      input: { filter, states: tapeStandings.filter((state) => state !== 'registered'), limit: 500 },
      placeholderData: keepPreviousData,
    }),
  );
  const create = useMutation(api.batches.create.mutationOptions({ onSuccess: (batch) => onMade(batch.id) }));
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <Panel title={t('batches.new')} aside={t('batches.chosen', { count: chosen.size })} flush>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ name, tapes: [...chosen] });
        }}
      >
        <div className={styles.fields}>
          <Field name="name" label={t('batches.name')}>
            <TextLine value={name} maxLength={100} onChange={(event) => setName(event.currentTarget.value)} />
          </Field>
          <Field name="filter" label={t('tapes.search')}>
            <TextLine value={filter} onChange={(event) => setFilter(event.currentTarget.value)} />
          </Field>
          <Button type="submit" tone="main" disabled={!name.trim() || chosen.size === 0 || create.isPending}>
            {t('batches.create')}
          </Button>
        </div>
        <Sentence error={create.error ?? tapes.error} />
        {tapes.data?.rows.length === 0 && <Empty>{t('batches.noTapes')}</Empty>}
        <div className={styles.scroll}>
          <table className={table.table}>
            <tbody>
              {tapes.data?.rows.map((tape) => (
                <tr key={tape.id} className={chosen.has(tape.id) ? table.selected : undefined}>
                  <td>
                    <label className={styles.check}>
                      <input type="checkbox" checked={chosen.has(tape.id)} onChange={() => toggle(tape.id)} />
                      <span className="mono">{tape.identifier}</span>
                    </label>
                  </td>
                  <td>{tape.title}</td>
                  <td>{tape.artist}</td>
                  <td>
                    <TapeStanding tape={tape} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </form>
    </Panel>
  );
}
