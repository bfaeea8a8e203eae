import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useMay } from '../../state/person.ts';
import { usePlace } from '../../state/place.ts';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Remark, Sentence } from '../../ui/Sentence.tsx';
import { AddPerson } from './AddPerson.tsx';
import styles from './PeoplePanel.module.css';

/** Who works here, and who sits before this window: what is said in it is signed by them. */
export function PeoplePanel() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const people = useQuery(api.station.people.queryOptions());
  const info = useQuery(api.station.info.queryOptions()).data;
  const mayAdd = useMay('manager');
  const isAskedFor = usePlace((place) => place.item === 'people');
  const list = useRef<HTMLUListElement>(null);
  const sit = useMutation(api.station.sit.mutationOptions({ onSuccess: () => queries.invalidateQueries() }));
  const known = people.data?.length ?? 0;
  useEffect(() => {
    if (isAskedFor && known > 0) list.current?.querySelector('button')?.focus();
  }, [isAskedFor, known]);
  const me = info?.person;
  return (
    <Panel title={t('people.title')} aside={people.data?.length}>
      <Sentence error={people.error ?? sit.error} />
      {people.data?.length === 1 && me && (
        <Remark tone="warning">{t('people.onlyAccount', { name: me.name })}</Remark>
      )}
      <p className={styles.now} role="status">
        {me && t('people.now', { name: me.name, role: t(`role.${me.role}`) })}
      </p>
      <ul ref={list} className={styles.people}>
        {people.data?.map(({ id, name, role }) => {
          const isHere = id === me?.id;
          return (
            <li key={id} aria-current={isHere || undefined}>
              <span>
                <span aria-hidden="true">{isHere ? '● ' : '○ '}</span>
                <strong>{name || t('people.erased')}</strong> {t(`role.${role}`)}
              </span>
              {info?.isStationWindow && name !== '' && (
                <Button
                  tone="quiet"
                  disabled={isHere || sit.isPending}
                  onClick={() => sit.mutate({ personId: id })}
                >
                  {t(isHere ? 'people.here' : 'people.sit')}
                  <span className="visually-hidden"> {name}</span>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {info && !info.isStationWindow && <p className={styles.quiet}>{t('people.ownLink')}</p>}
      {mayAdd ? <AddPerson /> : <p className={styles.quiet}>{t('people.managerAdds')}</p>}
    </Panel>
  );
}
