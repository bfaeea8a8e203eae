import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { mayAct } from '#shared/domain/roles.ts';
import { api } from '../../api/client.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import styles from './BatchesScreen.module.css';

/** For whoever may not make a batch: who may, by name, and how it is done. */
export function WhoMakesBatches() {
  const { t } = useTranslation();
  const people = useQuery(api.station.people.queryOptions());
  const role = useQuery(api.station.info.queryOptions()).data?.person.role;
  const names = people.data?.filter((one) => mayAct(one.role, 'manager') && one.name !== '');
  return (
    <Panel title={t('batches.makers.title')}>
      <Sentence error={people.error} />
      <div className={styles.makers}>
        {names && (
          <p>
            {names.length > 0
              ? t('batches.makers.by', { names: names.map(({ name }) => name).join(', ') })
              : t('batches.makers.nobody')}
          </p>
        )}
        <p>{t('batches.makers.how')}</p>
        {role && <p>{t('batches.makers.you', { role: t(`role.${role}`) })}</p>}
      </div>
    </Panel>
  );
}
