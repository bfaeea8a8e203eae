import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { fragmentOf } from '../../state/place.ts';
import table from '../../ui/Table.module.css';

/** On a fresh station: nobody but the account is known yet, by whom everything would be signed. */
export function FirstStep() {
  const { t } = useTranslation();
  const people = useQuery(api.station.people.queryOptions());
  const [account, other] = people.data ?? [];
  if (!account || other) return null;
  return (
    <p>
      {t('people.first', { name: account.name })}{' '}
      <a className={table.link} href={fragmentOf({ screen: 'station', item: 'people' })}>
        {t('people.firstStep')}
      </a>
    </p>
  );
}
