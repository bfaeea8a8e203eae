import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { eventPayloads } from '#shared/domain/events.ts';
import { api } from '../../api/client.ts';
import styles from './LogScreen.module.css';
import type { LogWish } from './log-wish.ts';

const types = Object.keys(eventPayloads) as (keyof typeof eventPayloads)[];

/** Which events are shown: of a tape, a person, a device, a kind, of some days. All that is chosen must hold. */
export function LogFilters({ wish, onWish }: { wish: LogWish; onWish: (wish: LogWish) => void }) {
  const { t } = useTranslation();
  const people = useQuery(api.station.people.queryOptions());
  const choose = (part: Partial<LogWish>) => onWish({ ...wish, ...part });
  return (
    <>
      <TypedFilter label={t('log.tape')} typed={wish.tape} onTyped={(tape) => choose({ tape })} />
      <select
        className={styles.choice}
        aria-label={t('log.person')}
        value={wish.person}
        onChange={(event) => choose({ person: event.currentTarget.value })}
      >
        <option value="">{t('log.anybody')}</option>
        {people.data?.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <TypedFilter label={t('log.device')} typed={wish.device} onTyped={(device) => choose({ device })} />
      <select
        className={styles.choice}
        aria-label={t('log.type')}
        value={wish.type}
        onChange={(event) => choose({ type: event.currentTarget.value })}
      >
        <option value="">{t('log.anyType')}</option>
        {types.map((one) => (
          <option key={one} value={one}>
            {t(`event.${one}`)}
          </option>
        ))}
      </select>
      <label className={styles.day}>
        {t('log.from')}
        <input
          type="date"
          className={styles.choice}
          value={wish.fromDay}
          onChange={(event) => choose({ fromDay: event.currentTarget.value })}
        />
      </label>
      <label className={styles.day}>
        {t('log.until')}
        <input
          type="date"
          className={styles.choice}
          value={wish.untilDay}
          onChange={(event) => choose({ untilDay: event.currentTarget.value })}
        />
      </label>
    </>
  );
}

/** A name or number that is typed: it counts with Enter, or when the field is left. */
function TypedFilter(props: { label: string; typed: string; onTyped: (text: string) => void }) {
  const { label, typed, onTyped } = props;
  const take = (text: string) => text.trim() !== typed && onTyped(text.trim());
  return (
    <input
      type="search"
      className={styles.search}
      placeholder={label}
      aria-label={label}
      defaultValue={typed}
      key={typed}
      onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget.value)}
      onBlur={(event) => take(event.currentTarget.value)}
    />
  );
}
