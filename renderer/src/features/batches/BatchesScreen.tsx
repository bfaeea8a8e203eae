import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useMay } from '../../state/person.ts';
import { goTo, usePlace } from '../../state/place.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { moment } from '../../ui/words.ts';
import styles from './BatchesScreen.module.css';
import { BatchPage } from './BatchPage.tsx';
import { NewBatch } from './NewBatch.tsx';
import { WhoMakesBatches } from './WhoMakesBatches.tsx';

/** Batches: tapes that are delivered together, their problems, their packages. */
export function BatchesScreen() {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const item = usePlace((place) => place.item);
  const [making, setMaking] = useState(false);
  const may = useMay('manager');
  const batches = useQuery(api.batches.list.queryOptions());
  const isEmpty = batches.data?.length === 0;
  const shown = batches.data?.find((batch) => batch.id === item) ?? batches.data?.[0];
  return (
    <div className={styles.screen}>
      <Panel
        title={t('batches.title')}
        aside={
          may && (
            <Button
              tone="quiet"
              className={styles.new}
              aria-pressed={making}
              onClick={() => setMaking(!making)}
            >
              {t('batches.new')}
            </Button>
          )
        }
        flush
      >
        <Sentence error={batches.error} />
        {isEmpty && <Empty>{t('batches.none')}</Empty>}
        <ul className={styles.batches}>
          {batches.data?.map((batch) => (
            <li key={batch.id}>
              <button
                type="button"
                aria-current={!making && batch.id === shown?.id ? 'true' : undefined}
                onClick={() => {
                  setMaking(false);
                  goTo({ screen: 'batches', item: batch.id });
                }}
              >
                <strong>{batch.name}</strong>
                <span>{t('batches.tapes', { count: batch.tapes.length })}</span>
                <span>{moment(batch.createdAt, language)}</span>
              </button>
            </li>
          ))}
        </ul>
      </Panel>
      {isEmpty && !may ? (
        <WhoMakesBatches />
      ) : making || isEmpty ? (
        <NewBatch
          onMade={(batchId) => {
            setMaking(false);
            goTo({ screen: 'batches', item: batchId });
          }}
        />
      ) : (
        shown && <BatchPage key={shown.id} batch={shown} />
      )}
    </div>
  );
}
